package eventlogtest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

var concurrent = []subtest{
	{"many worlds grow at the same time", func(t *testing.T, log eventlog.Log) {
		const writers, appends = 32, 10
		together(writers, func(writer int) {
			world := fmt.Sprintf("world-%02d", writer)
			head, err := log.Create(t.Context(), world, Each(batch(world, 0, 3)...))
			assert.NoError(t, err)
			for ; head.Last < 3*appends; head.Last += 3 {
				assert.NoError(t, log.Append(t.Context(), world, head, batch(world, head.Last, head.Last+3)))
			}
		})
		for writer := range writers {
			world := fmt.Sprintf("world-%02d", writer)
			require.Equal(t, batch(world, 0, 3*appends), collect(t, log, world, none))
		}
	}},
	{"of many who create one world, one does", func(t *testing.T, log eventlog.Log) {
		const writers, rounds = 8, 5
		for range rounds {
			var created winners
			together(writers, func(writer int) {
				head, err := log.Create(t.Context(), "qa", Each(fmt.Append(nil, writer), fmt.Append(nil, writer)))
				if created.note(t, writer, err) {
					assert.EqualValues(t, 2, head.Last)
				}
			})
			winner := created.only(t)
			require.Equal(t, [][]byte{winner, winner}, collect(t, log, "qa", none))
			require.NoError(t, log.Delete(t.Context(), "qa", headOf(t, log, "qa")))
		}
	}},
	{"of many appends behind one head, one is taken", func(t *testing.T, log eventlog.Log) {
		const writers, rounds = 16, 10
		for head := create(t, log, "qa", 2); head.Last < 2*rounds; head.Last += 2 {
			var taken winners
			together(writers, func(writer int) {
				err := log.Append(t.Context(), "qa", head, [][]byte{fmt.Append(nil, writer), fmt.Append(nil, writer)})
				taken.note(t, writer, err)
			})
			winner := taken.only(t)
			require.Equal(t, [][]byte{winner, winner}, collect(t, log, "qa", head))
		}
	}},
	{"of many who delete a world, one does, and none that has grown", func(t *testing.T, log eventlog.Log) {
		const workers, rounds = 8, 10
		for range rounds {
			head := create(t, log, "qa", 2)
			var won winners
			together(workers, func(worker int) {
				if worker == 0 {
					won.note(t, worker, log.Append(t.Context(), "qa", head, batch("qa", 2, 3)))
				} else {
					won.note(t, worker, log.Delete(t.Context(), "qa", head))
				}
			})
			if string(won.only(t)) != "0" {
				requireHead(t, log, "qa", none)
				continue
			}
			require.Equal(t, batch("qa", 0, 3), collect(t, log, "qa", none))
			require.NoError(t, log.Delete(t.Context(), "qa", eventlog.Head{Log: head.Log, Last: 3}))
		}
	}},
	{"writers that try again after a conflict all succeed", func(t *testing.T, log eventlog.Log) {
		const writers, appends = 8, 10
		createOf(t, log, "qa", [][]byte{[]byte("begin")})
		together(writers, func(writer int) {
			for range appends {
				err := eventlog.ErrConflict
				for errors.Is(err, eventlog.ErrConflict) {
					head, readErr := log.Head(t.Context(), "qa")
					if !assert.NoError(t, readErr) {
						return
					}
					err = log.Append(t.Context(), "qa", head, [][]byte{fmt.Append(nil, writer)})
				}
				assert.NoError(t, err)
			}
		})
		counts := map[string]int{}
		for _, data := range collect(t, log, "qa", eventlog.Head{Last: 1}) {
			counts[string(data)]++
		}
		require.Len(t, counts, writers)
		for writer, n := range counts {
			require.Equal(t, appends, n, "writer %s", writer)
		}
	}},
	{"an append that has returned is in every head asked for later", func(t *testing.T, log eventlog.Log) {
		const askers, appends = 8, 50
		head := create(t, log, "qa", 1)
		var mu sync.Mutex
		acknowledged := head.Last
		now := func() eventlog.Position {
			mu.Lock()
			defer mu.Unlock()
			return acknowledged
		}
		together(askers+1, func(worker int) {
			if worker == 0 {
				for ; head.Last <= appends; head.Last++ {
					if !assert.NoError(t, log.Append(t.Context(), "qa", head, batch("qa", head.Last, head.Last+1))) {
						break
					}
					mu.Lock()
					acknowledged++
					mu.Unlock()
				}
				mu.Lock()
				acknowledged = appends + 1
				mu.Unlock()
				return
			}
			for before := now(); before <= appends; before = now() {
				seen, err := log.Head(t.Context(), "qa")
				if !assert.NoError(t, err) || !assert.GreaterOrEqual(t, seen.Last, before) {
					return
				}
			}
		})
	}},
	{"a reader sees whole appends, in order, while others write and delete", func(t *testing.T, log eventlog.Log) {
		const rounds = 30
		head := create(t, log, "qa", 5)
		together(4, func(worker int) {
			switch worker {
			case 0:
				for ; head.Last < 5*rounds; head.Last += 5 {
					assert.NoError(t, log.Append(t.Context(), "qa", head, batch("qa", head.Last, head.Last+5)))
				}
			case 1:
				for range rounds {
					brief, err := log.Create(t.Context(), "brief", Each(batch("brief", 0, 2)...))
					assert.NoError(t, err)
					assert.NoError(t, log.Delete(t.Context(), "brief", brief))
				}
			default:
				for range rounds {
					var seen eventlog.Position
					for r, err := range log.Read(t.Context(), "qa", none) {
						seen++
						if !assert.NoError(t, err) || !assert.Equal(t, seen, r.Position) {
							return
						}
					}
					assert.Zero(t, seen%5)
				}
			}
		})
		requireWorlds(t, log, "qa")
		require.Equal(t, batch("qa", 0, 5*rounds), collect(t, log, "qa", none))
	}},
}

// together runs n workers, started at once, and waits for them.
func together(n int, work func(worker int)) {
	var wg sync.WaitGroup
	start := make(chan struct{})
	for worker := range n {
		wg.Go(func() {
			<-start
			work(worker)
		})
	}
	close(start)
	wg.Wait()
}

// winners are the workers that came first, where the others meet a conflict.
type winners struct {
	mu      sync.Mutex
	workers []int
}

// note notes a worker's outcome and says whether it won.
func (w *winners) note(t *testing.T, worker int, err error) bool {
	if err != nil {
		assert.ErrorIs(t, err, eventlog.ErrConflict)
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.workers = append(w.workers, worker)
	return true
}

// only checks that one won, and names it.
func (w *winners) only(t *testing.T) []byte {
	t.Helper()
	require.Len(t, w.workers, 1)
	return fmt.Append(nil, w.workers[0])
}
