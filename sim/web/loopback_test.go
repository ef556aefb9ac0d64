package web_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/web"
)

// onLoopback serves on a free port and gives its address; with the test it ends.
func onLoopback(t *testing.T, handler http.Handler, limits web.Limits, secured *tls.Config) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- web.Serve(ctx, slog.New(slog.DiscardHandler), web.Listener{Listener: listener, Handler: handler, Limits: limits, TLS: secured})
	}()
	t.Cleanup(func() {
		cancel()
		assert.NoError(t, <-ended)
	})
	return listener.Addr().String()
}

// patience is for a busy machine; no test waits that long unless something is wrong.
const patience = time.Minute

// dial connects; before the server ends, the connection does.
func dial(t *testing.T, address string) *net.TCPConn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(patience)))
	return conn.(*net.TCPConn)
}

// say sends and gives the first answer.
func say(t *testing.T, address, request string) (answer *http.Response, body string) {
	t.Helper()
	conn := dial(t, address)
	go func() { _, _ = io.WriteString(conn, request) }() // the answer may come before all of it is sent
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	text, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer, string(text)
}

const lookUp = "GET /visits/a-1 HTTP/1.1\r\nHost: a\r\n\r\n"

// TestSlowClientsKeepNobodyOut: clients that send a header byte by byte, that send a body byte by byte, and that never
// read their answer. Whoever comes meanwhile is answered.
func TestSlowClientsKeepNobodyOut(t *testing.T) {
	t.Parallel()
	const ofEach = 50
	s, busy := newServer(t), make(chan struct{}, ofEach)
	address := onLoopback(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/large" {
			busy <- struct{}{}
			for range 1000 {
				if _, err := io.WriteString(w, large); err != nil {
					return
				}
			}
		}
		s.ServeHTTP(w, r)
	}), web.Limits{Connections: 4 * ofEach}, nil)

	for range ofEach {
		_, err := io.WriteString(dial(t, address), strings.Replace(lookUp, "/visits/a-1", "/large", 1))
		require.NoError(t, err)
		body := dial(t, address)
		_, err = io.WriteString(body, "POST /visits HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n")
		require.NoError(t, err)
		told, err := bufio.NewReader(body).ReadString('\n')
		require.NoError(t, err)
		require.Equal(t, "HTTP/1.1 100 Continue\r\n", told, "it waits for the body now")
		go trickle(body, strings.Repeat(" ", 1000))
		go trickle(dial(t, address), lookUp[:20]+strings.Repeat("a", 1000))
		<-busy
	}
	for range 50 {
		answer, body := say(t, address, lookUp)
		require.Equal(t, http.StatusOK, answer.StatusCode)
		require.Contains(t, body, "a-1")
	}
}

// trickle sends a text byte by byte, until the server has enough.
func trickle(conn net.Conn, text string) {
	ticks := time.NewTicker(10 * time.Millisecond)
	defer ticks.Stop()
	for i := range len(text) {
		if _, err := conn.Write([]byte{text[i]}); err != nil {
			return
		}
		<-ticks.C
	}
}

// TestAFloodOfConnections: three times as many clients at once as there may be connections, all of which ask.
func TestAFloodOfConnections(t *testing.T) {
	t.Parallel()
	address := onLoopback(t, newServer(t), web.Limits{Connections: 32}, nil)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience}
	var flood sync.WaitGroup
	for range 96 {
		flood.Go(func() {
			for range 5 {
				answer, err := client.Get("http://" + address + "/visits/a-1")
				if assert.NoError(t, err) {
					assert.Equal(t, http.StatusOK, answer.StatusCode)
					answer.Body.Close()
				}
			}
		})
	}
	flood.Wait()
}

