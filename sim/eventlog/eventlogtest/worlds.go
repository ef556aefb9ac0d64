package eventlogtest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// names are worlds' names that a log could mix up or sort by some language's rules.
var names = []string{
	"a", "A", "b", "B", "a-b", "ab", "a b", "a ", "a/b", "a%", "a_", "a'b", `a"b`, `a\b`, "10", "9", "é", "e\u0301",
	"訓練", "くんれん", "クンレン", "ｸﾝﾚﾝ", "𠮷", "😀", ".", "..", "*", "?", ";", "-- a", strings.Repeat("長", 100),
}

var worlds = []subtest{
	{"worlds never meet, and are named in the order of their bytes", func(t *testing.T, log eventlog.Log) {
		for i, name := range names {
			fill(t, log, name, 0, eventlog.Position(i+1))
		}
		requireWorlds(t, log, slices.Sorted(slices.Values(names))...)
		for i, name := range names {
			last := eventlog.Position(i + 1)
			requireLast(t, log, name, last)
			require.Equal(t, batch(name, 0, last), collect(t, log, name, 0))
		}
	}},
	{"a deleted world is gone, the others stay", func(t *testing.T, log eventlog.Log) {
		fill(t, log, "qa", 0, 3)
		fill(t, log, "training", 0, 2)
		require.NoError(t, log.Delete(t.Context(), "qa"))
		requireLast(t, log, "qa", 0)
		requireWorlds(t, log, "training")
		require.Empty(t, collect(t, log, "qa", 0))
		require.ErrorIs(t, log.Append(t.Context(), "qa", 3, batch("qa", 3, 4)), eventlog.ErrConflict)
		require.Equal(t, batch("training", 0, 2), collect(t, log, "training", 0))
	}},
	{"a deleted world can begin anew", func(t *testing.T, log eventlog.Log) {
		fill(t, log, "qa", 0, 3)
		require.NoError(t, log.Delete(t.Context(), "qa"))
		require.NoError(t, log.Append(t.Context(), "qa", 0, batch("anew", 0, 2)))
		requireLast(t, log, "qa", 2)
		require.Equal(t, batch("anew", 0, 2), collect(t, log, "qa", 0))
	}},
	{"an absent world may be deleted", func(t *testing.T, log eventlog.Log) {
		require.NoError(t, log.Delete(t.Context(), "qa"))
		requireWorlds(t, log)
	}},
	{"who has given up gets no answer", func(t *testing.T, log eventlog.Log) {
		fill(t, log, "qa", 0, 1)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := log.Last(ctx, "qa")
		require.ErrorIs(t, err, context.Canceled)
		_, err = log.Worlds(ctx)
		require.ErrorIs(t, err, context.Canceled)
		require.ErrorIs(t, log.Delete(ctx, "qa"), context.Canceled)
		requireLast(t, log, "qa", 1)
	}},
	{"a log may be closed twice", func(t *testing.T, log eventlog.Log) {
		require.NoError(t, log.Close())
	}},
}
