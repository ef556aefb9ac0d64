package telemetry_test

import (
	"iter"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/telemetry"
)

// samples are the lines of the text format with a metric's name, in order.
func samples(t *testing.T, m *telemetry.Metrics, name string) (lines []string) {
	t.Helper()
	contentType, text, err := m.Gather("")
	require.NoError(t, err)
	require.Regexp(t, `^text/plain; version=0\.0\.4`, contentType)
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, name) {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

func TestRequestsAreCounted(t *testing.T) {
	t.Parallel()
	m := telemetry.NewMetrics("1.2.3", "edition/64")
	read, check := m.Operation("terminal", "read-card", "/terminal/card-reads"), m.Operation("terminal", "check-certificate", "")
	for _, r := range []telemetry.Request{
		{Operation: read, Status: 200, Spent: 60 * time.Microsecond},
		{Operation: read, Status: 200, Spent: 20 * time.Second},
		{Operation: read, Status: 403, Code: "SIM-CARD-403", Spent: time.Millisecond},
		{Operation: check, Status: 0},
	} {
		r.Count()
	}
	require.Equal(t, []string{
		`onshisim_requests_total{operation="check-certificate",status="none",system="terminal"} 1`,
		`onshisim_requests_total{operation="read-card",status="200",system="terminal"} 2`,
		`onshisim_requests_total{operation="read-card",status="403",system="terminal"} 1`,
	}, samples(t, m, "onshisim_requests_total"))
	require.Equal(t, []string{`onshisim_refusals_total{code="SIM-CARD-403",system="terminal"} 1`}, samples(t, m, "onshisim_refusals_total"))
	buckets := samples(t, m, `onshisim_request_duration_seconds_bucket{operation="read-card"`)
	require.Equal(t, `onshisim_request_duration_seconds_bucket{operation="read-card",system="terminal",le="5e-05"} 0`, buckets[0])
	require.Equal(t, `onshisim_request_duration_seconds_bucket{operation="read-card",system="terminal",le="0.0001"} 1`, buckets[1])
	require.Equal(t, `onshisim_request_duration_seconds_bucket{operation="read-card",system="terminal",le="10"} 2`, buckets[len(buckets)-2])
	require.Regexp(t, `^onshisim_build_info\{go_version="go1[^"]+",rule_edition="edition/64",version="1.2.3"\} 1$`, samples(t, m, "onshisim_build_info")[0])
	require.NotEmpty(t, samples(t, m, "go_goroutines"))
	require.NotEmpty(t, samples(t, m, "process_open_fds"))
}

func TestRequestsAreCountedAtTheSameTime(t *testing.T) {
	t.Parallel()
	m := telemetry.NewMetrics("", "")
	o := m.Operation("terminal", "read-card", "")
	done := make(chan struct{})
	for i := range 8 {
		go func() {
			for n := range 500 {
				r := telemetry.Request{Operation: o, Status: 200 + (n+i)%5}
				r.Count()
			}
			done <- struct{}{}
		}()
	}
	for range 8 {
		<-done
	}
	for status, line := range samples(t, m, "onshisim_requests_total") {
		require.True(t, strings.HasSuffix(line, " 800"), "%d: %s", status, line)
	}
}

// TestWorldsAreNoLabels: they come and go with every test of a user.
func TestWorldsAreNoLabels(t *testing.T) {
	t.Parallel()
	m := telemetry.NewMetrics("", "")
	worlds := map[string]eventlog.Position{"default": 12, "t1": 30, "t2": 7}
	m.CountWorlds("default", func() iter.Seq2[string, eventlog.Position] { return maps.All(worlds) })
	require.Equal(t, []string{"onshisim_worlds 3"}, samples(t, m, "onshisim_worlds"))
	require.Equal(t, []string{"onshisim_events 49"}, samples(t, m, "onshisim_events"))
	require.Equal(t, []string{"onshisim_largest_world_events 30"}, samples(t, m, "onshisim_largest_world_events"))
	require.Equal(t, []string{`onshisim_log_position{world="default"} 12`}, samples(t, m, "onshisim_log_position"))
	delete(worlds, "default")
	require.Empty(t, samples(t, m, "onshisim_log_position"))
}

// TestAScraperGetsTheFormatThatItAsksFor: native histograms are only in the binary one.
func TestAScraperGetsTheFormatThatItAsksFor(t *testing.T) {
	t.Parallel()
	m := telemetry.NewMetrics("", "")
	for accept, format := range map[string]string{
		"":          "text/plain; version=0.0.4",
		"text/html": "text/plain; version=0.0.4",
		"application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited": "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited",
	} {
		contentType, body, err := m.Gather(accept)
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(contentType, format), contentType)
		require.NotEmpty(t, body)
	}
}

// BenchmarkCount is what counting adds to a request.
func BenchmarkCount(b *testing.B) {
	m := telemetry.NewMetrics("", "")
	r := telemetry.Request{Operation: m.Operation("terminal", "read-card", ""), Status: 200, Spent: 35 * time.Microsecond}
	b.ReportAllocs()
	for b.Loop() {
		r.Count()
	}
}
