package client_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/client"
	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/baseurl"
	"onshisim/sim/eventlog"
	"onshisim/sim/mutant"
	"onshisim/sim/world"
)

const token = "control-token"

// simulator is one in this process, with where its national systems are.
type simulator struct {
	client.Plane
	publicURL string
}

func start(t *testing.T) *simulator {
	t.Helper()
	worlds, err := world.Open(t.Context(), eventlog.NewMemory(), world.Sources{
		Wall: func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
		Seed: func() uint64 { return 7 },
	})
	require.NoError(t, err)
	handlers := sim.New(sim.Config{
		Version: "test", Worlds: worlds, Scenarios: fixtures.FS, ControlToken: token, PublicURLs: baseurl.All("http://public.invalid"),
		Logger: slog.New(slog.DiscardHandler),
	})
	public, control := httptest.NewServer(handlers.Public), httptest.NewServer(handlers.Control)
	t.Cleanup(public.Close)
	t.Cleanup(control.Close)
	return &simulator{client.Plane{URL: control.URL + "/", Token: token, HTTP: control.Client()}, public.URL}
}

// base is a new simulator's world of the scenario base.
func (s *simulator) base(t *testing.T) *client.World {
	t.Helper()
	w := s.World("t1")
	_, err := w.Create(t.Context(), client.Source{Scenario: "base"})
	require.NoError(t, err)
	return w
}

// ask sends a request to a national system in the world t1 and closes the answer.
func (s *simulator) ask(t *testing.T, path, token string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.publicURL+"/w/t1"+path, http.NoBody)
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	return answer.StatusCode
}

func TestPlane(t *testing.T) {
	t.Parallel()
	s := start(t)
	require.NoError(t, s.Health(t.Context()))
	worlds, err := s.Worlds(t.Context())
	require.NoError(t, err)
	require.Empty(t, worlds)
	s.base(t)
	worlds, err = s.Worlds(t.Context())
	require.NoError(t, err)
	require.Equal(t, "t1", worlds[0].World)
	require.Equal(t, "http://public.invalid/w/t1/terminal", worlds[0].BaseURLs.Terminal)
	mutants, err := s.Mutants(t.Context())
	require.NoError(t, err)
	require.Equal(t, mutant.All(), mutants)
}
