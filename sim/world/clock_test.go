package world

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// A machine's clock that jumps back, while the program runs or between two starts, loses nothing; a start tells which
// worlds stand until it has come there again.
func TestAMachineWhoseClockJumpsBackIsToldOf(t *testing.T) {
	t.Parallel()
	log, ctx := eventlog.NewMemory(), t.Context()
	wall := at(t, "2026-11-22T12:00:00+09:00")
	open := func() *Registry {
		r, err := Open(ctx, log, Sources{Wall: func() time.Time { return wall }, Seed: func() uint64 { return 1 }})
		require.NoError(t, err)
		return r
	}
	create := func(r *Registry, name, now string) *World {
		d := document()
		d.Now = now
		w, err := r.Create(ctx, name, d)
		require.NoError(t, err)
		return w
	}
	r := open()
	create(r, "set", "2031-01-01T00:00:00+09:00")
	create(r, "first", "")
	w := create(r, "second", "")
	wall = at(t, "2026-11-22T13:00:00+09:00")
	require.NoError(t, w.SuspendCard(ctx, "card-t"))
	require.Empty(t, r.Ahead())

	noon := at(t, "2026-11-22T12:00:00+09:00")
	wall = noon.Add(-time.Second)
	require.NoError(t, w.LiftSuspension(ctx, "card-t"), "while it runs")
	require.NoError(t, w.SetFlags(ctx, "990010", "B-1", FlagSetting{NonDisclosure: new(true)}, "2026-11-22", "申請"))
	for _, r := range []*Registry{r, open()} {
		require.Equal(t, []Ahead{{"second", noon.Add(time.Hour).In(JST)}, {"first", noon.In(JST)}}, r.Ahead())
		w, err := r.World(ctx, "second")
		require.NoError(t, err)
		require.Equal(t, "2026-11-22T13:00:00+09:00", Instant(w.Now()))
		p, known := w.PersonByCard("card-t")
		require.True(t, known)
		require.Equal(t, CardValid, p.Cards[0].Status)
	}
	wall = noon
	require.Equal(t, []Ahead{{"second", noon.Add(time.Hour).In(JST)}}, r.Ahead())
	wall = noon.Add(time.Hour)
	require.Empty(t, open().Ahead())
}
