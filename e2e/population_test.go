package e2e_test

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestACountryIsServed looks at the two ends of a nation and lets something happen to its last person.
func TestACountryIsServed(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "sim.db")
	s := serve(t, "--population", "125000000", "--seed", "7", "--data", file)
	t.Logf("from start to the first healthy answer: %s", s.toHealthy)
	assert.Contains(t, s.welcome, "and 124999995 more: "+s.control+"/worlds/default/persons")
	assert.Contains(t, s.welcome, "/worlds/default/organisations")
	first, last := s.person(t, "n-0"), s.person(t, "n-124999999")
	assert.Equal(t, "portal-n-124999999", last["portalUserId"])
	a := must(t, request{method: http.MethodGet, url: s.control + "/worlds/default/persons/n-125000000"})
	assert.Equal(t, http.StatusNotFound, a.status)

	number := last["individualNumber"].(string)
	a = must(t, request{method: http.MethodPost, url: s.public + "/jpki/individual-numbers/" + number + "/change", token: "card-office-token"})
	require.Equal(t, http.StatusOK, a.status, a.body)
	assert.NotEqual(t, number, s.person(t, "n-124999999")["individualNumber"])
	s.stop(t)

	again := serve(t, "--data", file)
	assert.NotEqual(t, number, again.person(t, "n-124999999")["individualNumber"], "what happened is kept, and the nation is known")
	assert.Equal(t, first, again.person(t, "n-0"), "and the same")
}

// TestAnotherPopulationThanTheStoredOneIsRefused before anything listens, with the way out.
func TestAnotherPopulationThanTheStoredOneIsRefused(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "sim.db")
	serve(t, "--population", "1000", "--data", file).stop(t)
	begin := []string{"serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0"}
	e := run(t, append(begin, "--data", file, "--population", "1001")...)
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, "--population 1000 --seed 1 --protected-share 0.001; ask for that, leave the flags out, or take another store")
	for _, wrong := range [][]string{{"--population=-1"}, {"--population", "134217729"}, {"--population", "10", "--protected-share", "2"}} {
		e := run(t, append(begin, wrong...)...)
		assert.Equal(t, 1, e.status, wrong)
		assert.Contains(t, e.stderr, "--population", wrong)
	}
}

// person is a person's document.
func (s *simulator) person(t *testing.T, id string) map[string]any {
	t.Helper()
	a := must(t, request{method: http.MethodGet, url: s.control + "/worlds/default/persons/" + id})
	require.Equal(t, http.StatusOK, a.status, a.body)
	var document map[string]any
	require.NoError(t, json.Unmarshal([]byte(a.body), &document))
	return document
}
