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
			for p := eventlog.Position(0); p < 3*appends; p += 3 {
				assert.NoError(t, log.Append(t.Context(), world, p, batch(world, p, p+3)))
			}
		})
		for writer := range writers {
			world := fmt.Sprintf("world-%02d", writer)
			require.Equal(t, batch(world, 0, 3*appends), collect(t, log, world, 0))
		}
	}},
	{"of many appends behind one position, one is taken", func(t *testing.T, log eventlog.Log) {
		const writers, rounds = 16, 10
		for round := range eventlog.Position(rounds) {
			var mu sync.Mutex
			var taken []int
			together(writers, func(writer int) {
				err := log.Append(t.Context(), "qa", 2*round, [][]byte{fmt.Append(nil, writer), fmt.Append(nil, writer)})
				if err == nil {
					mu.Lock()
					taken = append(taken, writer)
					mu.Unlock()
				} else {
					assert.ErrorIs(t, err, eventlog.ErrConflict)
				}
			})
			require.Len(t, taken, 1)
			winner := fmt.Append(nil, taken[0])
			require.Equal(t, [][]byte{winner, winner}, collect(t, log, "qa", 2*round))
		}
	}},
	{"writers that try again after a conflict all succeed", func(t *testing.T, log eventlog.Log) {
		const writers, appends = 8, 10
		together(writers, func(writer int) {
			for range appends {
				err := eventlog.ErrConflict
				for errors.Is(err, eventlog.ErrConflict) {
					last, readErr := log.Last(t.Context(), "qa")
					if !assert.NoError(t, readErr) {
						return
					}
					err = log.Append(t.Context(), "qa", last, [][]byte{fmt.Append(nil, writer)})
				}
				assert.NoError(t, err)
			}
		})
		counts := map[string]int{}
		for _, data := range collect(t, log, "qa", 0) {
			counts[string(data)]++
		}
		require.Len(t, counts, writers)
		for writer, n := range counts {
			require.Equal(t, appends, n, "writer %s", writer)
		}
	}},
	{"a reader sees whole appends, in order, while others write and delete", func(t *testing.T, log eventlog.Log) {
		const rounds = 30
		together(4, func(worker int) {
			switch worker {
			case 0:
				for p := eventlog.Position(0); p < 5*rounds; p += 5 {
					assert.NoError(t, log.Append(t.Context(), "qa", p, batch("qa", p, p+5)))
				}
			case 1:
				for range rounds {
					assert.NoError(t, log.Append(t.Context(), "brief", 0, batch("brief", 0, 2)))
					assert.NoError(t, log.Delete(t.Context(), "brief"))
				}
			default:
				for range rounds {
					var seen eventlog.Position
					for r, err := range log.Read(t.Context(), "qa", 0) {
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
		require.Equal(t, batch("qa", 0, 5*rounds), collect(t, log, "qa", 0))
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
