package control_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/baseurl"
	"onshisim/sim/control"
	"onshisim/sim/eventlog"
	"onshisim/sim/problem"
	"onshisim/sim/web"
	"onshisim/sim/web/openapitest"
	"onshisim/sim/world"
)

// The insurers that the persons of these tests pass through.
const (
	insurerA = "06990014"
	insurerB = "01990019"
	insurerC = "990010"
)

// threeInsurers is a world with one person who went from A to B to C.
const threeInsurers = `{"seed": 1, "now": "2021-04-01T09:00:00+09:00",
	"insurers": [{"insurerNumber": "06990014", "token": "a-token"}, {"insurerNumber": "01990019"}, {"insurerNumber": "990010"}],
	"institutions": [{"medicalInstitutionCode": "9919990011"}],
	"persons": [{"id": "hanako", "cards": [{"cardSerial": "card-hanako", "pin": "1234"}], "members": [
		{"personalInsuredNumber": "at-a", "insurerNumber": "06990014", "qualificationDate": "2015-04-01"},
		{"personalInsuredNumber": "at-b", "insurerNumber": "01990019", "qualificationDate": "2018-04-01"},
		{"personalInsuredNumber": "at-c", "insurerNumber": "990010", "qualificationDate": "2020-04-01"}]}]}`

// plane is a control plane on a registry of its own.
type plane struct {
	http.Handler
	worlds *world.Registry
}

func newPlane(t *testing.T) *plane {
	t.Helper()
	worlds, err := world.Open(t.Context(), eventlog.NewMemory(), world.Sources{
		Wall: func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC) },
		Seed: func() uint64 { return 7 },
	})
	require.NoError(t, err)
	s := web.New(web.Config{Title: "Test", Version: "1", Logger: slog.New(slog.DiscardHandler)})
	control.Mount(s.API, control.Deps{Worlds: worlds, PublicURLs: baseurl.All("http://127.0.0.1:8080/"), Operations: map[string][]string{"terminal": {"read-card"}}, Scenarios: scenarios{
		"moved":  documentOf(t, threeInsurers),
		"broken": documentOf(t, `{"persons": [{"members": [{"insurerNumber": "06990014"}]}]}`),
	}})
	return &plane{openapitest.Checked(t, s), worlds}
}

type scenarios map[string]world.Document

func (s scenarios) World(name string) (world.Document, error) {
	document, known := s[name]
	if !known {
		return document, problem.New(problem.NotFound, "SIM-SCENARIO-404", "There is no scenario %q.", name)
	}
	return document, nil
}

func documentOf(t *testing.T, text string) (document world.Document) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(text), &document))
	return document
}

// send asks; headers are pairs.
func (p *plane) send(method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://localhost"+target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w
}

// names are the worlds that there are.
func names(t *testing.T, worlds *world.Registry) []string {
	t.Helper()
	names, err := worlds.Names(t.Context())
	require.NoError(t, err)
	return names
}

// made gives the world named t1, made of threeInsurers.
func (p *plane) made(t *testing.T) *world.World {
	t.Helper()
	read[worldAnswer](t, p.send(http.MethodPut, "/worlds/t1", `{"world": `+threeInsurers+`}`), http.StatusCreated)
	w, err := p.worlds.World(t.Context(), "t1")
	require.NoError(t, err)
	return w
}

// read decodes an answer, which may hold no field that T does not have.
func read[T any](t *testing.T, w *httptest.ResponseRecorder, status int) (answer T) {
	t.Helper()
	require.Equal(t, status, w.Code, w.Body.String())
	decoder := json.NewDecoder(w.Body)
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(&answer))
	return answer
}

// refused checks status and code of a refusal, and the fields that it names.
func refused(t *testing.T, w *httptest.ResponseRecorder, status int, code string, fields ...string) {
	t.Helper()
	p := read[web.Problem](t, w, status)
	require.Equal(t, code, p.Code)
	require.Len(t, p.Errors, len(fields), p.Errors)
	for i, field := range fields {
		require.Equal(t, field, p.Errors[i].Field)
	}
}

// The answers as a client reads them.
type (
	baseURLs    struct{ Intermediate, Mynaportal, JPKI, Terminal, Disaster string }
	worldAnswer struct {
		World    string
		BaseURLs baseURLs
		world.Document
	}
	worldsAnswer struct {
		Worlds []struct {
			World    string
			BaseURLs baseURLs
		}
	}
	clockAnswer struct {
		Now     string
		Running bool
	}
	personsAnswer struct {
		Persons []world.Person
		Next    string
	}
)

// TestUnknownWorld: every operation on a world that does not exist says so.
func TestUnknownWorld(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	for _, c := range []struct{ method, path, body string }{
		{http.MethodGet, "", ""},
		{http.MethodDelete, "", ""},
		{http.MethodGet, "/clock", ""},
		{http.MethodPut, "/clock", `{"now": "2021-04-01T09:00:00+09:00"}`},
		{http.MethodPost, "/clock/advance", `{"duration": "1d"}`},
		{http.MethodGet, "/mode", ""},
		{http.MethodPut, "/mode", `{"mode": "normal"}`},
		{http.MethodGet, "/persons", ""},
		{http.MethodGet, "/persons/hanako", ""},
		{http.MethodPut, "/persons/hanako", `{}`},
		{http.MethodPut, "/persons/hanako/records", `{}`},
		{http.MethodGet, "/persons/hanako/disclosure", ""},
		{http.MethodGet, "/events", ""},
		{http.MethodGet, "/checkpoints", ""},
		{http.MethodPut, "/checkpoints/c", ""},
		{http.MethodPost, "/checkpoints/c/restore", ""},
		{http.MethodDelete, "/checkpoints/c", ""},
		{http.MethodGet, "/faults", ""},
		{http.MethodPost, "/faults", `{"system": "terminal", "status": 500}`},
		{http.MethodDelete, "/faults", ""},
		{http.MethodGet, "/mutant", ""},
		{http.MethodPut, "/mutant", `{"name": ""}`},
		{http.MethodGet, "/journal", ""},
		{http.MethodDelete, "/journal", ""},
		{http.MethodPost, "/journal/verify", `{}`},
		{http.MethodPost, "/leak-scan", "text"},
	} {
		refused(t, p.send(c.method, "/worlds/none"+c.path, c.body), http.StatusNotFound, "SIM-WORLD-404")
		refused(t, p.send(c.method, "/worlds/None"+c.path, c.body), http.StatusUnprocessableEntity, "SIM-REQ-422", "path.world")
	}
}
