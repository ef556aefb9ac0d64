package eventlogtest

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// RunNotes checks the notes of shared logs: open opens the same store anew each time, as another process would, empty at
// first.
func RunNotes(t *testing.T, store func(t *testing.T) (open func() eventlog.Log)) {
	t.Helper()
	for name, test := range map[string]func(t *testing.T, a, b eventlog.Notes, log, other uint64){
		"a book has the notes of all, without gaps": func(t *testing.T, a, b eventlog.Notes, log, other uint64) {
			note(t, a, log, 1, 3)
			note(t, b, log, 4, 5)
			note(t, a, other, 1, 1)
			for _, notes := range []eventlog.Notes{a, b} {
				requireBook(t, notes, log, 0, 1, 5)
				requireBook(t, notes, log, 3, 4, 5)
				requireBook(t, notes, log, 5, 6, 5)
				requireBook(t, notes, log, 99, 6, 5)
				requireBook(t, notes, other, 0, 1, 1)
			}
		},
		"nothing is noted yet": func(t *testing.T, a, _ eventlog.Notes, log, _ uint64) {
			requireBook(t, a, log, 0, 1, 0)
			require.NoError(t, a.ClearBook(t.Context(), log))
			requireBook(t, a, log, 0, 1, 0)
			counters, err := a.Counters(t.Context(), log)
			require.NoError(t, err)
			require.Empty(t, counters)
		},
		"what is cleared is gone, and the numbers go on": func(t *testing.T, a, b eventlog.Notes, log, other uint64) {
			note(t, a, log, 1, 3)
			note(t, a, other, 1, 2)
			require.NoError(t, b.ClearBook(t.Context(), log))
			book, err := a.Book(t.Context(), log, 0)
			require.NoError(t, err)
			require.Empty(t, book.Entries)
			require.EqualValues(t, 3, book.Cleared)
			note(t, a, log, 4, 4)
			requireBook(t, b, log, 0, 4, 4)
			requireBook(t, b, other, 0, 1, 2)
		},
		"the latest notes stay, as many as there may be": func(t *testing.T, a, _ eventlog.Notes, log, _ uint64) {
			for n := uint64(1); n <= 500; n++ {
				require.NoError(t, a.Note(t.Context(), log, text(log, n), 20, 1<<20))
			}
			book, err := a.Book(t.Context(), log, 480)
			require.NoError(t, err)
			require.Len(t, book.Entries, 20)
			all, err := a.Book(t.Context(), log, 0)
			require.NoError(t, err)
			require.Less(t, len(all.Entries), 200, "the store grows")
			for n := uint64(501); n <= 1000; n++ {
				require.NoError(t, a.Note(t.Context(), log, text(log, n), 1000, 20*len(text(log, n))))
			}
			book, err = a.Book(t.Context(), log, 980)
			require.NoError(t, err)
			require.Len(t, book.Entries, 20)
			all, err = a.Book(t.Context(), log, 0)
			require.NoError(t, err)
			require.Less(t, len(all.Entries), 200, "the store grows")
		},
		"no two get the same count": func(t *testing.T, a, b eventlog.Notes, log, other uint64) {
			const each = 50
			counted := make([]bool, 4*each+1)
			var mu sync.Mutex
			together(4, func(worker int) {
				for range each {
					n, err := []eventlog.Notes{a, b}[worker%2].Count(t.Context(), log, "seen")
					if !assert.NoError(t, err) {
						return
					}
					mu.Lock()
					assert.False(t, counted[n], "%d twice", n)
					counted[n] = true
					mu.Unlock()
				}
			})
			_, err := a.Count(t.Context(), other, "seen")
			require.NoError(t, err)
			_, err = b.Count(t.Context(), log, "struck")
			require.NoError(t, err)
			counters, err := b.Counters(t.Context(), log)
			require.NoError(t, err)
			require.Equal(t, map[string]uint64{"seen": 4 * each, "struck": 1}, counters)
		},
		"notes that come at the same time have all numbers": func(t *testing.T, a, b eventlog.Notes, log, _ uint64) {
			const each = 25
			together(4, func(worker int) {
				for n := range uint64(each) {
					assert.NoError(t, []eventlog.Notes{a, b}[worker%2].Note(t.Context(), log, text(log, n), 1000, 1<<20))
				}
			})
			book, err := b.Book(t.Context(), log, 0)
			require.NoError(t, err)
			require.Len(t, book.Entries, 4*each)
			for i, entry := range book.Entries {
				require.EqualValues(t, i+1, entry.Number)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			open := store(t)
			a, b := open(), open()
			log, other := create(t, a, "qa", 1), create(t, b, "other", 1)
			test(t, a.Shared(), b.Shared(), log.Log, other.Log)

			require.NoError(t, a.Delete(t.Context(), "qa", log))
			_ = a.Shared().Note(t.Context(), log.Log, text(log.Log, 1), 1000, 1<<20) // late; it may be refused
			book, err := b.Shared().Book(t.Context(), log.Log, 0)
			require.NoError(t, err)
			assert.Empty(t, book.Entries, "notes go with their log")
			counters, err := b.Shared().Counters(t.Context(), log.Log)
			require.NoError(t, err)
			assert.Empty(t, counters, "counters go with their log")
			requireHead(t, a, "other", other)
		})
	}
}

func text(log, number uint64) []byte { return fmt.Appendf(nil, "note %d of %d", number, log) }

// note notes from a number to another.
func note(t *testing.T, notes eventlog.Notes, log, from, to uint64) {
	t.Helper()
	for n := from; n <= to; n++ {
		require.NoError(t, notes.Note(t.Context(), log, text(log, n), 1000, 1<<20))
	}
}

// requireBook wants the notes after a number to be those from one number to another.
func requireBook(t *testing.T, notes eventlog.Notes, log, after, from, to uint64) {
	t.Helper()
	book, err := notes.Book(t.Context(), log, after)
	require.NoError(t, err)
	require.Equal(t, to, book.Last)
	require.Len(t, book.Entries, int(to+1-min(from, to+1)))
	for i, entry := range book.Entries {
		require.Equal(t, from+uint64(i), entry.Number)
		require.Equal(t, string(text(log, from+uint64(i))), string(entry.Data))
	}
}
