package containers_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// balancer spreads requests over replicas as load balancers do: each time to the next one that says at /readyz that it takes
// requests, and to another where the connection is refused. It sends no request a second time that a replica may have got,
// and answers 503 itself while no replica is ready.
type balancer struct {
	replicas []*replica
	turns    atomic.Uint64
}

// replica is one of the addresses behind a balancer.
type replica struct {
	base     *url.URL
	ready    atomic.Bool
	answered atomic.Int64
}

// balance starts a balancer; with the test it ends.
func balance(t *testing.T, bases ...string) (base string, b *balancer) {
	t.Helper()
	b = &balancer{}
	watching, end := context.WithCancel(context.WithoutCancel(t.Context()))
	var watchers sync.WaitGroup
	for _, base := range bases {
		parsed, err := url.Parse(base)
		require.NoError(t, err)
		r := &replica{base: parsed}
		r.ready.Store(true)
		b.replicas = append(b.replicas, r)
		watchers.Go(func() { r.watch(watching) })
	}
	server := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(*httputil.ProxyRequest) {}, Transport: b,
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			if !errors.Is(err, errNoReplica) {
				panic(http.ErrAbortHandler) // what breaks there, breaks here
			}
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
		},
	})
	t.Cleanup(func() {
		server.Close()
		end()
		watchers.Wait()
	})
	return server.URL, b
}

// watch asks again and again whether the replica takes requests.
func (r *replica) watch(ctx context.Context) {
	for ctx.Err() == nil {
		asking, cancel := context.WithTimeout(ctx, time.Second)
		a, err := send(asking, http.MethodGet, r.base.String()+"/readyz", "", "")
		cancel()
		r.ready.Store(err == nil && a.status == http.StatusOK)
		select {
		case <-ctx.Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// says is nil when the replica was ready, or not, the last time it was asked.
func (r *replica) says(ready bool) error {
	if r.ready.Load() != ready {
		return fmt.Errorf("%s: ready is still %t", r.base, !ready)
	}
	return nil
}

var errNoReplica = errors.New("no replica takes requests")

// RoundTrip asks the next replica.
func (b *balancer) RoundTrip(request *http.Request) (*http.Response, error) {
	body, err := []byte(nil), error(nil)
	if request.Body != nil {
		if body, err = io.ReadAll(request.Body); err != nil {
			return nil, err
		}
	}
	err = errNoReplica
	first := b.turns.Add(1)
	for i := range uint64(len(b.replicas)) {
		r := b.replicas[(first+i)%uint64(len(b.replicas))]
		if !r.ready.Load() {
			continue
		}
		out := request.Clone(request.Context())
		out.URL.Scheme, out.URL.Host = r.base.Scheme, r.base.Host
		out.Body = io.NopCloser(bytes.NewReader(body))
		var response *http.Response
		if response, err = http.DefaultTransport.RoundTrip(out); err == nil {
			r.answered.Add(1)
			return response, nil
		}
		if failed, ok := errors.AsType[*net.OpError](err); !ok || failed.Op != "dial" {
			break
		}
	}
	return nil, err
}
