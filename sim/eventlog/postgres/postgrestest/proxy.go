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

	mu    sync.Mutex
	ended bool
	conns map[net.Conn]bool
	open  chan struct{} // closed while bytes may pass
	busy  sync.WaitGroup
}

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
	p := &Proxy{listener: listener, server: target.Host, conns: map[net.Conn]bool{}, open: make(chan struct{})}
	close(p.open)
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

// Hang lets nothing pass any more, in either direction, but breaks no connection, and takes new ones.
func (p *Proxy) Hang() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open = make(chan struct{})
}

// Resume lets pass what was held and all that follows.
func (p *Proxy) Resume() {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.open:
	default:
		close(p.open)
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
		p.busy.Go(func() { p.pass(client, server) })
		p.busy.Go(func() { p.pass(server, client) })
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
func (p *Proxy) pass(from, to net.Conn) {
	_, _ = io.Copy(gate{p, to}, from)
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, conn := range []net.Conn{from, to} {
		_ = conn.Close()
		delete(p.conns, conn)
	}
}

// gate holds what is written while the proxy hangs.
type gate struct {
	proxy *Proxy
	to    net.Conn
}

func (g gate) Write(b []byte) (int, error) {
	g.proxy.mu.Lock()
	open := g.proxy.open
	g.proxy.mu.Unlock()
	<-open
	return g.to.Write(b)
}
