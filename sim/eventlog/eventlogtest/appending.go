package eventlogtest

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

var appending = []subtest{
	{"the first append creates the world", func(t *testing.T, log eventlog.Log) {
		requireLast(t, log, "qa", 0)
		requireWorlds(t, log)
		fill(t, log, "qa", 0, 1)
		requireLast(t, log, "qa", 1)
		requireWorlds(t, log, "qa")
		require.Equal(t, batch("qa", 0, 1), collect(t, log, "qa", 0))
	}},
	{"appends follow one another, of one record or of many", func(t *testing.T, log eventlog.Log) {
		fill(t, log, "qa", 0, 1)
		fill(t, log, "qa", 1, 4)
		fill(t, log, "qa", 4, 1000)
		requireLast(t, log, "qa", 1000)
		require.Equal(t, batch("qa", 0, 1000), collect(t, log, "qa", 0))
	}},
	{"an append at another position conflicts and leaves nothing", func(t *testing.T, log eventlog.Log) {
		fill(t, log, "qa", 0, 3)
		for _, after := range []eventlog.Position{0, 2, 4, 1 << 62, 1<<64 - 1} {
			require.ErrorIs(t, log.Append(t.Context(), "qa", after, batch("other", 0, 3)), eventlog.ErrConflict)
		}
		require.Equal(t, batch("qa", 0, 3), collect(t, log, "qa", 0))
		fill(t, log, "qa", 3, 4)
	}},
	{"an append behind a position of an absent world conflicts and creates nothing", func(t *testing.T, log eventlog.Log) {
		require.ErrorIs(t, log.Append(t.Context(), "qa", 1, batch("qa", 1, 2)), eventlog.ErrConflict)
		requireLast(t, log, "qa", 0)
		requireWorlds(t, log)
	}},
	{"appending nothing only checks the position", func(t *testing.T, log eventlog.Log) {
		require.NoError(t, log.Append(t.Context(), "qa", 0, nil))
		require.NoError(t, log.Append(t.Context(), "qa", 0, [][]byte{}))
		require.ErrorIs(t, log.Append(t.Context(), "qa", 1, nil), eventlog.ErrConflict)
		requireWorlds(t, log)
		fill(t, log, "qa", 0, 2)
		require.NoError(t, log.Append(t.Context(), "qa", 2, nil))
		require.ErrorIs(t, log.Append(t.Context(), "qa", 0, nil), eventlog.ErrConflict)
		requireLast(t, log, "qa", 2)
	}},
	{"records are any bytes", func(t *testing.T, log eventlog.Log) {
		all := make([]byte, 256)
		for i := range all {
			all[i] = byte(i)
		}
		records := [][]byte{{}, all, []byte("{\"氏名\":\"架空 太郎\"}"), bytes.Repeat(all, 20<<10), {0}, nil}
		require.NoError(t, log.Append(t.Context(), "qa", 0, records))
		read := collect(t, log, "qa", 0)
		require.Len(t, read, len(records))
		for i, want := range records {
			require.True(t, bytes.Equal(want, read[i]), "record %d: %d bytes, not %d", i, len(read[i]), len(want))
		}
	}},
	{"an append that was given up beforehand leaves nothing", func(t *testing.T, log eventlog.Log) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		require.ErrorIs(t, log.Append(ctx, "qa", 0, batch("qa", 0, 1)), context.Canceled)
		requireLast(t, log, "qa", 0)
		fill(t, log, "qa", 0, 1)
	}},
}
