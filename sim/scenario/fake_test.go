package scenario_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/scenario"
)

// fake stands for the simulator: it keeps what it was asked, and answers what the test says.
type fake struct {
	mu      sync.Mutex
	calls   []string          // "METHOD path token body"
	answers map[string]string // "METHOD path" within the world → "status body"
	worlds  map[string]bool
	made    []string // what worlds were made of, in order
}

// tokens are what the fake's worlds answer with.
const tokens = `{"world": "w", "seed": 7, "now": "2021-04-01T09:00:00+09:00", "insurers": [{"insurerNumber": "06990014", "token": "t-insurer"}],
	"agencies": [{"agencyCode": "welfare", "token": "t-agency"}],
	"institutions": [{"medicalInstitutionCode": "9919990011", "institutionName": "病院", "token": "t-hospital"}],
	"cardOffice": {"token": "t-office"}}`

func newFake(answers map[string]string) *fake {
	return &fake{answers: answers, worlds: map[string]bool{}}
}

func (f *fake) public(w http.ResponseWriter, r *http.Request) {
	_, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.RequestURI(), "/w/"), "/")
	f.answer(w, r, "/"+rest)
}

func (f *fake) control(w http.ResponseWriter, r *http.Request) {
	name, rest, inner := strings.Cut(strings.TrimPrefix(r.URL.RequestURI(), "/worlds/"), "/")
	f.mu.Lock()
	defer f.mu.Unlock()
	if r.Method == http.MethodPut && !inner {
		made, _ := io.ReadAll(r.Body)
		f.made = append(f.made, string(made))
	}
	switch {
	case inner:
		f.mu.Unlock()
		f.answer(w, r, "/"+rest)
		f.mu.Lock()
	case r.Method == http.MethodPut && f.answers["PUT"] != "":
		write(w, f.answers["PUT"])
	case r.Method == http.MethodPut:
		f.worlds[name] = true
		write(w, "201 "+tokens)
	case r.Method == http.MethodDelete && f.answers["DELETE"] != "":
		write(w, f.answers["DELETE"])
	case r.Method == http.MethodDelete:
		delete(f.worlds, name)
		write(w, "204")
	}
}

func (f *fake) answer(w http.ResponseWriter, r *http.Request, path string) {
	body, _ := io.ReadAll(r.Body)
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", r.Method, path, token, body)))
	answer, ok := f.answers[r.Method+" "+path]
	switch {
	case ok:
	case path == "/clock":
		answer = `200 {"now": "2021-04-02T09:00:00+09:00"}`
	default:
		answer = "200 {}"
	}
	write(w, answer)
}

func write(w http.ResponseWriter, answer string) {
	status, body, _ := strings.Cut(answer, " ")
	code, err := json.Number(status).Int64()
	if err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(int(code))
	_, _ = io.WriteString(w, body)
}

func (f *fake) target() scenario.Target {
	return scenario.InProcess(http.HandlerFunc(f.public), http.HandlerFunc(f.control))
}

// parsed reads a scenario whose steps are given.
func parsed(t *testing.T, steps string) *scenario.Scenario {
	t.Helper()
	s, err := scenario.Parse("x.yaml", []byte(`title: 題
rules: [QA-3]
world:
  now: 2021-04-01T09:00:00+09:00
  insurers: [{insurerNumber: "06990014"}]
  agencies: [{agencyCode: welfare}]
  institutions: [{medicalInstitutionCode: "9919990011"}]
  persons: [{id: hanako, name: 花子, cards: [{cardSerial: card-1}]}]
steps:
`+steps))
	require.NoError(t, err)
	return s
}
