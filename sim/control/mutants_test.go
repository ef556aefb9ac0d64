package control_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/mutant"
)

const mutantInForce = "/worlds/t1/mutant"

func mutantOf(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	return read[struct{ Name string }](t, w, http.StatusOK).Name
}

func TestMutantsAreListed(t *testing.T) {
	t.Parallel()
	listed := read[struct{ Mutants []mutant.Mutant }](t, newPlane(t).send(http.MethodGet, "/mutants", ""), http.StatusOK)
	require.Equal(t, mutant.All(), listed.Mutants)
}

// TestAWorldAnswersByAMutantUntilItIsTakenAway: then it answers by the notice again, to the byte.
func TestAWorldAnswersByAMutantUntilItIsTakenAway(t *testing.T) {
	t.Parallel()
	p, _ := lived(t)
	disclosed := func() string { return p.send(http.MethodGet, "/worlds/t1/persons/hanako/disclosure", "").Body.String() }
	right := disclosed()
	require.Empty(t, mutantOf(t, p.send(http.MethodGet, mutantInForce, "")))
	require.Equal(t, "self-information-despite-flag", mutantOf(t, p.send(http.MethodPut, mutantInForce, `{"name": "self-information-despite-flag"}`)))
	require.Equal(t, "self-information-despite-flag", mutantOf(t, p.send(http.MethodGet, mutantInForce, "")))
	require.NotEqual(t, right, disclosed(), "P12-1")
	require.Empty(t, mutantOf(t, p.send(http.MethodPut, mutantInForce, `{"name": ""}`)))
	require.Empty(t, mutantOf(t, p.send(http.MethodGet, mutantInForce, "")))
	require.Equal(t, right, disclosed())
}

func TestUnknownMutantsAreRefused(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.made(t)
	p.send(http.MethodPut, mutantInForce, `{"name": "code-not-given"}`)
	before := export(t, p, "t1")
	for _, name := range []string{"no-such-mutant", "Code-Not-Given", " "} {
		refused(t, p.send(http.MethodPut, mutantInForce, `{"name": "`+name+`"}`), http.StatusUnprocessableEntity, "SIM-REQ-422", "body.name")
	}
	require.Equal(t, before, export(t, p, "t1"))
	require.Equal(t, "code-not-given", mutantOf(t, p.send(http.MethodGet, mutantInForce, "")))
}

// TestAMutantIsInTheEvents, so that an import answers as wrongly; setting it again is no event.
func TestAMutantIsInTheEvents(t *testing.T) {
	t.Parallel()
	first, before := lived(t)
	for range 2 {
		require.Equal(t, http.StatusOK, first.send(http.MethodPut, mutantInForce, `{"name": "self-information-despite-flag"}`).Code)
	}
	events := export(t, first, "t1")
	added, extended := strings.CutPrefix(events, before)
	require.True(t, extended)
	require.Contains(t, added, `"self-information-despite-flag"`)
	require.Equal(t, 1, strings.Count(added, "\n"))

	second := newPlane(t)
	status, body := post(second, "t1", events)
	require.Equal(t, http.StatusCreated, status, body)
	require.Equal(t, "self-information-despite-flag", mutantOf(t, second.send(http.MethodGet, mutantInForce, "")))
	const disclosed = "/worlds/t1/persons/hanako/disclosure"
	require.Equal(t, first.send(http.MethodGet, disclosed, "").Body.String(), second.send(http.MethodGet, disclosed, "").Body.String())
	require.Equal(t, events, export(t, second, "t1"))
}
