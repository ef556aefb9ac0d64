package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// asked is a query for heads that waits for its answer.
type asked struct {
	worlds []string
	answer chan error // nil: each world's last position is the number of queries that began before
}

// slowLog is a log whose queries for heads are answered by the test, in a bubble of synctest.
func slowLog(t *testing.T) (log *Log, queries chan asked) {
	t.Helper()
	queries = make(chan asked, 100)
	var began atomic.Uint64
	log = &Log{db: &database{source: "database sim"}, heads: &heads{living: t.Context()}}
	log.heads.ask = func(_ context.Context, worlds []string) (map[string]eventlog.Head, error) {
		n := eventlog.Position(began.Add(1))
		q := asked{slices.Clone(worlds), make(chan error)}
		queries <- q
		err := <-q.answer
		heads := map[string]eventlog.Head{}
		for _, world := range worlds {
			heads[world] = eventlog.Head{Log: 1, Last: n}
		}
		return heads, err
	}
	return log, queries
}

// callers calls Head for worlds, each in a goroutine of its own, and hands out what they get.
func callers(t *testing.T, log *Log, worlds ...string) chan eventlog.Head {
	t.Helper()
	got := make(chan eventlog.Head, len(worlds))
	for _, world := range worlds {
		go func() {
			head, err := log.Head(t.Context(), world)
			assert.NoError(t, err)
			got <- head
		}()
		synctest.Wait()
	}
	return got
}

func TestCallsForHeadsShareTheNextQuery(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log, queries := slowLog(t)
		var running []asked
		first := callers(t, log, "a", "b", "c", "d")
		for range askedAtOnce {
			running = append(running, <-queries)
		}
		later := callers(t, log, "b", "e", "b", "a")
		require.Empty(t, queries, "no more at once")
		require.Empty(t, later)

		running[2].answer <- nil
		synctest.Wait()
		require.Equal(t, eventlog.Position(3), (<-first).Last)
		require.Empty(t, later, "none joins what had begun")
		next := <-queries
		require.Equal(t, []string{"a", "b", "e"}, next.worlds)
		next.answer <- nil
		for range 4 {
			require.Equal(t, eventlog.Position(5), (<-later).Last)
		}
		for _, i := range []int{0, 1, 3} {
			running[i].answer <- nil
		}
		synctest.Wait()
		require.Empty(t, queries)
		require.Zero(t, log.heads.busy)

		alone := callers(t, log, "f")
		(<-queries).answer <- nil
		require.Equal(t, eventlog.Position(6), (<-alone).Last)
	})
}

func TestAFailedQueryFailsThoseWhoWaitForIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log, queries := slowLog(t)
		lost := errors.New("lost")
		failed := make(chan error)
		go func() {
			_, err := log.Head(t.Context(), "qa")
			failed <- err
		}()
		(<-queries).answer <- lost
		require.ErrorIs(t, <-failed, lost)
		again := callers(t, log, "qa")
		(<-queries).answer <- nil
		require.Equal(t, eventlog.Position(2), (<-again).Last)
	})
}

func TestWhoHasGivenUpWaitsForNoHead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log, queries := slowLog(t)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := log.Head(ctx, "qa")
		require.ErrorIs(t, err, context.DeadlineExceeded)
		others := callers(t, log, "qa")
		(<-queries).answer <- nil
		(<-queries).answer <- nil
		require.Equal(t, eventlog.Position(2), (<-others).Last)
	})
}

func TestAHeadIsNotWaitedForWithoutEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log, queries := slowLog(t)
		for i := range askedAtOnce + 1 {
			go func() {
				begin := time.Now()
				_, err := log.Head(t.Context(), fmt.Sprint(i))
				assert.ErrorContains(t, err, "database sim can't be reached")
				assert.Equal(t, 5*time.Second, time.Since(begin))
			}()
		}
		time.Sleep(time.Minute)
		for range askedAtOnce + 1 {
			(<-queries).answer <- nil
		}
	})
}
