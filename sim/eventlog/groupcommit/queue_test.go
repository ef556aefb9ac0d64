package groupcommit_test

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"

	"onshisim/sim/eventlog/groupcommit"
)

func TestWhoComesWhileACommitRunsGoesWithTheNext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var batches [][]int
		ends := make(chan bool)
		queue := groupcommit.New(func(batch []int) {
			batches = append(batches, slices.Clone(batch))
			<-ends
		})
		var waiting sync.WaitGroup
		come := func(item int) {
			waiting.Go(func() { queue.Do(item) })
			synctest.Wait()
		}
		come(1)
		assert.Equal(t, [][]int{{1}}, batches, "who comes alone waits for nobody")
		for _, item := range []int{2, 3, 4} {
			come(item)
		}
		ends <- true
		synctest.Wait()
		assert.Equal(t, [][]int{{1}, {2, 3, 4}}, batches)
		come(5)
		ends <- true
		ends <- true
		waiting.Wait()
		assert.Equal(t, [][]int{{1}, {2, 3, 4}, {5}}, batches)

		come(6)
		ends <- true
		waiting.Wait()
		assert.Equal(t, [][]int{{1}, {2, 3, 4}, {5}, {6}}, batches)
	})
}

func TestNobodyReturnsBeforeTheCommit(t *testing.T) {
	t.Parallel()
	const writers, each = 32, 200
	type item struct{ committed bool }
	queue := groupcommit.New(func(batch []*item) {
		for _, i := range batch {
			assert.False(t, i.committed)
			i.committed = true
		}
	})
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for range each {
				own := &item{}
				queue.Do(own)
				assert.True(t, own.committed)
			}
		})
	}
	all.Wait()
}

func TestACommitThatPanicsLeavesNobodyWaiting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ends := make(chan bool)
		queue := groupcommit.New(func([]int) {
			if <-ends {
				panic("odd")
			}
		})
		var waiting sync.WaitGroup
		come := func(item int, panics bool) {
			waiting.Go(func() {
				defer func() { assert.Equal(t, panics, recover() != nil) }()
				queue.Do(item)
			})
			synctest.Wait()
		}
		come(1, true)
		come(2, true)
		come(3, false)
		ends <- true
		ends <- true
		waiting.Wait()
		come(4, false)
		ends <- false
		waiting.Wait()
	})
}
