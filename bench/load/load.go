package load

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// Plan says whom to ask what.
type Plan struct {
	Addresses   []string // host:port; connection i is to address i modulo their number
	Connections int
	Requests    []Request
	Time        time.Duration // how long; 0: until AtMost
	AtMost      int64         // how many requests, taken in order by whoever is free; 0: until Time
}

// Measured is what came of a plan.
type Measured struct {
	Requests int64
	Elapsed  time.Duration
	P50, P99 time.Duration
}

// longest is the longest time that a single answer may take.
const longest = 30 * time.Second

// Run carries out a plan: every connection sends a request, waits for the answer, and sends the next one (a closed loop).
// A wrong answer is an error, and ends it.
func Run(ctx context.Context, plan Plan) (Measured, error) {
	connections, err := dial(ctx, plan)
	defer func() {
		for _, c := range connections {
			_ = c.conn.Close()
		}
	}()
	if err != nil {
		return Measured{}, err
	}
	var (
		all     sync.WaitGroup
		granted atomic.Int64
		stop    atomic.Bool
		errs    = make([]error, len(connections))
		begun   = time.Now()
	)
	for i, c := range connections {
		own := i * len(plan.Requests) / len(connections)
		next := func(now time.Time) *Request {
			number := own
			own++
			if plan.AtMost > 0 {
				if number = int(granted.Add(1)) - 1; number >= int(plan.AtMost) {
					return nil
				}
			}
			if stop.Load() || plan.Time > 0 && now.Sub(begun) >= plan.Time {
				return nil
			}
			return &plan.Requests[number%len(plan.Requests)]
		}
		all.Go(func() {
			if errs[i] = c.loop(begun, next); errs[i] != nil {
				stop.Store(true)
			}
		})
	}
	all.Wait()
	return summary(connections, time.Since(begun)), cmp.Or(errs...)
}

func dial(ctx context.Context, plan Plan) (connections []*connection, err error) {
	if len(plan.Requests) == 0 || plan.Time == 0 && plan.AtMost == 0 {
		return nil, errors.New("a plan needs requests and an end")
	}
	for i := range plan.Connections {
		c, err := open(ctx, plan.Addresses[i%len(plan.Addresses)])
		if err != nil {
			return connections, err
		}
		connections = append(connections, c)
	}
	return connections, nil
}

// loop asks one request after the other, until there is no next one.
func (c *connection) loop(now time.Time, next func(now time.Time) *Request) error {
	for request := next(now); request != nil; request = next(now) {
		status, body, err := c.ask(request.Wire, now.Add(longest))
		if err != nil {
			return err
		}
		if status/100 != 2 || !request.Answer.Is(body) {
			return fmt.Errorf("wrong answer\nto: %s\nis: %d %s\nnot: %s", request.Wire, status, body, request.Answer)
		}
		answered := time.Now()
		if err := c.times.RecordValue(int64(answered.Sub(now))); err != nil {
			return err
		}
		now = answered
	}
	return nil
}

func summary(connections []*connection, elapsed time.Duration) Measured {
	all := newTimes()
	for _, c := range connections {
		all.Merge(c.times)
	}
	return Measured{
		Requests: all.TotalCount(), Elapsed: elapsed,
		P50: time.Duration(all.ValueAtQuantile(50)), P99: time.Duration(all.ValueAtQuantile(99)),
	}
}

func newTimes() *hdrhistogram.Histogram {
	return hdrhistogram.New(int64(time.Microsecond), 2*int64(longest), 2)
}

// String shows the answer with … where anything may stand.
func (a Answer) String() string {
	text := ""
	for i, part := range a.fixed {
		if i > 0 {
			text += "…"
		}
		text += string(part)
	}
	return text
}
