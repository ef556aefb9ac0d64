package eventlogtest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

var reading = []subtest{
	{"a world that does not exist has no records, nor has a log that never was", func(t *testing.T, log eventlog.Log) {
		require.Empty(t, collect(t, log, "qa", none))
		require.Empty(t, collect(t, log, "qa", eventlog.Head{Last: 7}))
		refused(t, log, "qa", eventlog.Head{Log: 1})
		refused(t, log, "qa", eventlog.Head{Log: 1<<64 - 1})
	}},
	{"a read begins behind its position", func(t *testing.T, log eventlog.Log) {
		head := create(t, log, "qa", 600)
		for _, id := range []uint64{0, head.Log} {
			require.Equal(t, batch("qa", 599, 600), collect(t, log, "qa", eventlog.Head{Log: id, Last: 599}))
			require.Equal(t, batch("qa", 1, 600), collect(t, log, "qa", eventlog.Head{Log: id, Last: 1}))
			for _, last := range []eventlog.Position{600, 601, 1 << 62, 1<<64 - 1} {
				require.Empty(t, collect(t, log, "qa", eventlog.Head{Log: id, Last: last}))
			}
		}
	}},
	{"a read of a certain log is of no other", func(t *testing.T, log eventlog.Log) {
		old := create(t, log, "qa", 3)
		other := create(t, log, "other", 3)
		require.Equal(t, batch("qa", 0, 3), collect(t, log, "qa", eventlog.Head{Log: old.Log}))
		refused(t, log, "qa", eventlog.Head{Log: other.Log})
		require.NoError(t, log.Delete(t.Context(), "qa", old))
		refused(t, log, "qa", eventlog.Head{Log: old.Log})
		require.Empty(t, collect(t, log, "qa", none))
		later := createOf(t, log, "qa", batch("later", 0, 5))
		refused(t, log, "qa", old)
		refused(t, log, "qa", eventlog.Head{Log: old.Log})
		require.Equal(t, batch("later", 0, 5), collect(t, log, "qa", eventlog.Head{Log: later.Log}))
		require.Equal(t, batch("later", 0, 5), collect(t, log, "qa", none))
	}},
	{"a read may be broken off, and begun again", func(t *testing.T, log eventlog.Log) {
		create(t, log, "qa", 600)
		read := log.Read(t.Context(), "qa", none)
		for range 2 {
			var seen eventlog.Position
			for r, err := range read {
				require.NoError(t, err)
				if seen = r.Position; seen == 300 {
					break
				}
			}
			require.EqualValues(t, 300, seen)
		}
	}},
	{"a read ends with the last record present when it began", func(t *testing.T, log eventlog.Log) {
		head := create(t, log, "qa", 600)
		read := log.Read(t.Context(), "qa", none)
		head = extend(t, log, "qa", head, 601)
		for r, err := range read { // begins here
			require.NoError(t, err)
			require.LessOrEqual(t, r.Position, eventlog.Position(601))
			head = extend(t, log, "qa", head, head.Last+1)
		}
		require.EqualValues(t, 601+601, head.Last)
		requireHead(t, log, "qa", head)
	}},
	{"a read that is given up ends with the reason", func(t *testing.T, log eventlog.Log) {
		head := create(t, log, "qa", 2000)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var seen, errs int
		var last error
		for r, err := range log.Read(ctx, "qa", none) {
			if last = err; err != nil {
				errs++
				continue
			}
			seen++
			require.EqualValues(t, seen, r.Position)
			cancel()
		}
		require.ErrorIs(t, last, context.Canceled)
		require.Equal(t, 1, errs)
		require.Less(t, seen, 2000)
		requireHead(t, log, "qa", head)
	}},
	{"a deleted world's read never slips into a later world of its name", func(t *testing.T, log eventlog.Log) {
		head := create(t, log, "qa", 2000)
		for r, err := range log.Read(t.Context(), "qa", none) {
			if err != nil {
				break // as it may
			}
			require.Equal(t, batch("qa", r.Position-1, r.Position)[0], r.Data)
			if r.Position == 1 {
				require.NoError(t, log.Delete(t.Context(), "qa", head))
				createOf(t, log, "qa", batch("later", 0, 2000))
			}
		}
		require.Equal(t, batch("later", 0, 2000), collect(t, log, "qa", none))
	}},
}
