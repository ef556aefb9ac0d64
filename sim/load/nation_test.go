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
	"onshisim/sim/eventlog"
	"onshisim/sim/load"
	"onshisim/sim/population"
	"onshisim/sim/world"
)

// town is a simulator whose world holds a small nation.
type town struct {
	handlers sim.Handlers
	nation   *population.Nation
	config   load.Config
	world    *client.World

	mu     sync.Mutex
	before func(w http.ResponseWriter, r *http.Request) (done bool) // sees each request to the national systems first
	modes  []string                                                 // as they were set
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
	caller := &http.Client{Transport: transport}
	s.world = (&client.Plane{URL: control.URL, HTTP: caller}).World("t")
	s.config = load.Config{
		PublicURL: public.URL, HTTP: caller, World: s.world, Scale: 0.0002, Duration: duration, Connections: 16, Seed: 3, Now: time.Now,
	}
	share, now := spec.ProtectedShare, time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST)
	_, err = s.world.Create(t.Context(), client.Source{
		Population: &world.Population{Persons: spec.Persons, Seed: spec.Seed, ProtectedShare: &share}, Now: &now,
	})
	require.NoError(t, err)
	return s
}

func (s *town) public(w http.ResponseWriter, r *http.Request) {
	if s.before != nil && s.before(w, r) {
		return
	}
	s.handlers.Public.ServeHTTP(w, r)
}

// control keeps what the mode is set to.
func (s *town) control(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/mode") {
		s.noteMode(r)
	}
	s.handlers.Control.ServeHTTP(w, r)
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

// change changes persons of the nation.
func (s *town) change(t *testing.T, change func(*world.Person)) (ids []string) {
	t.Helper()
	for index := range 60 {
		p, err := s.world.Person(t.Context(), s.nation.Person(index).ID)
		require.NoError(t, err)
		change(&p)
		p, err = s.world.PutPerson(t.Context(), p)
		require.NoError(t, err)
		ids = append(ids, p.ID)
	}
	return ids
}
