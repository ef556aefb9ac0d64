package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"onshisim/sim/telemetry"
	"onshisim/sim/web"
)

// observed is a server with all that is told about its requests.
type observed struct {
	http.Handler
	server  *web.Server
	log     bytes.Buffer
	metrics *telemetry.Metrics
	spans   *tracetest.InMemoryExporter
}

func newObserved() *observed {
	o := &observed{metrics: telemetry.NewMetrics("1", "edition"), spans: tracetest.NewInMemoryExporter()}
	o.server = web.New(web.Config{
		Title: "Test", Version: "1", Name: "public", MaxBody: 2000, Metrics: o.metrics,
		Logger: slog.New(slog.NewJSONHandler(&o.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Tracer: telemetry.NewTracer(sdk.NewTracerProvider(sdk.WithSyncer(o.spans))),
		Random: func() uint64 { return 0xabc },
	})
	addOperations(o.server)
	o.Handler = web.Worlds(o.server)
	return o
}

// line is the last line of the log.
func (o *observed) line(t *testing.T) map[string]any {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(o.log.String()), "\n")
	var fields map[string]any
	require.NoError(t, json.Unmarshal([]byte(lines[len(lines)-1]), &fields))
	return fields
}

// attributes are those of the last span.
func (o *observed) attributes() map[string]any {
	stubs := o.spans.GetSpans()
	told := map[string]any{}
	for _, a := range stubs[len(stubs)-1].Attributes {
		told[string(a.Key)] = a.Value.AsInterface()
	}
	return told
}

func TestARequestBearsAnID(t *testing.T) {
	t.Parallel()
	const drawn = "0000000000000abc0000000000000abc"
	for given, answered := range map[string]string{
		"":                        drawn,
		"a":                       "a",
		"Az09._-":                 "Az09._-",
		strings.Repeat("x", 64):   strings.Repeat("x", 64),
		strings.Repeat("x", 65):   drawn,
		"a b":                     drawn,
		"日":                       drawn,
		"a\tb":                    drawn,
		"<script>":                drawn,
		"f81d4fae-7dec-11d0-a765": "f81d4fae-7dec-11d0-a765",
	} {
		for _, target := range []string{"/visits/a", "/visits/A", "/visits/%ff", "/nowhere", "/w/UPPER/x", "/docs", "/fail/panic", "/healthz"} {
			o := newObserved()
			w := send(o, http.MethodGet, target, "", "X-Request-Id", given)
			if target == "/w/UPPER/x" { // refused before the server, where no system is served
				continue
			}
			require.Equal(t, []string{answered}, w.Header().Values("X-Request-Id"), "%s %q", target, given)
			require.Equal(t, answered, o.line(t)["requestId"])
		}
	}
}

// TestIDsTellNothing: they have one length, and neither the request nor the one before it leaves a trace in them.
func TestIDsTellNothing(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	seen := map[string]bool{}
	for range 200 {
		for _, target := range []string{"/visits/a", "/visits/A", "/nowhere"} {
			id := send(s, http.MethodGet, target, "").Header().Get("X-Request-Id")
			require.Regexp(t, `^[0-9a-f]{32}$`, id)
			require.False(t, seen[id])
			seen[id] = true
		}
	}
}

// TestWhatIsToldIsNoMoreThanTheFacts: one request, and every word about it.
func TestWhatIsToldIsNoMoreThanTheFacts(t *testing.T) {
	t.Parallel()
	o := newObserved()
	w := send(o, http.MethodGet, "/w/t1/visits/secret-1?limit=7", "", "X-Request-Id", "r-1", "Authorization", "Bearer secret-2",
		"Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "Tracestate", "secret=3", "Baggage", "secret=4", "User-Agent", "secret-5")
	require.Equal(t, 200, w.Code)
	line := o.line(t)
	require.IsType(t, "", line["time"])
	require.IsType(t, 0.0, line["spentMicroseconds"])
	delete(line, "time")
	delete(line, "spentMicroseconds")
	require.Equal(t, map[string]any{
		"level": "DEBUG", "msg": "request", "requestId": "r-1", "traceId": "0af7651916cd43dd8448eb211c80319c", "system": "public",
		"operation": "look-up", "method": "GET", "route": "/visits/{id}", "status": 200.0, "bytes": float64(w.Body.Len()),
	}, line)

	span := o.spans.GetSpans()[0]
	require.Equal(t, "public/look-up", span.Name)
	require.Equal(t, "0af7651916cd43dd8448eb211c80319c", span.SpanContext.TraceID().String())
	require.Equal(t, "b7ad6b7169203331", span.Parent.SpanID().String())
	require.Empty(t, span.SpanContext.TraceState().String())
	require.Equal(t, map[string]any{
		"http.request.method": "GET", "http.response.status_code": int64(200), "http.response.body.size": int64(w.Body.Len()),
		"http.route": "/visits/{id}", "onshisim.request_id": "r-1", "onshisim.system": "public", "onshisim.operation": "look-up",
	}, o.attributes())
}

func TestARefusalIsToldByItsCode(t *testing.T) {
	t.Parallel()
	for target, told := range map[string][3]string{ // operation, code, route
		"/visits/A":         {"look-up", "SIM-REQ-422", "/visits/{id}"},
		"/nowhere/9":        {"other", "SIM-REQ-404", ""},
		"/visits/%ff":       {"other", "SIM-REQ-400", ""},
		"/visits/a/b":       {"other", "SIM-REQ-404", ""},
		"/fail/unavailable": {"fail", "SIM-T-8", "/fail/{how}"},
		"/fail/panic":       {"fail", "SIM-500", "/fail/{how}"},
		"/docs":             {"other", "", ""},
	} {
		o := newObserved()
		w := send(o, http.MethodGet, target, "")
		line, attributes := o.line(t), o.attributes()
		for i, name := range []string{"operation", "code", "route"} {
			if told[i] == "" {
				require.NotContains(t, line, name, target)
				continue
			}
			require.Equal(t, told[i], line[name], target)
		}
		require.Equal(t, float64(w.Code), line["status"], target)
		require.Equal(t, int64(w.Code), attributes["http.response.status_code"], target)
		require.Equal(t, w.Code >= 500, o.spans.GetSpans()[0].Status.Code.String() == "Error", target)
	}
}

// TestAMethodOfTheClientsOwnIsNotRepeated: it may be any word.
func TestAMethodOfTheClientsOwnIsNotRepeated(t *testing.T) {
	t.Parallel()
	o := newObserved()
	send(o, "SECRET", "/visits/a", "")
	require.Equal(t, "other", o.line(t)["method"])
	require.NotContains(t, o.log.String(), "SECRET")
}

func TestADroppedConnectionIsToldAsOne(t *testing.T) {
	t.Parallel()
	o := newObserved()
	require.PanicsWithValue(t, http.ErrAbortHandler, func() { send(o, http.MethodGet, "/fail/abort", "") })
	require.Equal(t, 0.0, o.line(t)["status"])
	_, text, err := o.metrics.Gather("")
	require.NoError(t, err)
	require.Contains(t, string(text), `onshisim_requests_total{operation="fail",status="none",system="public"} 1`)
	require.Contains(t, string(text), `onshisim_requests_in_flight{listener="public"} 0`)
}

// TestWhatALimitRefusesIsToldToo: what never comes to an operation has its id and its count as well.
func TestWhatALimitRefusesIsToldToo(t *testing.T) {
	t.Parallel()
	o := newObserved()
	address := onLoopback(t, o.server, web.Limits{}, nil)
	var fields strings.Builder
	for i := range 120 {
		fmt.Fprintf(&fields, "X-%d: a\r\n", i)
	}
	answer, body := say(t, address, "GET /visits/a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"+fields.String()+"\r\n")
	require.Contains(t, body, `"code":"SIM-REQ-431"`)
	require.Equal(t, []string{"0000000000000abc0000000000000abc"}, answer.Header.Values("X-Request-Id"))
	_, text, err := o.metrics.Gather("")
	require.NoError(t, err)
	require.Contains(t, string(text), `onshisim_refusals_total{code="SIM-REQ-431",system="public"} 1`)
}

// TestProbesAreNotTraced: they come every few seconds.
func TestProbesAreNotTraced(t *testing.T) {
	t.Parallel()
	o := newObserved()
	for _, probe := range []string{"/healthz", "/readyz", "/metrics"} {
		send(o, http.MethodGet, probe, "")
		require.NotContains(t, o.line(t), "traceId")
	}
	require.Empty(t, o.spans.GetSpans())
}

// TestAnIllTraceIsNotTakenOver: a header that is none begins a trace of its own.
func TestAnIllTraceIsNotTakenOver(t *testing.T) {
	t.Parallel()
	for _, given := range []string{"", "secret", "00-00000000000000000000000000000000-b7ad6b7169203331-01"} {
		o := newObserved()
		send(o, http.MethodGet, "/visits/a", "", "Traceparent", given)
		span := o.spans.GetSpans()[0]
		require.False(t, span.Parent.IsValid())
		require.NotContains(t, span.Attributes, attribute.String("traceparent", given))
	}
}
