package postgrestest

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// Proxy stands between a client and a server, and can fail as a network does.
type Proxy struct {
	URL string // that of the database, through the proxy

	listener net.Listener
	server   string

	busy sync.WaitGroup

	mu                sync.Mutex
	ended             bool
	conns             map[net.Conn]bool
	requests, answers chan struct{} // closed while bytes may pass
}

// open is a gate that is not shut.
var open = func() chan struct{} {
	gate := make(chan struct{})
	close(gate)
	return gate
}()

// NewProxy makes a proxy before the database of a URL. It ends with the test.
func NewProxy(t testing.TB, database string) *Proxy {
	t.Helper()
	target, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{listener: listener, server: target.Host, conns: map[net.Conn]bool{}, requests: open, answers: open}
	target.Host = listener.Addr().String()
	p.URL = target.String()
	p.busy.Go(p.accept)
	t.Cleanup(p.end)
	return p
}

func (p *Proxy) end() {
	_ = p.listener.Close()
	p.mu.Lock()
	p.ended = true
	p.mu.Unlock()
	p.Cut()
	p.Resume()
	p.busy.Wait()
}

// Hang lets nothing pass any more, but breaks no connection, and takes new ones.
func (p *Proxy) Hang() { p.shut(&p.requests, &p.answers) }

// HoldAnswers lets pass only what the client sends.
func (p *Proxy) HoldAnswers() { p.shut(&p.answers) }

func (p *Proxy) shut(gates ...*chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, gate := range gates {
		if *gate == open {
			*gate = make(chan struct{})
		}
	}
}

// Resume lets pass what was held and all that follows.
func (p *Proxy) Resume() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, gate := range []*chan struct{}{&p.requests, &p.answers} {
		if *gate != open {
			close(*gate)
			*gate = open
		}
	}
}

// Cut breaks all connections; what was held is lost.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for conn := range p.conns {
		_ = conn.Close()
	}
}

func (p *Proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.server)
		if err != nil {
			_ = client.Close()
			continue
		}
		p.keep(client, server)
		p.busy.Go(func() { p.pass(client, server, &p.requests) })
		p.busy.Go(func() { p.pass(server, client, &p.answers) })
	}
}

func (p *Proxy) keep(conns ...net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, conn := range conns {
		if p.conns[conn] = true; p.ended {
			_ = conn.Close()
		}
	}
}

// pass passes bytes on until one of the connections ends, then ends both.
func (p *Proxy) pass(from, to net.Conn, gate *chan struct{}) {
	_, _ = io.Copy(gated{p, gate, to}, from)
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, conn := range []net.Conn{from, to} {
		_ = conn.Close()
		delete(p.conns, conn)
	}
}

// gated holds what is written while a gate is shut.
type gated struct {
	proxy *Proxy
	gate  *chan struct{}
	to    net.Conn
}

func (g gated) Write(b []byte) (int, error) {
	g.proxy.mu.Lock()
	gate := *g.gate
	g.proxy.mu.Unlock()
	<-gate
	return g.to.Write(b)
}
