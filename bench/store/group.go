// Package store measures how quickly the stores take what has to outlive the machine, and give it back.
package store

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Writer writes one record and returns when it is durable; number tells the writers apart.
type Writer func(ctx context.Context, number int) error

// PerSecond is how many records so many writers write in a second, each one after the other.
func PerSecond(ctx context.Context, writers int, how time.Duration, write Writer) (float64, error) {
	var (
		all     sync.WaitGroup
		written atomic.Int64
		failure atomic.Pointer[error]
		begun   = time.Now()
	)
	for number := range writers {
		all.Go(func() {
			for time.Since(begun) < how && failure.Load() == nil {
				if err := write(ctx, number); err != nil {
					failure.Store(&err)
					return
				}
				written.Add(1)
			}
		})
	}
	all.Wait()
	if err := failure.Load(); err != nil {
		return 0, *err
	}
	return float64(written.Load()) / time.Since(begun).Seconds(), nil
}

// group is the bare loop that the stores are held against: it takes all who wait, commits for them together, and tells them.
type group struct {
	waiting chan waiter
	ended   chan struct{}
}

type waiter struct {
	data []byte
	done chan error
}

// mostTogether bounds how many share a commit.
const mostTogether = 1024

// newGroup starts a loop that commits so.
func newGroup(commit func(data [][]byte) error) *group {
	g := &group{waiting: make(chan waiter, mostTogether), ended: make(chan struct{})}
	go func() {
		defer close(g.ended)
		for first := range g.waiting {
			batch, data := []waiter{first}, [][]byte{first.data}
			for more := true; more && len(batch) < mostTogether; {
				select {
				case next, open := <-g.waiting:
					if more = open; open {
						batch, data = append(batch, next), append(data, next.data)
					}
				default:
					more = false
				}
			}
			err := commit(data)
			for _, w := range batch {
				w.done <- err
			}
		}
	}()
	return g
}

func (g *group) write(data []byte) error {
	w := waiter{data, make(chan error, 1)}
	g.waiting <- w
	return <-w.done
}

func (g *group) end() {
	close(g.waiting)
	<-g.ended
}
