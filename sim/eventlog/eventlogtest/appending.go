package eventlogtest

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

var appending = []subtest{
	{"appends follow one another, of one record or of many", func(t *testing.T, log eventlog.Log) {
		head := create(t, log, "qa", 1)
		head = extend(t, log, "qa", head, 4)
		head = extend(t, log, "qa", head, 5)
		head = extend(t, log, "qa", head, 1000)
		requireHead(t, log, "qa", head)
		require.Equal(t, batch("qa", 0, 1000), collect(t, log, "qa", none))
	}},
	{"an append behind another head conflicts and leaves nothing", func(t *testing.T, log eventlog.Log) {
		head := create(t, log, "qa", 3)
		other := create(t, log, "other", 3)
		for _, last := range []eventlog.Position{0, 2, 4, 1 << 62, 1<<64 - 1} {
			after := eventlog.Head{Log: head.Log, Last: last}
			require.ErrorIs(t, log.Append(t.Context(), "qa", after, batch("late", 0, 3)), eventlog.ErrConflict)
		}
		for _, id := range []uint64{0, other.Log, head.Log + other.Log, 1<<64 - 1} {
			after := eventlog.Head{Log: id, Last: 3}
			require.ErrorIs(t, log.Append(t.Context(), "qa", after, batch("late", 0, 3)), eventlog.ErrConflict)
			require.ErrorIs(t, log.Append(t.Context(), "qa", after, nil), eventlog.ErrConflict)
		}
		require.Equal(t, batch("qa", 0, 3), collect(t, log, "qa", none))
		require.Equal(t, batch("other", 0, 3), collect(t, log, "other", none))
		extend(t, log, "qa", head, 4)
	}},
	{"a world that does not exist takes no append", func(t *testing.T, log eventlog.Log) {
		for _, after := range []eventlog.Head{{}, {Last: 1}, {Log: 1}, {Log: 1, Last: 1}} {
			require.ErrorIs(t, log.Append(t.Context(), "qa", after, batch("qa", 0, 2)), eventlog.ErrConflict)
		}
		requireHead(t, log, "qa", none)
		requireWorlds(t, log)
	}},
	{"appending nothing only checks the head", func(t *testing.T, log eventlog.Log) {
		require.NoError(t, log.Append(t.Context(), "qa", none, nil))
		require.NoError(t, log.Append(t.Context(), "qa", none, [][]byte{}))
		require.ErrorIs(t, log.Append(t.Context(), "qa", eventlog.Head{Log: 1, Last: 1}, nil), eventlog.ErrConflict)
		requireWorlds(t, log)
		head := create(t, log, "qa", 2)
		require.NoError(t, log.Append(t.Context(), "qa", head, nil))
		require.ErrorIs(t, log.Append(t.Context(), "qa", none, nil), eventlog.ErrConflict)
		require.ErrorIs(t, log.Append(t.Context(), "qa", eventlog.Head{Log: head.Log, Last: 1}, nil), eventlog.ErrConflict)
		requireHead(t, log, "qa", head)
	}},
	{"records are any bytes", func(t *testing.T, log eventlog.Log) {
		all := make([]byte, 256)
		for i := range all {
			all[i] = byte(i)
		}
		records := [][]byte{{}, all, []byte("{\"氏名\":\"架空 太郎\"}"), bytes.Repeat(all, 5<<10), {0}, nil}
		head := createOf(t, log, "qa", records)
		require.NoError(t, log.Append(t.Context(), "qa", head, records))
		read := collect(t, log, "qa", none)
		require.Len(t, read, 2*len(records))
		for i, data := range read {
			want := records[i%len(records)]
			require.True(t, bytes.Equal(want, data), "record %d: %d bytes, not %d", i, len(data), len(want))
		}
	}},
	{"an append that was given up beforehand leaves nothing", func(t *testing.T, log eventlog.Log) {
		head := create(t, log, "qa", 1)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		require.ErrorIs(t, log.Append(ctx, "qa", head, batch("qa", 1, 2)), context.Canceled)
		requireHead(t, log, "qa", head)
		extend(t, log, "qa", head, 2)
	}},
}
