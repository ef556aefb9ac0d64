package control_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPutWorld(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	made := read[worldAnswer](t, p.send(http.MethodPut, "/worlds/t1", `{"world": `+threeInsurers+`}`), http.StatusCreated)
	require.Equal(t, "t1", made.World)
	require.Equal(t, baseURLs{
		"http://127.0.0.1:8080/w/t1/intermediate", "http://127.0.0.1:8080/w/t1/mynaportal", "http://127.0.0.1:8080/w/t1/jpki",
		"http://127.0.0.1:8080/w/t1/terminal", "http://127.0.0.1:8080/w/t1/disaster",
	}, made.BaseURLs)
	require.Equal(t, "2021-04-01T09:00:00+09:00", made.Now)
	require.Equal(t, "a-token", made.Insurers[0].Token)
	require.NotEmpty(t, made.Insurers[1].Token)
	require.NotEmpty(t, made.Institutions[0].Token)
	require.NotEmpty(t, made.CardOffice.Token)
	require.Equal(t, "1234", made.Persons[0].Cards[0].PIN)
	require.Equal(t, "00", made.Persons[0].Members[0].InsuredBranchNumber)
	require.Equal(t, made, read[worldAnswer](t, p.send(http.MethodGet, "/worlds/t1", ""), http.StatusOK))

	refused(t, p.send(http.MethodPut, "/worlds/t1", `{}`), http.StatusConflict, "SIM-WORLD-409")
	require.Equal(t, made, read[worldAnswer](t, p.send(http.MethodGet, "/worlds/t1", ""), http.StatusOK))
}

// TestPutWorldAgain: the document that a world answers makes the same world.
func TestPutWorldAgain(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	first := read[worldAnswer](t, p.send(http.MethodPut, "/worlds/t1", `{"scenario": "moved"}`), http.StatusCreated)
	document, err := json.Marshal(first.Document)
	require.NoError(t, err)
	again := read[worldAnswer](t, p.send(http.MethodPut, "/worlds/t2", `{"world": `+string(document)+`}`), http.StatusCreated)
	require.Equal(t, first.Document, again.Document)
}

func TestPutWorldOfScenario(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	made := read[worldAnswer](t, p.send(http.MethodPut, "/worlds/t1",
		`{"scenario": "moved", "now": "2022-01-01T00:00:00Z"}`), http.StatusCreated)
	require.Equal(t, "hanako", made.Persons[0].ID)
	require.Equal(t, "2022-01-01T09:00:00+09:00", made.Now, "now goes before the scenario's")

	refused(t, p.send(http.MethodPut, "/worlds/t2", `{"scenario": "none"}`), http.StatusNotFound, "SIM-SCENARIO-404")
	refused(t, p.send(http.MethodPut, "/worlds/t2", `{"scenario": "moved", "world": {}}`),
		http.StatusUnprocessableEntity, "SIM-REQ-422", "body.scenario")
	refused(t, p.send(http.MethodPut, "/worlds/t2", `{"scenario": "broken"}`),
		http.StatusUnprocessableEntity, "SIM-REQ-422", "body.scenario.world.persons[0].members[0].insurerNumber")
}

func TestPutWorldEmpty(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	made := read[worldAnswer](t, p.send(http.MethodPut, "/worlds/default", `{}`), http.StatusCreated)
	require.Equal(t, "http://127.0.0.1:8080/terminal", made.BaseURLs.Terminal)
	require.Empty(t, made.Persons)
	require.Empty(t, made.Now)
	require.EqualValues(t, 7, made.Seed)
}

func TestPutWorldRefuses(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	for body, field := range map[string]string{
		`{"worlds": {}}`:                  "body.worlds",
		`{"now": "yesterday"}`:            "body.now",
		`{"now": "0001-01-01T00:00:00Z"}`: "body.now",
		`{"now": "9999-12-31T23:00:00Z"}`: "body.now",
		`{"world": {"now": "yesterday"}}`: "body.world.now",
		`{"world": {"person": []}}`:       "body.world.person",
		`{"world": {"insurers": [{}]}}`:   "body.world.insurers[0].insurerNumber",
		`{"world": {"persons": [{"id": "a", "members": [{"insurerNumber": "06990014"}]}]}}`:                       "body.world.persons[0].members[0].insurerNumber",
		`{"world": {"persons": [{"birthdate": "2001-02-29"}]}}`:                                                   "body.world.persons[0].birthdate",
		`{"world": {"persons": [{"id": "a"}, {"id": "a"}]}}`:                                                      "body.world.persons[1].id",
		`{"world": {"persons": [{"individualNumber": "990000010015"}, {"individualNumber": "990000010015"}]}}`:    "body.world.persons[1].individualNumber",
		`{"world": {"persons": [{"cards": [{"cardSerial": "c"}]}, {"cards": [{"cardSerial": "c"}]}]}}`:            "body.world.persons[1].cards[0].cardSerial",
		`{"world": {"insurers": [{"insurerNumber": "06990014"}, {"insurerNumber": "06990014"}]}}`:                 "body.world.insurers[1]",
		`{"world": {"persons": [{"members": [{"insurerNumber": "06990014", "flags": {"nonDisclosed": true}}]}]}}`: "body.world.persons[0].members[0].flags.nonDisclosed",
		`{"world": {"insurers": [{"insurerNumber": "06990014"}], "persons": [{"members": [
			{"insurerNumber": "06990014", "qualificationDate": "2020-04-01", "disqualificationDate": "2020-03-31"}]}]}}`: "body.world.persons[0].members[0].disqualificationDate",
	} {
		refused(t, p.send(http.MethodPut, "/worlds/t1", body), http.StatusUnprocessableEntity, "SIM-REQ-422", field)
	}
	for _, name := range []string{"T1", "-t", "t%20", "%E6%97%A5", strings.Repeat("a", 65)} {
		refused(t, p.send(http.MethodPut, "/worlds/"+name, `{}`), http.StatusUnprocessableEntity, "SIM-REQ-422", "path.world")
	}
	require.Empty(t, names(t, p.worlds), "nothing half made")
}

func TestListAndDeleteWorlds(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	require.JSONEq(t, `{"worlds": []}`, p.send(http.MethodGet, "/worlds", "").Body.String())
	for _, name := range []string{"t2", "default", "t1"} {
		read[worldAnswer](t, p.send(http.MethodPut, "/worlds/"+name, `{}`), http.StatusCreated)
	}
	listed := read[worldsAnswer](t, p.send(http.MethodGet, "/worlds", ""), http.StatusOK).Worlds
	require.Len(t, listed, 3)
	require.Equal(t, "default", listed[0].World)
	require.Equal(t, "http://127.0.0.1:8080/jpki", listed[0].BaseURLs.JPKI)
	require.Equal(t, "t1", listed[1].World)
	require.Equal(t, "http://127.0.0.1:8080/w/t1/jpki", listed[1].BaseURLs.JPKI)

	gone := p.send(http.MethodDelete, "/worlds/t1", "")
	require.Equal(t, http.StatusNoContent, gone.Code)
	require.Empty(t, gone.Body.String())
	refused(t, p.send(http.MethodDelete, "/worlds/t1", ""), http.StatusNotFound, "SIM-WORLD-404")
	read[worldAnswer](t, p.send(http.MethodPut, "/worlds/t1", `{}`), http.StatusCreated)
}
