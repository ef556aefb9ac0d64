package containers_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// What a request of a load came to.
const (
	hidden = "answered, without the address"
	later  = "503 with Retry-After"
)

// outcomes count what requests came to.
type outcomes map[string]int

// without are the outcomes but for some.
func (o outcomes) without(some ...string) outcomes {
	others := maps.Clone(o)
	for _, outcome := range some {
		delete(others, outcome)
	}
	return others
}

// load is requests to the balancer, one after the other in each of a few clients.
type load struct {
	stop    context.CancelFunc
	clients sync.WaitGroup

	mu    sync.Mutex
	found outcomes
}

// load begins to check the certificate of the place, whose address is hidden.
func (p place) load(t *testing.T) *load {
	t.Helper()
	asking, stop := context.WithCancel(t.Context())
	l := &load{stop: stop, found: outcomes{}}
	t.Cleanup(stop)
	for range 4 {
		l.clients.Go(func() {
			for asking.Err() == nil {
				outcome := p.outcome(t.Context())
				l.mu.Lock()
				l.found[outcome]++
				l.mu.Unlock()
			}
		})
	}
	return l
}

// end ends the load when each client has the answer it waits for.
func (l *load) end() outcomes {
	l.stop()
	l.clients.Wait()
	return l.found
}

func (p place) outcome(ctx context.Context) string {
	a, err := p.check(ctx, p.terminal)
	switch {
	case err != nil:
		return err.Error()
	case a.status == http.StatusOK && strings.Contains(a.body, `"qualificationValidity":"1"`) && !strings.Contains(a.body, address):
		return hidden
	case a.status == http.StatusServiceUnavailable && a.header.Get("Retry-After") != "":
		return later
	}
	return fmt.Sprintf("%d %s", a.status, a.body)
}

// rollingRestart: with one terminal after the other restarted, no request fails.
func (n *nation) rollingRestart(t *testing.T) {
	p := n.world(t)
	p.hide(t, true)
	load := p.load(t)
	begun := time.Now()
	for nth, service := range []string{"terminal-1", "terminal-2"} {
		before := n.balancer.replicas[nth].answered.Load()
		docker(t, "restart", n.container(t, service))
		eventually(t, func(context.Context) error {
			if n.balancer.replicas[nth].answered.Load() == before {
				return errors.New(service + " has no turn")
			}
			return n.balancer.replicas[nth].says(true)
		})
	}
	answers := load.end()
	t.Logf("in %s: %v", time.Since(begun), answers)
	assert.Empty(t, answers.without(hidden))
	assert.Greater(t, answers[hidden], 100)
}