func TestAHeaderIsBounded(t *testing.T) {
	t.Parallel()
	address := onLoopback(t, newServer(t), web.Limits{}, nil)
	fields := func(many int, name func(i int) string, value string) string {
		var header strings.Builder
		for i := range many {
			fmt.Fprintf(&header, "%s: %s\r\n", name(i), value)
		}
		return strings.Replace(lookUp, "\r\n\r\n", "\r\n"+header.String()+"\r\n", 1)
	}
	same, different := func(int) string { return "A" }, func(i int) string { return fmt.Sprint("A-", i) }
	for name, test := range map[string]struct {
		request string
		status  int
		ours    bool
	}{
		"as many as may be":      {fields(100, different, "a"), http.StatusOK, true},
		"one too many":           {fields(101, different, "a"), http.StatusRequestHeaderFieldsTooLarge, true},
		"thousands":              {fields(5000, different, "a"), http.StatusRequestHeaderFieldsTooLarge, true},
		"thousands of one name":  {fields(5000, same, "a"), http.StatusOK, true},
		"more than a header has": {fields(20_000, same, "a"), http.StatusRequestHeaderFieldsTooLarge, false},
		"a long one":             {fields(1, same, strings.Repeat("a", 60<<10)), http.StatusOK, true},
		"too long a one":         {fields(1, same, strings.Repeat("a", 100<<10)), http.StatusRequestHeaderFieldsTooLarge, false},
		"too long a path":        {strings.Replace(lookUp, "a-1", strings.Repeat("a", 100<<10), 1), http.StatusRequestHeaderFieldsTooLarge, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answer, body := say(t, address, test.request)
			require.Equal(t, test.status, answer.StatusCode, body)
			require.Equal(t, test.ours, answer.Header.Get("Sim") != "", "the largest headers never reach our handlers")
			if test.ours && test.status != http.StatusOK {
				require.Contains(t, body, `"code":"SIM-REQ-431"`)
			}
		})
	}
}

// TestABodyOfAnyLengthIsBounded: neither a body in chunks that does not end nor a length that is claimed costs memory.
func TestABodyOfAnyLengthIsBounded(t *testing.T) {
	t.Parallel()
	address := onLoopback(t, newServer(t), web.Limits{}, nil)
	const post = "POST /visits HTTP/1.1\r\nHost: a\r\n"
	for name, request := range map[string]string{
		"in chunks":         post + "Transfer-Encoding: chunked\r\n\r\n" + strings.Repeat("400\r\n"+strings.Repeat(" ", 1024)+"\r\n", 4096),
		"claimed and sent":  post + "Content-Length: 4194304\r\n\r\n" + strings.Repeat(" ", 4<<20),
		"claimed in part":   post + "Content-Length: 1099511627776\r\n\r\n" + strings.Repeat(" ", 2001),
		"in one huge chunk": post + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n" + strings.Repeat(" ", 2001),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answer, body := say(t, address, request)
			require.Equal(t, http.StatusRequestEntityTooLarge, answer.StatusCode)
			require.Contains(t, body, `"code":"SIM-REQ-413"`)
			require.True(t, answer.Close, "what follows is not read as another request")
		})
	}
}

func TestPipelinedRequestsAreAnsweredInTurn(t *testing.T) {
	t.Parallel()
	conn := dial(t, onLoopback(t, newServer(t), web.Limits{}, nil))
	const many = 200
	go func() {
		for i := range many {
			_, _ = io.WriteString(conn, strings.Replace(lookUp, "a-1", fmt.Sprint("a-", i), 1))
		}
	}()
	answers := bufio.NewReader(conn)
	for i := range many {
		require.Contains(t, bodyOf(t, answers), fmt.Sprintf(`"id":"a-%d"`, i))
	}
}

// TestAHalfClosedConnectionIsAnswered: as of a program that ends its output to say that the request is whole.
func TestAHalfClosedConnectionIsAnswered(t *testing.T) {
	t.Parallel()
	conn := dial(t, onLoopback(t, newServer(t), web.Limits{}, nil))
	_, err := fmt.Fprintf(conn, "POST /visits HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s", len(good), good)
	require.NoError(t, err)
	require.NoError(t, conn.CloseWrite())
	answers := bufio.NewReader(conn)
	require.Equal(t, good+"\n", bodyOf(t, answers))
	_, err = answers.ReadByte()
	require.ErrorIs(t, err, io.EOF)
}
