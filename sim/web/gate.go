package web

import (
	"crypto/tls"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// gate is a listener that lets in no more connections than may be open at the same time. When it is full, the connection
// that has waited longest for its next request makes room, so that clients which keep connections keep nobody out. While
// all are in a request, or have not sent their first one yet, newcomers wait.
type gate struct {
	net.Listener
	most int
	part time.Duration // as in Limits

	waits atomic.Int64 // how many times a connection has begun to wait for its next request
	full  atomic.Bool  // a newcomer waits

	mu      sync.Mutex
	changed *sync.Cond // a connection has ended, or waits for its next request
	open    map[*conn]bool
	closed  bool
}

func newGate(listener net.Listener, limits Limits) *gate {
	g := &gate{Listener: listener, most: limits.Connections, part: limits.Part, open: map[*conn]bool{}}
	g.changed = sync.NewCond(&g.mu)
	return g
}

// Accept waits for a connection and for room.
func (g *gate) Accept() (net.Conn, error) {
	accepted, err := g.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &conn{timed: newTimed(accepted), gate: g}
	g.mu.Lock()
	defer g.mu.Unlock()
	defer g.full.Store(false)
	for len(g.open) >= g.most && !g.closed {
		g.full.Store(true)
		if !g.makeRoom() {
			g.changed.Wait()
		}
	}
	if g.closed {
		_ = accepted.Close() // nobody has used it
		return nil, net.ErrClosed
	}
	g.open[c] = true
	return c, nil
}

// makeRoom cuts the connection that has waited longest, if any waits.
func (g *gate) makeRoom() bool {
	var longest *conn
	var since int64
	for c := range g.open {
		if wait := c.wait.Load(); wait > 0 && (longest == nil || wait < since) {
			longest, since = c, wait
		}
	}
	if longest == nil {
		return false
	}
	delete(g.open, longest)
	_ = longest.Conn.Close() // its server sees that it is gone
	return true
}

// Close ends the waiting too.
func (g *gate) Close() error {
	g.mu.Lock()
	g.closed = true
	g.changed.Broadcast()
	g.mu.Unlock()
	return g.Listener.Close()
}

// note is told by http.Server what becomes of a connection.
func (g *gate) note(served net.Conn, state http.ConnState) {
	if secured, ok := served.(*tls.Conn); ok {
		served = secured.NetConn()
	}
	c := served.(*conn)
	switch state {
	case http.StateActive:
		c.wait.Store(0)
	case http.StateIdle:
		c.wait.Store(g.waits.Add(1))
		if g.full.Load() {
			g.mu.Lock()
			g.changed.Signal()
			g.mu.Unlock()
		}
	}
}

// conn is a connection that a gate has let in. Each part of an answer has to be taken in its time; see pace.go.
type conn struct {
	timed
	gate *gate
	wait atomic.Int64 // the number of its wait for the next request; 0: it is in one, or new
}

// Write writes a part of an answer, or all of it.
func (c *conn) Write(answer []byte) (int, error) {
	return inParts(answer, func(part []byte) (int, error) {
		if err := c.SetWriteDeadline(deadlineAfter(c.gate.part)); err != nil {
			return 0, err
		}
		return c.timed.Write(part)
	})
}

// CloseWrite ends the answer while the client may still be sending; without it the client might lose the answer.
func (c *conn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// Close makes room.
func (c *conn) Close() error {
	c.gate.mu.Lock()
	delete(c.gate.open, c)
	c.gate.changed.Signal()
	c.gate.mu.Unlock()
	return c.Conn.Close()
}
