package eventlogtest

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// sharing are tests of appends that come at the same time, which a log may commit together: none is to notice the others.
var sharing = []subtest{
	{"appends of many worlds at the same time are all there, each in its order", func(t *testing.T, log eventlog.Log) {
		const writers, last = 64, 60
		heads := createMany(t, log, "world", writers)
		together(writers, func(writer int) {
			grow(t, log, nameOf("world", writer), heads[writer], eventlog.Position(1+writer%4), last)
		})
		for name, head := range named("world", heads) {
			requireHead(t, log, name, eventlog.Head{Log: head.Log, Last: last})
			require.Equal(t, batch(name, 0, last), collect(t, log, name, none))
		}
	}},
	{"large appends of many worlds at the same time are all there", func(t *testing.T, log eventlog.Log) {
		const writers, rounds, large = 8, 3, 400 << 10
		heads, data := createMany(t, log, "world", writers), bytes.Repeat([]byte("大"), large/3)
		together(writers, func(writer int) {
			head := heads[writer]
			for range rounds {
				assert.NoError(t, log.Append(t.Context(), nameOf("world", writer), head, [][]byte{data}))
				head.Last++
			}
		})
		for name, head := range named("world", heads) {
			for _, record := range collect(t, log, name, head) {
				require.True(t, bytes.Equal(data, record), name)
			}
			requireHead(t, log, name, eventlog.Head{Log: head.Log, Last: head.Last + rounds})
		}
	}},
	{"what befalls one append befalls none that came with it", func(t *testing.T, log eventlog.Log) {
		const writers, rounds, large = 16, 12, 3 << 20
		heads := createMany(t, log, "world", writers)
		stale, ahead, big := create(t, log, "stale", 3), create(t, log, "ahead", 3), create(t, log, "big", 1)
		gone := create(t, log, "gone", 2)
		require.NoError(t, log.Delete(t.Context(), "gone", gone))
		refuse := func(world string, after eventlog.Head) {
			for range rounds {
				assert.ErrorIs(t, log.Append(t.Context(), world, after, batch("late", 0, 2)), eventlog.ErrConflict)
			}
		}
		data := bytes.Repeat([]byte("大"), large/3)
		others := []func(){
			func() { refuse("stale", eventlog.Head{Log: stale.Log, Last: 2}) },
			func() { refuse("ahead", eventlog.Head{Log: ahead.Log, Last: 4}) },
			func() { refuse("ahead", eventlog.Head{Log: 1<<64 - 1, Last: 1<<64 - 1}) },
			func() { refuse("ahead", stale) },
			func() { refuse("gone", gone) },
			func() { refuse("never", eventlog.Head{Log: 1 << 40, Last: 1}) },
			func() {
				assert.NoError(t, log.Append(t.Context(), "big", big, [][]byte{nil, data, {}}))
			},
		}
		together(writers+len(others), func(worker int) {
			if worker >= writers {
				others[worker-writers]()
				return
			}
			grow(t, log, nameOf("world", worker), heads[worker], 1, rounds)
		})
		for name := range named("world", heads) {
			require.Equal(t, batch(name, 0, rounds), collect(t, log, name, none))
		}
		require.Equal(t, batch("stale", 0, 3), collect(t, log, "stale", none))
		require.Equal(t, batch("ahead", 0, 3), collect(t, log, "ahead", none))
		requireHead(t, log, "gone", none)
		read := collect(t, log, "big", big)
		require.Len(t, read, 3)
		require.True(t, bytes.Equal(data, read[1]) && len(read[0]) == 0 && len(read[2]) == 0)
	}},
	{"of those behind one head of one world, one is taken, while other worlds have theirs", func(t *testing.T, log eventlog.Log) {
		const many, rivals, rounds = 6, 4, 8
		heads := createMany(t, log, "world", many)
		for range rounds {
			taken := make([]winners, many)
			together(many*rivals, func(worker int) {
				w := worker % many
				err := log.Append(t.Context(), nameOf("world", w), heads[w], [][]byte{fmt.Append(nil, worker), fmt.Append(nil, worker)})
				taken[w].note(t, worker, err)
			})
			for w := range heads {
				winner := taken[w].only(t)
				require.Equal(t, [][]byte{winner, winner}, collect(t, log, nameOf("world", w), heads[w]))
				heads[w].Last += 2
			}
		}
	}},
	{"worlds that are deleted and made anew meanwhile take no append meant for the one before", func(t *testing.T, log eventlog.Log) {
		const writers, rounds = 8, 10
		heads := createMany(t, log, "world", writers)
		together(2*writers, func(worker int) {
			if worker < writers {
				grow(t, log, nameOf("world", worker), heads[worker], 1, rounds)
				return
			}
			name := nameOf("brief", worker)
			for range rounds {
				head, err := log.Create(t.Context(), name, Each(batch(name, 0, 1)...))
				assert.NoError(t, err)
				assert.NoError(t, log.Append(t.Context(), name, head, batch(name, 1, 2)))
				assert.ErrorIs(t, log.Append(t.Context(), name, head, batch(name, 1, 2)), eventlog.ErrConflict)
				assert.NoError(t, log.Delete(t.Context(), name, eventlog.Head{Log: head.Log, Last: 2}))
				assert.ErrorIs(t, log.Append(t.Context(), name, head, batch(name, 1, 2)), eventlog.ErrConflict)
			}
		})
		for name := range named("world", heads) {
			require.Equal(t, batch(name, 0, rounds), collect(t, log, name, none))
		}
	}},
	{"who gives up takes nobody along", func(t *testing.T, log eventlog.Log) {
		const writers, rounds = 16, 10
		heads := createMany(t, log, "world", writers)
		leaving := createMany(t, log, "leaving", writers)
		together(2*writers, func(worker int) {
			if worker < writers {
				grow(t, log, nameOf("world", worker), heads[worker], 1, rounds)
				return
			}
			name, head := nameOf("leaving", worker-writers), &leaving[worker-writers]
			for range rounds {
				ctx, cancel := context.WithCancel(t.Context())
				go cancel()
				if err := log.Append(ctx, name, *head, batch(name, head.Last, head.Last+1)); err == nil {
					head.Last++
				} else {
					assert.ErrorIs(t, err, context.Canceled)
				}
			}
		})
		for name := range named("world", heads) {
			require.Equal(t, batch(name, 0, rounds), collect(t, log, name, none))
		}
		for name, head := range named("leaving", leaving) {
			require.Equal(t, batch(name, 0, head.Last), collect(t, log, name, none))
		}
	}},
}

func nameOf(kind string, number int) string { return fmt.Sprintf("%s-%02d", kind, number) }

// createMany makes so many worlds of one record.
func createMany(t *testing.T, log eventlog.Log, kind string, n int) (heads []eventlog.Head) {
	t.Helper()
	for i := range n {
		heads = append(heads, create(t, log, nameOf(kind, i), 1))
	}
	return heads
}

// named are the worlds of createMany with their heads.
func named(kind string, heads []eventlog.Head) iter.Seq2[string, eventlog.Head] {
	return func(yield func(string, eventlog.Head) bool) {
		for i, head := range heads {
			if !yield(nameOf(kind, i), head) {
				return
			}
		}
	}
}

// grow appends to a world so many records at a time, up to the last.
func grow(t *testing.T, log eventlog.Log, world string, head eventlog.Head, each, last eventlog.Position) {
	for head.Last < last {
		next := min(head.Last+each, last)
		if !assert.NoError(t, log.Append(t.Context(), world, head, batch(world, head.Last, next))) {
			return
		}
		head.Last = next
	}
}
