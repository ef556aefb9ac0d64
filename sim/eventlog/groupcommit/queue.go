// Package groupcommit lets those who wait for a commit share one: whoever comes while a commit runs goes with the next.
package groupcommit

import (
	"runtime"
	"sync"
)

// Queue is a line of those who wait for a commit, made by New. It is safe for concurrent use.
type Queue[T any] struct {
	commit func(batch []T)

	mu      sync.Mutex
	waiting []member[T] // who leads next stands first
	led     bool        // somebody gathers a batch, or commits it
}

type member[T any] struct {
	item T
	wake chan bool // true: the commit is done; false: lead the next one
}

// New makes a queue of items that are committed so: one batch at a time, and each item is left its outcome.
func New[T any](commit func(batch []T)) *Queue[T] { return &Queue[T]{commit: commit} }

// Do returns when the item has had its commit, with all that waited at the same time, in the order they came. One of those
// who wait commits for all of them.
func (q *Queue[T]) Do(item T) {
	own := member[T]{item, make(chan bool, 1)}
	q.mu.Lock()
	lead := !q.led
	q.led = true
	q.waiting = append(q.waiting, own)
	q.mu.Unlock()
	if !lead && <-own.wake {
		return
	}
	batch := q.take()
	defer q.handOn(batch[1:]) // also if the commit panics: nobody shall wait for ever
	items := make([]T, len(batch))
	for i, m := range batch {
		items[i] = m.item
	}
	q.commit(items)
}

// take takes all who wait, the leader first. Those whom the commit before has just let go, and who may come again, are
// given their turn of the processor: it costs nothing where nobody else would run.
func (q *Queue[T]) take() []member[T] {
	runtime.Gosched()
	q.mu.Lock()
	defer q.mu.Unlock()
	batch := q.waiting
	q.waiting = nil
	return batch
}

// handOn lets those go whose commit is done, and has the first who waits lead, if anybody does.
func (q *Queue[T]) handOn(done []member[T]) {
	for _, m := range done {
		m.wake <- true
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.led = len(q.waiting) > 0; q.led {
		q.waiting[0].wake <- false
	}
}
