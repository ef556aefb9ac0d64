package web_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/web"
)

// onPipes serves in memory and on synctest's clock, so that a test of minutes takes no time. The servers end with
// the test.
func onPipes(t *testing.T, test func(t *testing.T, serve func(web.Listener) *pipes)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var ended []chan error
		test(t, func(listener web.Listener) *pipes {
			p, end := newPipes(), make(chan error, 1)
			go func() {
				listener.Listener = p
				end <- web.Serve(ctx, slog.New(slog.DiscardHandler), listener)
			}()
			ended = append(ended, end)
			return p
		})
		cancel()
		for _, end := range ended {
			require.NoError(t, <-end)
		}
	})
}

// dial gives the client's end of a new connection, which goes with the test.
func (p *pipes) dial(t *testing.T) net.Conn {
	client, server := net.Pipe()
	t.Cleanup(func() { _ = client.Close() })
	select {
	case p.conns <- server:
	case <-p.closed:
		_ = server.Close()
	}
	return client
}

// drip sends a text byte by byte, one in 0.9 s, and says how many were taken.
func drip(conn net.Conn, text string) (taken int) {
	for i := range len(text) {
		if _, err := conn.Write([]byte{text[i]}); err != nil {
			return i
		}
		time.Sleep(900 * time.Millisecond)
	}
	return len(text)
}

const get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

func TestAHeaderHasToComeInTime(t *testing.T) {
	t.Parallel()
	onPipes(t, func(t *testing.T, serve func(web.Listener) *pipes) {
		p := serve(web.Listener{Handler: late(0)})
		conn := p.dial(t)
		require.Equal(t, 6, drip(conn, get), "5 s")

		conn = p.dial(t) // and so the next one of a connection
		answers := bufio.NewReader(conn)
		_, err := io.WriteString(conn, get)
		require.NoError(t, err)
		require.Equal(t, "done", bodyOf(t, answers))
		require.Equal(t, 3+6, drip(conn, get), "up to the fourth byte the connection only waits for a request")
	})
}

func TestABodyHasToComeInTime(t *testing.T) {
	t.Parallel()
	onPipes(t, func(t *testing.T, serve func(web.Listener) *pipes) {
		read := make(chan error, 1)
		conn := serve(web.Listener{Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			_, err := io.ReadAll(r.Body)
			read <- err
		})}).dial(t)
		_, err := io.WriteString(conn, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
		require.NoError(t, err)
		require.Equal(t, 34, drip(conn, strings.Repeat("a", 1000)), "30 s")
		require.ErrorIs(t, <-read, os.ErrDeadlineExceeded)
	})
}

func TestAConnectionIsKeptForAWhile(t *testing.T) {
	t.Parallel()
	onPipes(t, func(t *testing.T, serve func(web.Listener) *pipes) {
		p := serve(web.Listener{Handler: late(0)})
		conn := p.dial(t)
		answers := bufio.NewReader(conn)
		for range 3 {
			_, err := io.WriteString(conn, get)
			require.NoError(t, err)
			require.Equal(t, "done", bodyOf(t, answers))
			time.Sleep(119 * time.Second)
		}
		began := time.Now()
		_, err := answers.ReadByte()
		require.Error(t, err)
		require.Equal(t, time.Second, time.Since(began))
	})
}

// A large answer, as an export is.
var large = strings.Repeat("0123456789abcdef", 1<<16)

func TestWhoTakesNothingOfAnAnswerIsCutOff(t *testing.T) {
	t.Parallel()
	onPipes(t, func(t *testing.T, serve func(web.Listener) *pipes) {
		wrote := make(chan error, 1)
		conn := serve(web.Listener{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, err := io.WriteString(w, large)
			wrote <- err
		})}).dial(t)
		began := time.Now()
		_, err := io.WriteString(conn, get)
		require.NoError(t, err)
		require.ErrorIs(t, <-wrote, os.ErrDeadlineExceeded)
		require.Equal(t, 30*time.Second, time.Since(began))
	})
}

// The bound is for a part. Who takes an answer slowly, also over many minutes, gets all of it.
func TestWhoTakesAnAnswerSlowlyGetsAllOfIt(t *testing.T) {
	t.Parallel()
	onPipes(t, func(t *testing.T, serve func(web.Listener) *pipes) {
		conn := serve(web.Listener{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, large)
		})}).dial(t)
		_, err := io.WriteString(conn, get)
		require.NoError(t, err)
		began := time.Now()
		require.Equal(t, large, bodyOf(t, bufio.NewReaderSize(&slowly{conn, 0}, 64<<10)))
		require.Greater(t, time.Since(began), 7*time.Minute)
	})
}

// slowly reads 64 KiB in 29 s.
type slowly struct {
	from io.Reader
	read int
}

func (s *slowly) Read(part []byte) (int, error) {
	if s.read >= 64<<10 {
		time.Sleep(29 * time.Second)
		s.read = 0
	}
	n, err := s.from.Read(part[:min(len(part), 64<<10-s.read)])
	s.read += n
	return n, err
}

// A long poll, a scripted fault: the answer may begin late, and stop in its middle.
func TestAnAnswerMayTakeItsTime(t *testing.T) {
	t.Parallel()
	onPipes(t, func(t *testing.T, serve func(web.Listener) *pipes) {
		conn := serve(web.Listener{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			for range 3 {
				time.Sleep(10 * time.Minute)
				_, err := io.WriteString(w, "part.")
				if err = errors.Join(err, http.NewResponseController(w).Flush()); err != nil {
					panic(err)
				}
			}
		})}).dial(t)
		_, err := io.WriteString(conn, get)
		require.NoError(t, err)
		require.Equal(t, "part.part.part.", bodyOf(t, bufio.NewReader(conn)))
	})
}

// bodyOf reads one answer, which is a success.
func bodyOf(t *testing.T, answers *bufio.Reader) string {
	t.Helper()
	answer, err := http.ReadResponse(answers, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, answer.StatusCode)
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return string(body)
}
