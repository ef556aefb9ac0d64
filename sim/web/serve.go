package web

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// grace is how long running requests may take after the end was asked for: container engines kill after 10 s.
const grace = 8 * time.Second

// Listener is a listener with what answers on it.
type Listener struct {
	net.Listener
	Handler http.Handler
	Limits  Limits
	TLS     *tls.Config // nil: plain HTTP
}

// Serve answers on all listeners until ctx is done or one of them fails. Then it takes no more requests, lets those that
// run finish, and cuts what still runs after 8 s. It closes the listeners.
func Serve(ctx context.Context, log *slog.Logger, listeners ...Listener) error {
	servers := make([]*http.Server, len(listeners))
	ended := make(chan error, len(listeners))
	requests, end := context.WithCancel(context.Background())
	defer end()
	for i, listener := range listeners {
		limits := listener.Limits.orDefaults()
		gate := newGate(listener.Listener, limits)
		servers[i] = newServer(listener, limits, log)
		servers[i].ConnState = gate.note
		servers[i].BaseContext = func(net.Listener) context.Context {
			return context.WithValue(context.Background(), stoppingKey{}, requests.Done())
		}
		go func() { ended <- serve(servers[i], gate) }()
	}
	running := len(listeners)
	var failure error
	select {
	case <-ctx.Done():
	case failure = <-ended:
		running--
	}
	end()
	cut := stop(context.WithoutCancel(ctx), servers)
	for range running {
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
			failure = errors.Join(failure, err)
		}
	}
	return errors.Join(failure, cut)
}

type stoppingKey struct{}

// stopping is closed when the server that a request came to is asked to end; nil, which never is, without a server. Who
// waits for nothing but time waits no longer then.
func stopping(ctx context.Context) <-chan struct{} {
	closed, _ := ctx.Value(stoppingKey{}).(<-chan struct{})
	return closed
}

// newServer has no WriteTimeout, which would be for an answer as a whole; see pace.go.
func newServer(listener Listener, limits Limits, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:                      limits.bounded(listener.Handler),
		TLSConfig:                    listener.TLS,
		DisableGeneralOptionsHandler: true,
		ReadHeaderTimeout:            limits.Header,
		ReadTimeout:                  limits.Request,
		IdleTimeout:                  limits.Idle,
		MaxHeaderBytes:               largestHeader,
		ErrorLog:                     slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// serve speaks HTTP/1.1, and over TLS also HTTP/2.
func serve(server *http.Server, listener net.Listener) error {
	if server.TLSConfig != nil {
		return server.ServeTLS(listener, "", "") // the certificate is in the config
	}
	return server.Serve(listener)
}

func stop(ctx context.Context, servers []*http.Server) error {
	ctx, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	errs := make([]error, len(servers))
	var all sync.WaitGroup
	for i, server := range servers {
		all.Go(func() {
			if err := server.Shutdown(ctx); err != nil {
				errs[i] = errors.Join(fmt.Errorf("requests still ran after %s and were cut: %w", grace, err), server.Close())
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}
