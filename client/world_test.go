package client_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/client"
	"onshisim/sim/world"
)

func TestWorldComesAndGoes(t *testing.T) {
	t.Parallel()
	s := start(t)
	w, now := s.World("t1"), time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)
	made, err := w.Create(t.Context(), client.Source{Scenario: "base", Now: &now})
	require.NoError(t, err)
	require.Equal(t, "t1", made.World)
	require.Equal(t, "http://public.invalid/w/t1/jpki", made.BaseURLs.JPKI)
	require.Equal(t, "2022-01-01T09:00:00+09:00", made.Now)
	require.Equal(t, "hospital-token", made.Institutions[0].Token)
	got, err := w.Get(t.Context())
	require.NoError(t, err)
	require.Equal(t, made, got)

	again, err := s.World("t2").Create(t.Context(), client.Source{World: &made.Document})
	require.NoError(t, err)
	require.Equal(t, made.Document, again.Document, "the document that a world answers makes the same world")

	require.NoError(t, w.Delete(t.Context()))
	_, err = w.Get(t.Context())
	require.ErrorContains(t, err, "SIM-WORLD-404")
	_, err = w.Create(t.Context(), client.Source{World: &world.Document{}})
	require.NoError(t, err, "a document of nothing is an empty world")
}

func TestEvents(t *testing.T) {
	t.Parallel()
	s := start(t)
	made, err := s.base(t).Get(t.Context())
	require.NoError(t, err)
	events, err := s.World("t1").Events(t.Context())
	require.NoError(t, err)
	text, err := io.ReadAll(events)
	require.NoError(t, err)
	require.NoError(t, events.Close())
	copied, err := s.World("copy").Import(t.Context(), bytes.NewReader(text))
	require.NoError(t, err)
	require.Equal(t, made.Document, copied.Document)
	_, err = s.World("half").Import(t.Context(), bytes.NewReader(text[:len(text)-20]))
	require.ErrorContains(t, err, "SIM-EVENTS-422")
}

// TestClientKnowsEveryField: what an answer holds has its place in the client's own types, so that nothing is lost unseen.
func TestClientKnowsEveryField(t *testing.T) {
	t.Parallel()
	s := start(t)
	w := s.base(t)
	_, err := w.PutCheckpoint(t.Context(), "c")
	require.NoError(t, err)
	_, err = w.Terminal("9919990011").Present(t.Context(), world.PresentedCard{CardSerial: "card", Verification: world.Verification{Method: world.VerifyStaff}})
	require.NoError(t, err)
	for path, into := range map[string]any{
		"/worlds":                &struct{ Worlds []client.Listed }{},
		"/worlds/t1":             &client.Made{},
		"/mutants":               &struct{ Mutants []json.RawMessage }{},
		"/worlds/t1/clock":       &client.Clock{},
		"/worlds/t1/mutant":      &struct{ Name string }{},
		"/worlds/t1/faults":      &struct{ Faults []world.ScriptedFault }{},
		"/worlds/t1/checkpoints": &struct{ Checkpoints []client.Checkpoint }{},

		"/worlds/t1/terminals/9919990011/presentations": &struct{ Presentations []world.Presentation }{},
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+path[1:], http.NoBody)
		require.NoError(t, err)
		request.Header.Set("Authorization", "Bearer "+token)
		answer, err := s.HTTP.Do(request)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, answer.StatusCode, path)
		decoder := json.NewDecoder(answer.Body)
		decoder.DisallowUnknownFields()
		require.NoError(t, decoder.Decode(into), path)
		require.NoError(t, answer.Body.Close())
	}
}
