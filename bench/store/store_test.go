package store

import (
	"context"
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/sqlite"
)

func TestABusyWorldIsReplayed(t *testing.T) {
	t.Parallel()
	const events = 2000
	memory := eventlog.NewMemory()
	w, err := Busy(t.Context(), memory, events)
	require.NoError(t, err)
	assert.GreaterOrEqual(t, int(w.Position()), events)
	_, err = Fold(t.Context(), memory)
	require.NoError(t, err)

	file := filepath.Join(t.TempDir(), "busy.db")
	log, err := sqlite.Open(t.Context(), file)
	require.NoError(t, err)
	require.NoError(t, Copy(t.Context(), w, log))
	require.NoError(t, log.Close())
	_, err = OpenFile(t.Context(), file)
	require.NoError(t, err)
}

func TestABareLoopTellsEveryWriter(t *testing.T) {
	t.Parallel()
	write, end, err := BareSQLite(t.Context(), filepath.Join(t.TempDir(), "bare.db"), []byte("record"))
	require.NoError(t, err)
	per, err := PerSecond(t.Context(), 8, 50*time.Millisecond, write)
	require.NoError(t, err)
	assert.Positive(t, per)
	require.NoError(t, end())
	odd := errors.New("odd")
	var calls atomic.Int64
	_, err = PerSecond(t.Context(), 8, time.Minute, func(context.Context, int) error {
		if calls.Add(1) > 10 {
			return odd
		}
		return nil
	})
	assert.ErrorIs(t, err, odd)
}

// BenchmarkReplay makes a world from its events in memory, in events per second.
func BenchmarkReplay(b *testing.B) {
	const events = 100_000
	memory := eventlog.NewMemory()
	_, err := Busy(b.Context(), memory, events)
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		_, err := Fold(b.Context(), memory)
		require.NoError(b, err)
	}
	b.ReportMetric(float64(events)*float64(b.N)/b.Elapsed().Seconds(), "events/s")
}
