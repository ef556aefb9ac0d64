package load

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// echo answers with what it is sent, in chunks if that is long.
func echo(t *testing.T) (address string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		_, _ = w.Write(body[:len(body)/2])
		if len(body) > 10 {
			w.(http.Flusher).Flush()
		}
		_, _ = w.Write(body[len(body)/2:])
	}))
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

func TestEveryAnswerIsLookedAt(t *testing.T) {
	t.Parallel()
	address := echo(t)
	var requests []Request
	for _, body := range []string{"short", "long enough for chunks", strings.Repeat("あ", 30_000)} {
		requests = append(requests, Request{Post(address, "/", "", []byte(body)), Expect([]byte(body))})
	}
	measured, err := Run(t.Context(), Plan{Addresses: []string{address}, Connections: 4, Requests: requests, AtMost: 100})
	require.NoError(t, err)
	assert.EqualValues(t, 100, measured.Requests)
	assert.LessOrEqual(t, measured.P50, measured.P99)
	assert.Positive(t, measured.P50)

	requests[2].Answer = Expect([]byte("another"))
	_, err = Run(t.Context(), Plan{Addresses: []string{address}, Connections: 4, Requests: requests, Time: time.Minute})
	assert.ErrorContains(t, err, "wrong answer")
}
