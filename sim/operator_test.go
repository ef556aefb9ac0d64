package sim_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	sdk "go.opentelemetry.io/otel/sdk/trace"

	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/eventlog"
	"onshisim/sim/scenario"
	"onshisim/sim/telemetry"
	"onshisim/sim/telemetry/otlp"
	"onshisim/sim/world"
)

// operator runs a simulator and sees all that it tells: metrics, every line of its log, and its traces as a collector on
// this machine gets them.
type operator struct {
	sim.Handlers
	worlds   *world.Registry
	metrics  *telemetry.Metrics
	logger   *slog.Logger
	provider *sdk.TracerProvider

	mu          sync.Mutex
	log, traces bytes.Buffer
}

// Write takes a line of the log.
func (o *operator) Write(line []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.log.Write(line)
}

// ServeHTTP takes a batch of spans.
func (o *operator) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	_, _ = io.Copy(&o.traces, r.Body)
	o.traces.WriteByte('\n')
}

func newOperator(t *testing.T, log eventlog.Log) *operator {
	t.Helper()
	o := &operator{metrics: telemetry.NewMetrics("test", "edition")}
	o.logger = slog.New(slog.NewJSONHandler(o, &slog.HandlerOptions{Level: slog.LevelDebug}))
	collector := httptest.NewServer(o)
	t.Cleanup(collector.Close)
	endpoint, err := url.Parse(collector.URL)
	require.NoError(t, err)
	o.provider = sdk.NewTracerProvider(sdk.WithBatcher(otlp.New(otlp.Settings{Endpoint: endpoint, Timeout: time.Minute})))
	t.Cleanup(func() { _ = o.provider.Shutdown(context.WithoutCancel(t.Context())) })
	tracer := telemetry.NewTracer(o.provider)
	o.worlds, err = world.Open(t.Context(), o.metrics.Watch(log, tracer, time.Now), world.Sources{
		Wall: func() time.Time { return time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST) }, Seed: func() uint64 { return 1 },
	})
	require.NoError(t, err)
	o.Handlers = sim.New(sim.Config{
		Version: "test", Worlds: o.worlds, Scenarios: fixtures.FS, Logger: o.logger, Metrics: o.metrics, Tracer: tracer,
	})
	return o
}

// scenario makes the first world that of a scenario.
func (o *operator) scenario(t *testing.T, name string) *world.World {
	t.Helper()
	document, err := scenario.NewWorlds(fixtures.FS).World(name)
	require.NoError(t, err)
	w, err := o.worlds.Create(t.Context(), "default", &document)
	require.NoError(t, err)
	return w
}

// told is what came since it was asked before: the log, the traces, and the metrics as they are now, but for the buckets of
// histograms, which have the labels of their counts, and for those of the Go runtime.
type told struct{ log, traces, metrics string }

func (o *operator) told(t *testing.T) told {
	t.Helper()
	require.NoError(t, o.provider.ForceFlush(t.Context()))
	_, metrics, err := o.metrics.Gather("")
	require.NoError(t, err)
	o.mu.Lock()
	defer o.mu.Unlock()
	defer o.log.Reset()
	defer o.traces.Reset()
	var own strings.Builder
	for line := range strings.Lines(string(metrics)) {
		if strings.Contains(line, "onshisim_") && !strings.Contains(line, "_bucket{") {
			own.WriteString(line)
		}
	}
	return told{o.log.String(), o.traces.String(), own.String()}
}

// target is the operator's simulator as scenarios are played against; before hears of every request.
func (o *operator) target(before func(*http.Request)) scenario.Target {
	target := scenario.InProcess(o.Public, o.Control)
	target.Client.Transport = hearing{target.Client.Transport, before}
	return target
}

type hearing struct {
	http.RoundTripper
	before func(*http.Request)
}

// RoundTrip tells of the request first.
func (h hearing) RoundTrip(r *http.Request) (*http.Response, error) {
	h.before(r)
	return h.RoundTripper.RoundTrip(r)
}

// numbers are the fields of a log line, and of a span, that hold times, amounts and drawn ids, in which anything may stand by
// chance.
var numbers = map[string]bool{
	"time": true, "startTimeUnixNano": true, "endTimeUnixNano": true, "intValue": true,
	"requestId": true, "traceId": true, "spanId": true, "parentSpanId": true,
}

// words are all texts that were told but for those.
func (s told) words(t *testing.T) map[string]bool {
	t.Helper()
	words := map[string]bool{}
	separate := func(r rune) bool { return strings.ContainsRune(" \n\"{}:,=\\", r) }
	add := func(text string) {
		for word := range strings.FieldsFuncSeq(text, separate) {
			words[word] = true
		}
	}
	for line := range strings.Lines(s.log + s.traces) {
		var value any
		require.NoError(t, json.Unmarshal([]byte(line), &value))
		eachText(value, add)
	}
	for line := range strings.Lines(s.metrics) {
		labels, _, _ := strings.Cut(line, "} ")
		add(labels)
	}
	return words
}

// eachText gives the texts in a JSON value, the names of its fields among them.
func eachText(value any, add func(string)) {
	switch value := value.(type) {
	case string:
		add(value)
	case []any:
		for _, inner := range value {
			eachText(inner, add)
		}
	case map[string]any:
		if value["key"] == "onshisim.request_id" { // an attribute of a span
			return
		}
		for name, inner := range value {
			if add(name); !numbers[name] {
				eachText(inner, add)
			}
		}
	}
}
