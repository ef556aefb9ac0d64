package telemetry

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// Tracer makes a span of every request, by hand: what instruments HTTP in general puts the path into it, and here a path
// holds personal numbers.
type Tracer struct{ tracer trace.Tracer }

// NewTracer makes a tracer whose spans go to a provider.
func NewTracer(provider trace.TracerProvider) *Tracer { return &Tracer{provider.Tracer("onshisim")} }

// Start begins a request's span, in the trace that its header names (W3C traceparent). The trace state and the baggage of
// the client are its own text, and are not taken over.
func (t *Tracer) Start(ctx context.Context, header http.Header) (context.Context, trace.Span) {
	given := trace.SpanContextFromContext(propagation.TraceContext{}.Extract(ctx, propagation.HeaderCarrier(header)))
	if given.IsValid() {
		ctx = trace.ContextWithRemoteSpanContext(ctx, given.WithTraceState(trace.TraceState{}))
	}
	return t.tracer.Start(ctx, "request", trace.WithSpanKind(trace.SpanKindServer))
}

// EndSpan ends the span of a request, named by its operation.
func (r *Request) EndSpan(span trace.Span) {
	o := r.Operation
	span.SetName(o.System + "/" + o.Name)
	attributes := []attribute.KeyValue{
		attribute.String("http.request.method", r.Method),
		attribute.Int("http.response.status_code", r.Status),
		attribute.Int64("http.response.body.size", r.Bytes),
		attribute.String("onshisim.request_id", r.ID),
		attribute.String("onshisim.system", o.System),
		attribute.String("onshisim.operation", o.Name),
	}
	for key, value := range map[string]string{"http.route": o.Route, "onshisim.world": r.World, "onshisim.code": r.Code} {
		if value != "" {
			attributes = append(attributes, attribute.String(key, value))
		}
	}
	span.SetAttributes(attributes...)
	if r.Status == 0 || r.Status >= http.StatusInternalServerError {
		span.SetStatus(codes.Error, "")
	}
	span.End()
}
