package conformance_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

// place is a world of one test's own, gone when the test ends.
type place struct {
	*simulator
	name string
}

// newPlace makes a world from a document.
func newPlace(t tester, s *simulator, document world.Document) *place {
	t.Helper()
	p := freePlace(t, s)
	p.create(t, document)
	return p
}

// create makes the world, to answer as the flag -mutant says. One made by import brings the mutant along in its events.
func (p *place) create(t tester, document world.Document) answer {
	t.Helper()
	made := p.plane(t, http.MethodPut, "", object{"world": document})
	require.Equal(t, http.StatusCreated, made.status, made.body)
	if *mutantName != "" {
		if set := p.plane(t, http.MethodPut, "/mutant", object{"name": *mutantName}); set.status != http.StatusOK {
			fmt.Fprintln(os.Stderr, "-mutant: "+set.body)
			os.Exit(2) // no failure of a test, which would look as if the mutant was noticed
		}
	}
	return made
}

// freePlace is a name for a world that does not exist yet.
func freePlace(t tester, s *simulator) *place {
	p := &place{s, "conformance-" + strconv.FormatUint(rand.Uint64(), 36)}
	t.Cleanup(func() {
		request, err := http.NewRequest(http.MethodDelete, p.control+"/worlds/"+p.name, http.NoBody)
		if err != nil {
			return
		}
		if p.token != "" {
			request.Header.Set("Authorization", "Bearer "+p.token)
		}
		if response, err := p.client.Do(request); err == nil {
			response.Body.Close()
		}
	})
	return p
}

// plane asks the control plane; path follows /worlds/{world}.
func (p *place) plane(t tester, method, path string, body any) answer {
	t.Helper()
	return p.send(t, method, p.control+"/worlds/"+p.name+path, p.token, body)
}

// ask asks a national system.
func (p *place) ask(t tester, token, method, path string, body any) answer {
	t.Helper()
	return p.send(t, method, p.public+"/w/"+p.name+path, token, body)
}

// ok asks a national system and wants success.
func (p *place) ok(t tester, token, method, path string, body any) answer {
	t.Helper()
	a := p.ask(t, token, method, path, body)
	require.Contains(t, []int{http.StatusOK, http.StatusCreated, http.StatusNoContent}, a.status, "%s %s: %s", method, path, a.body)
	return a
}

// command asks the control plane and wants success.
func (p *place) command(t tester, method, path string, body any) answer {
	t.Helper()
	a := p.plane(t, method, path, body)
	require.Contains(t, []int{http.StatusOK, http.StatusCreated}, a.status, "%s %s: %s", method, path, a.body)
	return a
}

// setClock sets the world's clock; at is an instant without its zone, as in 2021-04-01T09:00:00.
func (p *place) setClock(t tester, at string) {
	t.Helper()
	p.command(t, http.MethodPut, "/clock", map[string]any{"now": at + "+09:00"})
}

// openScreens opens the disaster screens everywhere.
func (p *place) openScreens(t tester) {
	t.Helper()
	p.command(t, http.MethodPut, "/mode", map[string]any{"mode": "disaster"})
}

// object is an object of an answer.
type object = map[string]any

// decoded is an answer's body.
func decoded(t tester, a answer) object {
	t.Helper()
	var o object
	require.NoError(t, json.Unmarshal([]byte(a.body), &o), a.body)
	return o
}

// list is a list of objects in an answer.
func list(t tester, a answer, name string) []object {
	t.Helper()
	values, ok := decoded(t, a)[name].([]any)
	require.True(t, ok, "%s is no list in %s", name, a.body)
	objects := make([]object, 0, len(values))
	for _, value := range values {
		objects = append(objects, value.(object))
	}
	return objects
}

// first is the first of objects of which there must be one.
func first(t tester, objects []object) object {
	t.Helper()
	require.NotEmpty(t, objects)
	return objects[0]
}

// text is a field that must be a text.
func text(t tester, o object, name string) string {
	t.Helper()
	value, ok := o[name].(string)
	require.True(t, ok, "%s is no text in %v", name, o)
	return value
}

// refused wants a refusal with a status and a code.
func refused(t testing.TB, a answer, status int, code string) {
	t.Helper()
	require.Equal(t, status, a.status, a.body)
	require.Equal(t, code, a.code(), a.body)
	require.True(t, strings.HasPrefix(a.header.Get("Content-Type"), "application/problem+json"), a.header)
}

// notOfferedBy wants that there is no such route.
func notOfferedBy(t tester, a answer) {
	t.Helper()
	require.Equal(t, http.StatusNotFound, a.status, a.body)
	require.Equal(t, "SIM-REQ-404", a.code(), a.body)
}
