package client_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/client"
	"onshisim/sim/problem"
	"onshisim/sim/world"
)

func TestRefusalsNameWhatToMend(t *testing.T) {
	t.Parallel()
	s := start(t)
	w := s.base(t)
	_, err := w.PutPerson(t.Context(), world.Person{ID: "hanako", Birthdate: "2001-02-29"})
	var refusal *client.Error
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, http.StatusUnprocessableEntity, refusal.Status)
	require.Equal(t, "SIM-REQ-422", refusal.Code)
	require.Equal(t, []problem.Field{{Name: "body.birthdate", Message: refusal.Fields[0].Message}}, refusal.Fields)
	for _, part := range []string{
		"PUT " + s.URL + "worlds/t1/persons/hanako", "422 SIM-REQ-422", refusal.Detail, "body.birthdate: " + refusal.Fields[0].Message,
	} {
		require.ErrorContains(t, err, part)
	}
	_, err = s.World("none").Get(t.Context())
	require.ErrorContains(t, err, "404 SIM-WORLD-404")
}

func TestWrongTokenIsRefused(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.Token = "another"
	_, err := s.Worlds(t.Context())
	require.ErrorContains(t, err, "401 SIM-AUTH-401")
}

func TestNothingListens(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	plane := client.Plane{URL: gone.URL}
	err := plane.Health(t.Context())
	require.ErrorContains(t, err, gone.URL+"/healthz")
	require.ErrorContains(t, err, "is the simulator running? sim serve")

	ended, end := context.WithCancel(t.Context())
	end()
	err = plane.Health(ended)
	require.ErrorIs(t, err, context.Canceled)
	require.NotContains(t, err.Error(), "sim serve", "it was the caller who ended it")
}

// TestSomethingElseListens: neither its successes nor its refusals pass for a control plane's.
func TestSomethingElseListens(t *testing.T) {
	t.Parallel()
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			w.WriteHeader(http.StatusBadGateway)
		}
		_, _ = w.Write([]byte("<html>"))
	}))
	t.Cleanup(other.Close)
	w := (&client.Plane{URL: other.URL}).World("t1")
	_, err := w.Get(t.Context())
	require.ErrorContains(t, err, "can't be read as a control plane's")
	_, err = w.Create(t.Context(), client.Source{})
	require.ErrorContains(t, err, `502 Bad Gateway: "<html>"`)
}

// TestNewerSimulator: what an older client does not know does not stop it.
func TestNewerSimulator(t *testing.T) {
	t.Parallel()
	newer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"now": "2021-04-01T09:00:00+09:00", "running": true, "speed": 2}`))
	}))
	t.Cleanup(newer.Close)
	clock, err := (&client.Plane{URL: newer.URL}).World("t1").Clock(t.Context())
	require.NoError(t, err)
	require.True(t, clock.Running)
}
