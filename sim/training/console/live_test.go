package console_test

import (
	"bufio"
	"context"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim"
	"onshisim/sim/web"
)

// patience is for a busy machine.
const patience = 20 * time.Second

// listening serves the control listener and gives its address.
func (s *school) listening() string {
	s.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(s, err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- web.Serve(ctx, slog.New(slog.DiscardHandler), web.Listener{Listener: listener, Handler: s.Control})
	}()
	s.Cleanup(func() {
		cancel()
		require.NoError(s, <-ended)
	})
	return "http://" + listener.Addr().String()
}

// events are the lines of a stream, until it ends.
func (s *school) events(address string) <-chan string {
	s.Helper()
	answer, err := http.Get(address)
	require.NoError(s, err)
	require.Equal(s, "text/event-stream", answer.Header.Get("Content-Type"))
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		defer answer.Body.Close()
		for text := bufio.NewScanner(answer.Body); text.Scan(); {
			lines <- text.Text()
		}
	}()
	return lines
}

// next waits for a line; ended says that the stream is over.
func next(t *testing.T, lines <-chan string, wanted string) (ended bool) {
	t.Helper()
	over := time.After(patience)
	for {
		select {
		case line, more := <-lines:
			if !more {
				return true
			}
			if line == wanted {
				return false
			}
		case <-over:
			require.Fail(t, "nothing came", wanted)
		}
	}
}

var live = regexp.MustCompile(`data-live="([^"]+)"`)

// livePath is the path of the events that a page listens to.
func (s *school) livePath(page string) string {
	s.Helper()
	found := live.FindStringSubmatch(s.page(page))
	require.NotNil(s, found)
	return strings.ReplaceAll(found[1], "&#43;", "+")
}

// TestAPageIsToldWhatHappens: of a flag that a trainee sets, of a clock that the instructor moves, and of nothing that the page
// shows already.
func TestAPageIsToldWhatHappens(t *testing.T) {
	t.Parallel()
	leaving := make(chan struct{})
	s := newSchool(t, func(c *sim.Config) { c.Leaving = leaving })
	w := s.trainee("a")
	address := s.listening()
	streams := map[string]<-chan string{}
	for _, page := range []string{"/console/worlds/a/persons/kaori", "/console/class"} {
		lines := s.events(address + s.livePath(page))
		require.False(t, next(t, lines, ": here"))
		select {
		case line := <-lines:
			require.Empty(t, line, "nothing has happened")
		case <-time.After(100 * time.Millisecond):
		}
		streams[page] = lines
	}
	s.flag(w, "kaori")
	for page, lines := range streams {
		require.False(t, next(t, lines, "event: happened"), page)
	}
	require.NoError(t, w.AdvanceClock(t.Context(), time.Hour))
	for page, lines := range streams {
		require.False(t, next(t, lines, "event: happened"), page)
	}
	close(leaving)
	for page, lines := range streams {
		require.True(t, next(t, lines, "no such line"), page)
	}
}

// TestWhatHappenedBetweenTwoConnectionsIsToldAtOnce: the browser says what it heard last.
func TestWhatHappenedBetweenTwoConnectionsIsToldAtOnce(t *testing.T) {
	t.Parallel()
	leaving := make(chan struct{})
	s := newSchool(t, func(c *sim.Config) { c.Leaving = leaving })
	w := s.trainee("a")
	path := s.livePath("/console/worlds/a")
	s.flag(w, "kaori")
	close(leaving)
	require.Contains(t, s.page(path), "event: happened")
}
