package eventlogtest

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

var creating = []subtest{
	{"a world is created of its records", func(t *testing.T, log eventlog.Log) {
		requireHead(t, log, "qa", none)
		requireWorlds(t, log)
		head := create(t, log, "qa", 1)
		requireHead(t, log, "qa", head)
		requireWorlds(t, log, "qa")
		require.Equal(t, batch("qa", 0, 1), collect(t, log, "qa", eventlog.Head{Log: head.Log}))
	}},
	{"records are taken as they come, however many", func(t *testing.T, log eventlog.Log) {
		const n = 3000
		taken := eventlog.Position(0)
		head, err := log.Create(t.Context(), "qa", func(yield func([]byte, error) bool) {
			for taken < n && yield(batch("qa", taken, taken+1)[0], nil) {
				taken++
			}
		})
		require.NoError(t, err)
		require.EqualValues(t, n, taken)
		require.EqualValues(t, n, head.Last)
		require.Equal(t, batch("qa", 0, n), collect(t, log, "qa", none))
		extend(t, log, "qa", head, n+1)
	}},
	{"large records are created like small ones", func(t *testing.T, log eventlog.Log) {
		var records [][]byte
		for i := range byte(20) {
			records = append(records, bytes.Repeat([]byte{i}, 300<<10))
		}
		createOf(t, log, "qa", records)
		read := collect(t, log, "qa", none)
		require.Len(t, read, len(records))
		for i, want := range records {
			require.True(t, bytes.Equal(want, read[i]), "record %d", i)
		}
	}},
	{"an error among the records is given, and nothing is left", func(t *testing.T, log eventlog.Log) {
		broken := errors.New("the source broke")
		for _, n := range []eventlog.Position{0, 1, 2000} {
			_, err := log.Create(t.Context(), "qa", func(yield func([]byte, error) bool) {
				for _, data := range batch("qa", 0, n) {
					if !yield(data, nil) {
						t.Error("given up early")
						return
					}
				}
				if yield(nil, broken) {
					t.Error("an error does not end it")
				}
			})
			require.ErrorIs(t, err, broken)
			requireHead(t, log, "qa", none)
			requireWorlds(t, log)
			require.Empty(t, collect(t, log, "qa", none))
		}
		create(t, log, "qa", 2)
	}},
	{"a source that panics leaves nothing, and the log goes on", func(t *testing.T, log eventlog.Log) {
		for _, n := range []int{0, 1, 3000} {
			require.PanicsWithValue(t, "the source is wrong", func() {
				_, _ = log.Create(t.Context(), "qa", func(yield func([]byte, error) bool) {
					for range n {
						yield([]byte("a record"), nil)
					}
					panic("the source is wrong")
				})
			})
			requireWorlds(t, log)
		}
		create(t, log, "qa", 2)
	}},
	{"a world of no record is an error", func(t *testing.T, log eventlog.Log) {
		_, err := log.Create(t.Context(), "qa", Each())
		require.Error(t, err)
		require.NotErrorIs(t, err, eventlog.ErrConflict)
		requireHead(t, log, "qa", none)
		requireWorlds(t, log)
	}},
	{"a world that exists is not created again", func(t *testing.T, log eventlog.Log) {
		head := create(t, log, "qa", 3)
		_, err := log.Create(t.Context(), "qa", Each(batch("other", 0, 3000)...))
		require.ErrorIs(t, err, eventlog.ErrConflict)
		requireHead(t, log, "qa", head)
		require.Equal(t, batch("qa", 0, 3), collect(t, log, "qa", none))
		extend(t, log, "qa", head, 4)
	}},
	{"a creation that is given up leaves nothing", func(t *testing.T, log eventlog.Log) {
		ctx, cancel := context.WithCancel(t.Context())
		taken := 0
		_, err := log.Create(ctx, "qa", func(yield func([]byte, error) bool) {
			for taken < 3000 && yield([]byte("a record"), nil) {
				if taken++; taken == 5 {
					cancel()
				}
			}
		})
		require.ErrorIs(t, err, context.Canceled)
		require.Less(t, taken, 3000)
		_, err = log.Create(ctx, "qa", Each(batch("qa", 0, 1)...))
		require.ErrorIs(t, err, context.Canceled)
		requireHead(t, log, "qa", none)
		requireWorlds(t, log)
		create(t, log, "qa", 1)
	}},
}
