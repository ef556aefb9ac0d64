package telemetry

import (
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
)

// Operation is what requests are counted under: one operation of a system, or what belongs to none. Its counters are found
// once, so that counting a request looks up no labels.
type Operation struct {
	System string // as in terminal; for what belongs to no national system the listener, public or control
	Name   string // as in read-card
	Route  string // as in /terminal/card-reads/{id}; empty for what has none

	metrics  *Metrics
	duration prometheus.Observer

	mu       sync.Mutex // held while a status joins
	statuses atomic.Pointer[[]statusCounter]
}

// statusCounter counts one status. An operation has a handful, so they are a list.
type statusCounter struct {
	status int
	prometheus.Counter
}

// Elsewhere is the name of what is no operation: pages, and paths that lead nowhere.
const Elsewhere = "other"

// Operation makes an operation to count requests under.
func (m *Metrics) Operation(system, name, route string) *Operation {
	o := &Operation{System: system, Name: name, Route: route, metrics: m, duration: m.durations.WithLabelValues(system, name)}
	o.statuses.Store(&[]statusCounter{})
	return o
}

// Count counts a request that has ended.
func (r *Request) Count() {
	o := r.Operation
	o.counter(r.Status).Inc()
	o.duration.Observe(r.Spent.Seconds())
	if r.Code != "" {
		o.metrics.refusals.WithLabelValues(o.System, r.Code).Inc()
	}
}

func (o *Operation) counter(status int) prometheus.Counter {
	if known := find(*o.statuses.Load(), status); known != nil {
		return known
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	statuses := *o.statuses.Load()
	if known := find(statuses, status); known != nil {
		return known
	}
	label := "none"
	if status != 0 {
		label = strconv.Itoa(status)
	}
	joined := append(slices.Clip(statuses), statusCounter{status, o.metrics.requests.WithLabelValues(o.System, o.Name, label)})
	o.statuses.Store(&joined)
	return joined[len(joined)-1]
}

func find(statuses []statusCounter, status int) prometheus.Counter {
	for _, s := range statuses {
		if s.status == status {
			return s.Counter
		}
	}
	return nil
}
