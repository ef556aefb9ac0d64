package load_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/client"
	"onshisim/sim"
	"onshisim/sim/document"
	"onshisim/sim/eventlog"
	"onshisim/sim/load"
	"onshisim/sim/population"
	"onshisim/sim/world"
)

// town is a simulator with a small nation, whose persons and institutions are written into a world. The control plane's two
// answers about nations are added here.
type town struct {
	handlers sim.Handlers
	nation   *population.Nation
	config   load.Config
	world    *client.World

	mu     sync.Mutex
	codes  []string                                                 // of institutions whose tokens were asked for
	before func(w http.ResponseWriter, r *http.Request) (done bool) // sees each request to the national systems first
	modes  []string                                                 // as they were set
	listed []world.Person                                           // whom the world's document has beside the nation
}

var spec = population.Spec{Seed: 7, Persons: 400, ProtectedShare: 0.5}

// inTown is a day that takes a few seconds.
func inTown(t *testing.T, duration time.Duration) *town {
	t.Helper()
	nation, err := population.New(spec)
	require.NoError(t, err)
	s := &town{nation: nation}
	worlds, err := world.Open(t.Context(), eventlog.NewMemory(), world.Sources{
		Wall: func() time.Time { return time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST) }, Seed: func() uint64 { return 1 },
	})
	require.NoError(t, err)
	s.handlers = sim.New(sim.Config{Version: "test", Worlds: worlds, Logger: slog.New(slog.DiscardHandler)})
	public := httptest.NewServer(http.HandlerFunc(s.public))
	t.Cleanup(public.Close)
	control := httptest.NewServer(http.HandlerFunc(s.control))
	t.Cleanup(control.Close)
	transport := &http.Transport{MaxIdleConnsPerHost: 16}
	t.Cleanup(transport.CloseIdleConnections)
	client1 := &http.Client{Transport: transport}
	s.world = (&client.Plane{URL: control.URL, HTTP: client1}).World("t")
	s.config = load.Config{
		PublicURL: public.URL, HTTP: client1, World: s.world, Scale: 0.0002, Duration: duration, Connections: 16, Seed: 3, Now: time.Now,
	}
	s.found(t)
	return s
}

// found makes the world of everybody, with the institutions that the day asks for.
func (s *town) found(t *testing.T) {
	t.Helper()
	asking := s.config
	asking.World = (&client.Plane{URL: s.world.Plane.URL, HTTP: s.world.Plane.HTTP}).World("nowhere")
	_, err := load.Play(t.Context(), asking)
	require.ErrorContains(t, err, "SIM-WORLD-404", "it stops when it asks for the mode, and has the tokens by then")
	made := world.Document{Seed: 1, Now: "2021-04-01T09:00:00+09:00"}
	for _, insurer := range s.nation.Insurers() {
		made.Insurers = append(made.Insurers, world.Insurer{InsurerNumber: insurer.InsurerNumber, InsurerName: insurer.InsurerName})
	}
	for _, code := range s.codes {
		index, known := s.nation.InstitutionByCode(code)
		require.True(t, known)
		i := s.nation.Institution(index)
		made.Institutions = append(made.Institutions, world.Institution{
			MedicalInstitutionCode: code, InstitutionName: i.InstitutionName, Kind: i.Kind, Area: i.Area, Token: "token-" + code,
		})
	}
	for index := range s.nation.Persons() {
		p, r := s.nation.Person(index), s.nation.Records(index)
		made.Persons = append(made.Persons, document.Of(&p, &r))
	}
	_, err = s.world.Create(t.Context(), client.Source{World: &made})
	require.NoError(t, err)
}

func (s *town) public(w http.ResponseWriter, r *http.Request) {
	if s.before != nil && s.before(w, r) {
		return
	}
	s.handlers.Public.ServeHTTP(w, r)
}

// control adds what the nation's control plane answers.
func (s *town) control(w http.ResponseWriter, r *http.Request) {
	_, code, organisation := strings.Cut(r.URL.Path, "/organisations/")
	switch {
	case organisation:
		s.mu.Lock()
		s.codes = append(s.codes, code)
		s.mu.Unlock()
		_ = json.NewEncoder(w).Encode(client.Organisation{Code: code, Token: "token-" + code})
	case r.Method == http.MethodGet && strings.Count(r.URL.Path, "/") == 2 && strings.HasPrefix(r.URL.Path, "/worlds/"):
		_ = json.NewEncoder(w).Encode(map[string]any{
			"world": "t", "persons": append([]world.Person{}, s.listed...), "population": map[string]any{"persons": spec.Persons, "seed": spec.Seed, "protectedShare": spec.ProtectedShare},
		})
	case r.URL.Path == "/worlds/nowhere/clock":
		_ = json.NewEncoder(w).Encode(client.Clock{})
	default:
		if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/mode") {
			s.noteMode(r)
		}
		s.handlers.Control.ServeHTTP(w, r)
	}
}

func (s *town) noteMode(r *http.Request) {
	text, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(text))
	var mode world.Mode
	_ = json.Unmarshal(text, &mode)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.modes = append(s.modes, mode.Mode)
}

func (s *town) play(t *testing.T) *load.Report {
	t.Helper()
	return s.playIn(t.Context(), t)
}

func (s *town) playIn(ctx context.Context, t *testing.T) *load.Report {
	t.Helper()
	report, err := load.Play(ctx, s.config)
	require.NoError(t, err)
	return report
}

// change changes persons of the nation; those whom the world's document lists are known to be changed before the day.
func (s *town) change(t *testing.T, listed bool, change func(*world.Person)) (ids []string) {
	t.Helper()
	for index := range 60 {
		p, err := s.world.Person(t.Context(), s.nation.Person(index).ID)
		require.NoError(t, err)
		change(&p)
		p, err = s.world.PutPerson(t.Context(), p)
		require.NoError(t, err)
		ids = append(ids, p.ID)
		if listed {
			s.listed = append(s.listed, p)
		}
	}
	return ids
}
