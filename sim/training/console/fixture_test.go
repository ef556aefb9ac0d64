package console_test

import (
	"encoding/json"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/baseurl"
	"onshisim/sim/eventlog"
	"onshisim/sim/world"
)

// school is a simulator with a console, and a browser at it.
type school struct {
	testing.TB
	sim.Handlers
	worlds  *world.Registry
	cookies []*http.Cookie
}

const token = "control token; with \"everything\""

func newSchool(t testing.TB, change ...func(*sim.Config)) *school {
	t.Helper()
	return newSchoolOn(t, eventlog.NewMemory(), change...)
}

// newSchoolOn keeps its worlds in a log.
func newSchoolOn(t testing.TB, log eventlog.Log, change ...func(*sim.Config)) *school {
	t.Helper()
	var seed atomic.Uint64
	worlds, err := world.Open(t.Context(), log, world.Sources{
		Wall: func() time.Time { return time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST) }, Seed: func() uint64 { return seed.Add(1) },
	})
	require.NoError(t, err)
	config := sim.Config{
		Version: "test", Worlds: worlds, Scenarios: few(t), Logger: slog.New(slog.DiscardHandler), PublicURLs: baseurl.All("http://room.example:8080"),
	}
	for _, each := range change {
		each(&config)
	}
	return &school{TB: t, Handlers: sim.New(config), worlds: worlds}
}

// few are some of the scenarios: reading all takes longer than any test.
func few(t testing.TB) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"base.yaml", "flows/p15-steps.yaml"} {
		text, err := fs.ReadFile(fixtures.FS, name)
		require.NoError(t, err)
		files[name] = &fstest.MapFile{Data: text}
	}
	return files
}

func locked(c *sim.Config) { c.ControlToken = token }

func request(method, path string, form url.Values) *http.Request {
	r := httptest.NewRequest(method, "http://localhost:8081"+path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", "http://localhost:8081")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	return r
}

// do asks the control listener, with the browser's cookies.
func (s *school) do(r *http.Request) *httptest.ResponseRecorder {
	s.Helper()
	for _, c := range s.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	s.Control.ServeHTTP(w, r)
	return w
}

// page is a page that is there.
func (s *school) page(path string) string {
	s.Helper()
	w := s.do(request(http.MethodGet, path, nil))
	require.Equal(s, http.StatusOK, w.Code, "%s: %s", path, w.Body)
	return w.Body.String()
}

// post sends a form that is taken, and gives where it leads to.
func (s *school) post(path string, form url.Values) string {
	s.Helper()
	w := s.do(request(http.MethodPost, path, form))
	require.Equal(s, http.StatusSeeOther, w.Code, "%s: %s", path, w.Body)
	return w.Header().Get("Location")
}

// refuses sends a form that is not taken, and gives the page that says so.
func (s *school) refuses(path string, form url.Values) string {
	s.Helper()
	w := s.do(request(http.MethodPost, path, form))
	require.GreaterOrEqual(s, w.Code, http.StatusBadRequest, "%s: %s", path, w.Body)
	require.Less(s, w.Code, http.StatusInternalServerError, "%s: %s", path, w.Body)
	return w.Body.String()
}

// call asks a national system of a world over HTTP.
func (s *school) call(name, method, path, token, body string) {
	s.Helper()
	r := httptest.NewRequest(method, "/w/"+name+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	w := httptest.NewRecorder()
	s.Public.ServeHTTP(w, r)
	require.Less(s, w.Code, http.StatusBadRequest, "%s: %s", path, w.Body)
}

// trainee makes a world for the exercise of page 15.
func (s *school) trainee(name string) *world.World {
	s.Helper()
	s.post("/console/worlds", url.Values{"name": {name}, "scenario": {"flows/p15-steps"}})
	w, err := s.worlds.World(s.Context(), name)
	require.NoError(s, err)
	return w
}

// flag sets both flags of the first membership that a person of the world has.
func (s *school) flag(w *world.World, id string) {
	s.Helper()
	p, known := w.Person(id)
	require.True(s, known)
	insurer, known := w.Organisation(p.Members[0].InsurerNumber)
	require.True(s, known)
	body, err := json.Marshal(map[string]any{"nonDisclosure": true, "selfInformationBlocked": true, "appliedOn": "2021-04-01", "reason": "DV被害の申出"})
	require.NoError(s, err)
	s.call(w.Name(), http.MethodPatch, "/intermediate/members/"+p.Members[0].PersonalInsuredNumber+"/flags", insurer.Token, string(body))
}

// leads gives where a page leads on to.
func (s *school) leads(path string) string {
	s.Helper()
	w := s.do(request(http.MethodGet, path, nil))
	require.Equal(s, http.StatusSeeOther, w.Code, path)
	return w.Header().Get("Location")
}
