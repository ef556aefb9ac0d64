package eventlogtest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

var reading = []subtest{
	{"an absent world has no records", func(t *testing.T, log eventlog.Log) {
		require.Empty(t, collect(t, log, "qa", 0))
		require.Empty(t, collect(t, log, "qa", 7))
	}},
	{"a read begins behind its position", func(t *testing.T, log eventlog.Log) {
		fill(t, log, "qa", 0, 600)
		require.Equal(t, batch("qa", 599, 600), collect(t, log, "qa", 599))
		require.Equal(t, batch("qa", 1, 600), collect(t, log, "qa", 1))
		for _, after := range []eventlog.Position{600, 601, 1 << 62, 1<<64 - 1} {
			require.Empty(t, collect(t, log, "qa", after))
		}
	}},
	{"a read may be broken off, and begun again", func(t *testing.T, log eventlog.Log) {
		fill(t, log, "qa", 0, 600)
		read := log.Read(t.Context(), "qa", 0)
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
		fill(t, log, "qa", 0, 600)
		read := log.Read(t.Context(), "qa", 0)
		fill(t, log, "qa", 600, 601)
		last := eventlog.Position(601)
		for r, err := range read { // begins here
			require.NoError(t, err)
			require.LessOrEqual(t, r.Position, eventlog.Position(601))
			fill(t, log, "qa", last, last+1)
			last++
		}
		requireLast(t, log, "qa", 601+601)
	}},
	{"a read that is given up ends with the reason", func(t *testing.T, log eventlog.Log) {
		fill(t, log, "qa", 0, 2000)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var seen, errs int
		var last error
		for r, err := range log.Read(ctx, "qa", 0) {
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
		requireLast(t, log, "qa", 2000)
	}},
	{"a deleted world's read never slips into a later world of its name", func(t *testing.T, log eventlog.Log) {
		fill(t, log, "qa", 0, 2000)
		for r, err := range log.Read(t.Context(), "qa", 0) {
			if err != nil {
				break // as it may
			}
			require.Equal(t, batch("qa", r.Position-1, r.Position)[0], r.Data)
			if r.Position == 1 {
				require.NoError(t, log.Delete(t.Context(), "qa"))
				require.NoError(t, log.Append(t.Context(), "qa", 0, batch("later", 0, 2000)))
			}
		}
		require.Equal(t, batch("later", 0, 2000), collect(t, log, "qa", 0))
	}},
}
