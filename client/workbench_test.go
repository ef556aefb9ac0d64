package client_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/client"
	"onshisim/sim/journal"
	"onshisim/sim/mutant"
	"onshisim/sim/world"
)

func TestClock(t *testing.T) {
	t.Parallel()
	s := start(t)
	w := s.World("t1")
	_, err := w.Create(t.Context(), client.Source{})
	require.NoError(t, err)
	clock, err := w.Clock(t.Context())
	require.NoError(t, err)
	require.True(t, clock.Running)
	noon := time.Date(2021, 4, 1, 12, 0, 0, 0, world.JST)
	clock, err = w.SetClock(t.Context(), noon)
	require.NoError(t, err)
	require.True(t, clock.Now.Equal(noon))
	require.False(t, clock.Running)
	clock, err = w.Advance(t.Context(), 36*time.Hour)
	require.NoError(t, err)
	require.True(t, clock.Now.Equal(noon.Add(36*time.Hour)), clock.Now)
	_, err = w.Advance(t.Context(), time.Millisecond)
	require.ErrorContains(t, err, "body.duration")
}

func TestMode(t *testing.T) {
	t.Parallel()
	w := start(t).base(t)
	set, err := w.SetMode(t.Context(), world.Mode{Mode: world.ModeFailure, Systems: []string{"terminal"}})
	require.NoError(t, err)
	mode, err := w.Mode(t.Context())
	require.NoError(t, err)
	require.Equal(t, set, mode)
	require.Equal(t, []string{"terminal"}, mode.Systems)
}

func TestFaults(t *testing.T) {
	t.Parallel()
	s := start(t)
	w := s.base(t)
	scripted, err := w.ScriptFault(t.Context(), world.Fault{System: "terminal", Skip: 1, Count: 1, Status: http.StatusBadGateway})
	require.NoError(t, err)
	require.NotEmpty(t, scripted.ID)
	const path = "/terminal/card-reads/none/medicines"
	require.Equal(t, http.StatusNotFound, s.ask(t, path, "hospital-token"))
	require.Equal(t, http.StatusBadGateway, s.ask(t, path, "hospital-token"))
	faults, err := w.Faults(t.Context())
	require.NoError(t, err)
	scripted.Seen, scripted.Struck = 2, 1
	require.Equal(t, []world.ScriptedFault{scripted}, faults)
	require.NoError(t, w.ClearFaults(t.Context()))
	faults, err = w.Faults(t.Context())
	require.NoError(t, err)
	require.Empty(t, faults)
}

func TestMutant(t *testing.T) {
	t.Parallel()
	w := start(t).base(t)
	wrong := mutant.All()[0].Name
	for _, name := range []string{wrong, ""} {
		require.NoError(t, w.SetMutant(t.Context(), name))
		inForce, err := w.Mutant(t.Context())
		require.NoError(t, err)
		require.Equal(t, name, inForce)
	}
	require.ErrorContains(t, w.SetMutant(t.Context(), "none"), "body.name")
}

func TestCheckpoints(t *testing.T) {
	t.Parallel()
	w := start(t).base(t)
	put, err := w.PutCheckpoint(t.Context(), "before")
	require.NoError(t, err)
	_, err = w.Advance(t.Context(), time.Hour)
	require.NoError(t, err)
	restored, err := w.Restore(t.Context(), "before")
	require.NoError(t, err)
	require.Equal(t, put, restored)
	clock, err := w.Clock(t.Context())
	require.NoError(t, err)
	require.True(t, clock.Now.Equal(put.Now))
	list, err := w.Checkpoints(t.Context())
	require.NoError(t, err)
	require.Equal(t, []client.Checkpoint{put}, list)
	require.NoError(t, w.DeleteCheckpoint(t.Context(), "before"))
	_, err = w.Restore(t.Context(), "before")
	require.ErrorContains(t, err, "SIM-CHECKPOINT-404")
}

func TestJournal(t *testing.T) {
	t.Parallel()
	s := start(t)
	w := s.base(t)
	s.ask(t, "/terminal/card-reads/none/medicines", "hospital-token")
	s.ask(t, "/mynaportal/eligibility", "nobody")
	page, err := w.Journal(t.Context(), journal.Query{System: "terminal", Status: http.StatusNotFound, Limit: 1}, 0)
	require.NoError(t, err)
	require.Equal(t, 1, page.Total)
	require.Equal(t, "institution", page.Entries[0].Actor.Role)

	exactly := 2
	verified, err := w.Verify(t.Context(), journal.Expectation{Match: map[string]any{"system": "terminal", "request": nil}, Exactly: &exactly})
	require.NoError(t, err)
	require.False(t, verified.Holds)
	require.Contains(t, verified.Report, "Closest of the others")
	_, err = w.Verify(t.Context(), journal.Expectation{Match: map[string]any{"sistem": "terminal"}})
	require.ErrorContains(t, err, "body.match")

	next := make(chan journal.Page, 1)
	go func() {
		page, _ := w.Journal(t.Context(), journal.Query{After: 2}, time.Millisecond)
		next <- page
	}()
	s.ask(t, "/mynaportal/eligibility", "nobody")
	require.EqualValues(t, 3, (<-next).Next)

	require.NoError(t, w.ClearJournal(t.Context()))
	page, err = w.Journal(t.Context(), journal.Query{}, 0)
	require.NoError(t, err)
	require.Empty(t, page.Entries)
}
