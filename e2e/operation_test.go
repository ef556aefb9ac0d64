package e2e_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// cardRead is a request whose body and token no operator has any use for.
func cardRead(s *simulator) request {
	return request{
		method: http.MethodPost, url: s.public + "/terminal/card-reads", token: "hospital-token",
		body: `{"cardSerial":"card-hanako-1","verification":{"method":"pin","pin":"2202"},"consents":{"medicines":true}}`,
	}
}

// lines are the log of a program that has ended, line by line.
func (s *simulator) lines(t *testing.T) (lines []map[string]any) {
	t.Helper()
	for line := range strings.Lines(s.Stderr.String()) {
		fields := map[string]any{}
		require.NoError(t, json.Unmarshal([]byte(line), &fields), line)
		lines = append(lines, fields)
	}
	return lines
}

// TestTheLogHasALineForEachRequestIfItIsAskedFor, under the id that the client gets, and says nothing else of it.
func TestTheLogHasALineForEachRequestIfItIsAskedFor(t *testing.T) {
	t.Parallel()
	for _, level := range []string{"info", "debug"} {
		s := serve(t, "--log-level", level)
		a := must(t, cardRead(s))
		require.Equal(t, http.StatusOK, a.status)
		s.stop(t)
		lines := s.lines(t)
		require.Equal(t, "started", lines[0]["msg"])
		require.Equal(t, "ended", lines[len(lines)-1]["msg"])
		if level == "info" {
			require.Len(t, lines, 2)
			continue
		}
		read := lines[len(lines)-2]
		require.Equal(t, []any{"request", "terminal", "read-card", "/terminal/card-reads", "default", 200.0, a.header.Get("X-Request-Id")},
			[]any{read["msg"], read["system"], read["operation"], read["route"], read["world"], read["status"], read["requestId"]})
		for _, secret := range []string{"hospital-token", "2202", "card-hanako-1"} {
			require.NotContains(t, s.Stderr.String(), secret)
		}
	}
}

func TestTheLogIsTextWhereAReaderWantsIt(t *testing.T) {
	t.Parallel()
	s := serve(t, "--log-format", "text")
	s.stop(t)
	require.Regexp(t, `^time=\S+ level=INFO msg=started version=0\.\S+ listen=127\.0\.0\.1:\d+ controlListen=127\.0\.0\.1:\d+\n`, s.Stderr.String())
}

// TestMetricsAreBehindTheControlPlanesToken, and nowhere on the public listener.
func TestMetricsAreBehindTheControlPlanesToken(t *testing.T) {
	t.Parallel()
	s := serve(t, "--control-token", "secret")
	must(t, cardRead(s))
	require.Equal(t, http.StatusUnauthorized, must(t, request{method: http.MethodGet, url: s.control + "/metrics"}).status)
	require.Equal(t, http.StatusNotFound, must(t, request{method: http.MethodGet, url: s.public + "/metrics", token: "secret"}).status)
	a := must(t, request{method: http.MethodGet, url: s.control + "/metrics", token: "secret"})
	require.Equal(t, http.StatusOK, a.status)
	require.Regexp(t, `^text/plain; version=0\.0\.4`, a.header.Get("Content-Type"))
	for _, line := range []string{
		`onshisim_requests_total{operation="read-card",status="200",system="terminal"} 1`,
		`onshisim_requests_total{operation="metrics",status="401",system="control"} 1`,
		`onshisim_log_position{world="default"} `,
		`onshisim_log_duration_seconds_count{operation="append",outcome="ok"} 1`,
		`process_resident_memory_bytes `,
	} {
		assert.Contains(t, a.body, "\n"+line)
	}
}

// collector takes traces.
type collector struct {
	*httptest.Server
	mu    sync.Mutex
	paths []string
	text  strings.Builder
}

func newCollector(t *testing.T) *collector {
	t.Helper()
	c := &collector{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.paths = append(c.paths, r.URL.Path)
		_, _ = io.Copy(&c.text, r.Body)
	}))
	t.Cleanup(c.Close)
	return c
}

// TestTracesAreSentWhereTheEnvironmentSays, the last ones when the program ends: a span for the request, in the trace that it
// came with, and one for what it wrote.
func TestTracesAreSentWhereTheEnvironmentSays(t *testing.T) {
	t.Parallel()
	c := newCollector(t)
	s := serveIn(t, []string{"OTEL_EXPORTER_OTLP_ENDPOINT=" + c.URL, "OTEL_SERVICE_NAME=tried"}, "serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0")
	read := cardRead(s)
	read.header = http.Header{"Traceparent": {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}
	require.Equal(t, http.StatusOK, must(t, read).status)
	s.stop(t)
	c.mu.Lock()
	defer c.mu.Unlock()
	require.Equal(t, []string{"/v1/traces"}, c.paths)
	text := c.text.String()
	assert.Contains(t, text, `{"key":"service.name","value":{"stringValue":"tried"}}`)
	assert.Regexp(t, `"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"[0-9a-f]{16}","parentSpanId":"b7ad6b7169203331","flags":\d+,"name":"terminal/read-card","kind":2,`, text)
	assert.Regexp(t, `"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"[0-9a-f]{16}","parentSpanId":"[0-9a-f]{16}","flags":\d+,"name":"log/append"`, text)
	for _, none := range []string{"healthz", "hospital-token", "2202", "card-hanako-1", "127.0.0.1", "User-Agent", "Go-http-client"} {
		assert.NotContains(t, text, none)
	}
}

// TestTheProgramEndsInTimeWithoutItsCollector: what can't be sent is a warning, and no reason to wait.
func TestTheProgramEndsInTimeWithoutItsCollector(t *testing.T) {
	t.Parallel()
	c := newCollector(t)
	c.Close()
	s := serveIn(t, []string{"OTEL_EXPORTER_OTLP_ENDPOINT=" + c.URL}, "serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0")
	must(t, cardRead(s))
	s.stop(t)
	require.Contains(t, s.Stderr.String(), `"level":"WARN","msg":"traces"`)
}

func TestAnIllSettingForTracesStopsTheStart(t *testing.T) {
	t.Parallel()
	e := runIn(t, "OTEL_EXPORTER_OTLP_ENDPOINT=collector:4318", "serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0")
	require.Equal(t, 1, e.status)
	require.Contains(t, e.stderr, "sim: OTEL_EXPORTER_OTLP_ENDPOINT is no URL; give one as in http://localhost:4318")
}
