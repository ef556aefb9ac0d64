package web_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/web"
)

// pipes is a listener in memory, so that the tests run on synctest's clock.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

// get sends a request and gives the answer's body, "" if there is none.
func (p *pipes) get(t *testing.T) string {
	client, server := net.Pipe()
	p.conns <- server
	_, err := io.WriteString(client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
	require.NoError(t, err)
	answer, err := http.ReadResponse(bufio.NewReader(client), nil)
	if err != nil {
		return ""
	}
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return string(body)
}

// late answers after d, unless it is cut.
func late(d time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(d):
			_, _ = io.WriteString(w, "done")
		case <-r.Context().Done():
		}
	})
}

// serveFor serves two listeners, asks the second once, asks for the end after a second, and waits.
func serveFor(t *testing.T, handler http.Handler) (answer string, took time.Duration, err error) {
	first, second := newPipes(), newPipes()
	ctx, cancel := context.WithCancel(t.Context())
	answers := make(chan string, 1)
	go func() { answers <- second.get(t) }()
	go func() {
		time.Sleep(time.Second)
		cancel()
	}()
	start := time.Now()
	err = web.Serve(ctx, slog.New(slog.DiscardHandler),
		web.Listener{Listener: first, Handler: handler}, web.Listener{Listener: second, Handler: handler})
	took = time.Since(start)
	<-first.closed
	<-second.closed
	return <-answers, took, err
}

func TestServeFinishesWhatRuns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		answer, took, err := serveFor(t, late(5*time.Second))
		require.NoError(t, err)
		require.Equal(t, "done", answer)
		require.InDelta(t, 5, took.Seconds(), 1)
	})
}

func TestServeCutsWhatTakesTooLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		answer, took, err := serveFor(t, late(time.Minute))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Empty(t, answer)
		require.InDelta(t, 9, took.Seconds(), 1)
	})
}

// broken is a listener that can't accept.
type broken struct{ *pipes }

var errBroken = errors.New("broken")

func (broken) Accept() (net.Conn, error) { return nil, errBroken }

func TestServeEndsWhenAListenerFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		sound := newPipes()
		err := web.Serve(t.Context(), slog.New(slog.DiscardHandler),
			web.Listener{Listener: sound, Handler: late(0)}, web.Listener{Listener: broken{newPipes()}, Handler: late(0)})
		require.ErrorIs(t, err, errBroken)
		<-sound.closed
	})
}
