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
		heads := map[string]eventlog.Head{}
		for i, name := range names {
			heads[name] = create(t, log, name, eventlog.Position(i+1))
		}
		requireWorlds(t, log, slices.Sorted(slices.Values(names))...)
		for i, name := range names {
			requireHead(t, log, name, heads[name])
			require.Equal(t, batch(name, 0, eventlog.Position(i+1)), collect(t, log, name, none))
		}
	}},
	{"a deleted world is gone, the others stay", func(t *testing.T, log eventlog.Log) {
		gone, kept := create(t, log, "qa", 3), create(t, log, "training", 2)
		require.NoError(t, log.Delete(t.Context(), "qa", gone))
		requireHead(t, log, "qa", none)
		requireWorlds(t, log, "training")
		require.Empty(t, collect(t, log, "qa", none))
		require.ErrorIs(t, log.Append(t.Context(), "qa", gone, batch("qa", 3, 4)), eventlog.ErrConflict)
		requireHead(t, log, "training", kept)
		require.Equal(t, batch("training", 0, 2), collect(t, log, "training", none))
	}},
	{"a deleted world can begin anew, and its old head means nothing then", func(t *testing.T, log eventlog.Log) {
		old := create(t, log, "qa", 3)
		require.NoError(t, log.Delete(t.Context(), "qa", old))
		anew := createOf(t, log, "qa", batch("anew", 0, 3))
		require.NotEqual(t, old.Log, anew.Log)
		require.ErrorIs(t, log.Append(t.Context(), "qa", old, batch("qa", 3, 4)), eventlog.ErrConflict)
		require.ErrorIs(t, log.Append(t.Context(), "qa", old, nil), eventlog.ErrConflict)
		require.ErrorIs(t, log.Delete(t.Context(), "qa", old), eventlog.ErrConflict)
		refused(t, log, "qa", old)
		requireHead(t, log, "qa", anew)
		require.Equal(t, batch("anew", 0, 3), collect(t, log, "qa", none))
	}},
	{"a world is deleted at its head and at no other", func(t *testing.T, log eventlog.Log) {
		head, other := create(t, log, "qa", 3), create(t, log, "other", 3)
		for _, at := range []eventlog.Head{
			{},
			{Last: 3},
			{Log: head.Log},
			{Log: head.Log, Last: 2},
			{Log: head.Log, Last: 4},
			{Log: head.Log, Last: 1<<64 - 1},
			{Log: 1<<64 - 1, Last: 3},
			other,
		} {
			require.ErrorIs(t, log.Delete(t.Context(), "qa", at), eventlog.ErrConflict)
		}
		require.Equal(t, batch("qa", 0, 3), collect(t, log, "qa", none))
		require.NoError(t, log.Delete(t.Context(), "qa", head))
		require.ErrorIs(t, log.Delete(t.Context(), "qa", head), eventlog.ErrConflict)
		requireWorlds(t, log, "other")
	}},
	{"no log's number is given again", func(t *testing.T, log eventlog.Log) {
		var seen []uint64
		for i := range 10 {
			name := []string{"qa", "training"}[i%2]
			head := create(t, log, name, 1)
			require.NotContains(t, seen, head.Log)
			seen = append(seen, head.Log)
			require.NoError(t, log.Delete(t.Context(), name, head))
		}
	}},
	{"a world that does not exist may be deleted, as such", func(t *testing.T, log eventlog.Log) {
		require.NoError(t, log.Delete(t.Context(), "qa", none))
		require.ErrorIs(t, log.Delete(t.Context(), "qa", eventlog.Head{Log: 1, Last: 1}), eventlog.ErrConflict)
		require.ErrorIs(t, log.Delete(t.Context(), "qa", eventlog.Head{Last: 1}), eventlog.ErrConflict)
		requireWorlds(t, log)
	}},
	{"who has given up gets no answer", func(t *testing.T, log eventlog.Log) {
		head := create(t, log, "qa", 1)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := log.Head(ctx, "qa")
		require.ErrorIs(t, err, context.Canceled)
		_, err = log.Worlds(ctx)
		require.ErrorIs(t, err, context.Canceled)
		require.ErrorIs(t, log.Delete(ctx, "qa", head), context.Canceled)
		requireHead(t, log, "qa", head)
	}},
	{"a log may be closed twice", func(t *testing.T, log eventlog.Log) {
		require.NoError(t, log.Close())
	}},
}
