package otlp_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"onshisim/sim/telemetry/otlp"
)

// collector keeps the last batch that came, with its header.
type collector struct {
	*httptest.Server
	path   string
	header http.Header
	body   []byte
}

// newCollector answers every batch the same.
func newCollector(t *testing.T, status int, reply string) *collector {
	t.Helper()
	c := &collector{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.path, c.header = r.URL.Path, r.Header
		c.body, _ = io.ReadAll(r.Body)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, reply)
	}))
	t.Cleanup(c.Close)
	return c
}

// environment is one with these variables.
func environment(variables map[string]string) func(string) string {
	return func(name string) string { return variables[name] }
}

func exporter(t *testing.T, c *collector) *otlp.Exporter {
	t.Helper()
	settings, wanted, err := otlp.FromEnvironment(environment(map[string]string{
		"OTEL_EXPORTER_OTLP_ENDPOINT": c.URL, "OTEL_EXPORTER_OTLP_HEADERS": "x-key=a%20b",
	}))
	require.NoError(t, err)
	require.True(t, wanted)
	return otlp.New(settings)
}

// TestSpansArriveAsOTLP: the message as the protocol's JSON has it, field by field.
func TestSpansArriveAsOTLP(t *testing.T) {
	t.Parallel()
	c := newCollector(t, http.StatusOK, `{"partialSuccess":{}}`)
	provider := sdk.NewTracerProvider(sdk.WithSyncer(exporter(t, c)), sdk.WithIDGenerator(fixedIDs{}),
		sdk.WithResource(resource.NewSchemaless(attribute.String("service.name", "onshisim"))))
	began := time.Date(2021, 4, 1, 0, 0, 0, 5, time.UTC)
	parent := trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{3}, TraceFlags: trace.FlagsSampled})
	_, span := provider.Tracer("onshisim").Start(trace.ContextWithRemoteSpanContext(t.Context(), parent), "terminal/read-card",
		trace.WithSpanKind(trace.SpanKindServer), trace.WithTimestamp(began))
	span.SetAttributes(attribute.String("http.route", "/r"), attribute.Int("http.response.status_code", 500), attribute.Bool("b", true), attribute.Float64("f", 1.5), attribute.StringSlice("l", []string{"x"}))
	span.SetStatus(codes.Error, "not sent")
	span.End(trace.WithTimestamp(began.Add(time.Second)))

	require.Equal(t, "/v1/traces", c.path)
	require.Equal(t, "application/json", c.header.Get("Content-Type"))
	require.Equal(t, "a b", c.header.Get("X-Key"))
	require.JSONEq(t, `{"resourceSpans": [{
		"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "onshisim"}}]},
		"scopeSpans": [{"scope": {"name": "onshisim"}, "spans": [{
			"traceId": "01000000000000000000000000000000", "spanId": "0200000000000000", "parentSpanId": "0300000000000000", "flags": 1,
			"name": "terminal/read-card", "kind": 2, "startTimeUnixNano": "1617235200000000005", "endTimeUnixNano": "1617235201000000005",
			"attributes": [
				{"key": "http.route", "value": {"stringValue": "/r"}}, {"key": "http.response.status_code", "value": {"intValue": "500"}},
				{"key": "b", "value": {"boolValue": true}}, {"key": "f", "value": {"doubleValue": 1.5}}, {"key": "l", "value": {"stringValue": "[x]"}}
			],
			"status": {"code": 2}
		}]}]
	}]}`, string(c.body))
	require.NoError(t, provider.Shutdown(t.Context()))
}

// fixedIDs give every span the same id.
type fixedIDs struct{}

// NewIDs implements sdk.IDGenerator.
func (fixedIDs) NewIDs(context.Context) (trace.TraceID, trace.SpanID) {
	return trace.TraceID{1}, trace.SpanID{2}
}

// NewSpanID implements sdk.IDGenerator.
func (fixedIDs) NewSpanID(context.Context, trace.TraceID) trace.SpanID { return trace.SpanID{2} }

// TestWhatACollectorDoesNotTakeIsAnError: nothing is lost in silence.
func TestWhatACollectorDoesNotTakeIsAnError(t *testing.T) {
	t.Parallel()
	spans := []sdk.ReadOnlySpan{ended(t)}
	for _, test := range []struct {
		status      int
		reply, says string
	}{
		{200, ``, ""},
		{200, `{}`, ""},
		{200, `{"partialSuccess":{"rejectedSpans":"0"}}`, ""},
		{200, `{"partialSuccess":{"rejectedSpans":"1","errorMessage":"too old"}}`, "1 spans are lost: the collector refused 1 of them: too old"},
		{503, `{}`, "answers 503 Service Unavailable"},
		{401, `{}`, "answers 401 Unauthorized"},
	} {
		err := exporter(t, newCollector(t, test.status, test.reply)).ExportSpans(t.Context(), spans)
		if test.says == "" {
			require.NoError(t, err)
			continue
		}
		require.ErrorContains(t, err, test.says)
	}
	gone := newCollector(t, 200, "")
	e := exporter(t, gone)
	gone.Close()
	require.ErrorContains(t, e.ExportSpans(t.Context(), spans), "1 spans are lost")
	require.NoError(t, e.ExportSpans(t.Context(), nil))
}

// ended is a span that has ended.
func ended(t *testing.T) sdk.ReadOnlySpan {
	t.Helper()
	_, span := sdk.NewTracerProvider().Tracer("onshisim").Start(t.Context(), "a")
	span.End()
	known, ok := span.(sdk.ReadOnlySpan)
	require.True(t, ok)
	return known
}
