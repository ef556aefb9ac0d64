package web_test

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/web"
)

// ask sends a request on a connection that is kept, and reads the answer.
func ask(t *testing.T, conn net.Conn) string {
	t.Helper()
	_, err := io.WriteString(conn, get)
	require.NoError(t, err)
	return bodyOf(t, bufio.NewReader(conn))
}

// requireCut finds that a connection was cut.
func requireCut(t *testing.T, conn net.Conn) {
	t.Helper()
	_, err := conn.Read(make([]byte, 1))
	require.ErrorIs(t, err, io.EOF)
}

func TestTheConnectionThatWaitsLongestMakesRoom(t *testing.T) {
	t.Parallel()
	onPipes(t, func(t *testing.T, serve func(web.Listener) *pipes) {
		p := serve(web.Listener{Handler: late(0), Limits: web.Limits{Connections: 2}})
		first, second := p.dial(t), p.dial(t)
		for _, conn := range []net.Conn{first, second, first} {
			require.Equal(t, "done", ask(t, conn))
			synctest.Wait()
		}
		require.Equal(t, "done", ask(t, p.dial(t)))
		requireCut(t, second)
		require.Equal(t, "done", ask(t, first))
	})
}

// TestAHeaderInPartsMakesRoom: who has been answered and then sends a header byte by byte counts as waiting; who does so
// from the beginning has 5 s.
func TestAHeaderInPartsMakesRoom(t *testing.T) {
	t.Parallel()
	onPipes(t, func(t *testing.T, serve func(web.Listener) *pipes) {
		p := serve(web.Listener{Handler: late(0), Limits: web.Limits{Connections: 100}})
		for i := range 100 {
			conn := p.dial(t)
			if i < 50 {
				require.Equal(t, "done", ask(t, conn))
			}
			_, err := io.WriteString(conn, get[:9])
			require.NoError(t, err)
		}
		began := time.Now()
		for range 50 {
			require.Equal(t, "done", ask(t, p.dial(t)))
			synctest.Wait()
		}
		require.Zero(t, time.Since(began))
	})
	onPipes(t, func(t *testing.T, serve func(web.Listener) *pipes) {
		p := serve(web.Listener{Handler: late(0), Limits: web.Limits{Connections: 1}})
		began, silent := time.Now(), p.dial(t)
		require.Equal(t, "done", ask(t, p.dial(t)))
		require.Equal(t, 5*time.Second, time.Since(began))
		requireCut(t, silent)
	})
}

func TestNewcomersWaitWhileAllAreInARequest(t *testing.T) {
	t.Parallel()
	onPipes(t, func(t *testing.T, serve func(web.Listener) *pipes) {
		p := serve(web.Listener{Handler: late(time.Minute), Limits: web.Limits{Connections: 2}})
		answered := make(chan time.Duration, 6)
		began := time.Now()
		for range cap(answered) {
			go func() {
				assert.Equal(t, "done", p.get(t))
				answered <- time.Since(began)
			}()
		}
		for i := range cap(answered) {
			require.Equal(t, time.Duration(1+i/2)*time.Minute, <-answered)
		}
	})
}

func TestServeEndsWhileNewcomersWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, ended := newPipes(), make(chan error, 1)
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			ended <- web.Serve(ctx, slog.New(slog.DiscardHandler),
				web.Listener{Listener: p, Handler: late(time.Second), Limits: web.Limits{Connections: 1}})
		}()
		busy := p.dial(t)
		_, err := io.WriteString(busy, get)
		require.NoError(t, err)
		newcomer := p.dial(t)
		synctest.Wait()
		cancel()
		require.Equal(t, "done", bodyOf(t, bufio.NewReader(busy)))
		require.NoError(t, <-ended)
		requireCut(t, newcomer)
	})
}

// Each listener has connections of its own, so that a flood of the national systems leaves the control plane, and the
// health check there, to go on.
func TestAFloodOnOneListenerLeavesTheOther(t *testing.T) {
	t.Parallel()
	onPipes(t, func(t *testing.T, serve func(web.Listener) *pipes) {
		limits := web.Limits{Connections: 4}
		flooded, quiet := serve(web.Listener{Handler: late(time.Hour), Limits: limits}), serve(web.Listener{Handler: late(0), Limits: limits})
		var flood []net.Conn
		for range limits.Connections {
			conn := flooded.dial(t)
			_, err := io.WriteString(conn, get)
			require.NoError(t, err)
			flood = append(flood, conn)
		}
		for range 100 {
			go flooded.dial(t)
		}
		synctest.Wait()
		began := time.Now()
		for range 10 {
			require.Equal(t, "done", ask(t, quiet.dial(t)))
		}
		require.Zero(t, time.Since(began))
		for _, conn := range flood {
			require.NoError(t, conn.Close())
		}
	})
}
