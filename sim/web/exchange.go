package web

import (
	"context"
	"log/slog"
	"net/http"

	"go.opentelemetry.io/otel/trace"

	"onshisim/sim/telemetry"
	"onshisim/sim/world"
)

// exchange is one request with its answer: what it was let in with, and the facts that are told about it when it has ended.
// It stands in place of the ResponseWriter, and is the request's context.
type exchange struct {
	http.ResponseWriter
	context.Context
	Access
	told telemetry.Request

	server *Server
	id     [1]string  // its header's value
	length [1]string  // that of Content-Length
	params parameters // of the path, on the quick way
	pages  *pages     // where its body and its answer are written; nil: elsewhere
	world  string     // that the path names; empty: none, or it was taken from the path before
	span   trace.Span // nil: nobody takes traces
}

type exchangeKey struct{}

// exchangeOf is the exchange that a context is of; every request to a Server has one.
func exchangeOf(ctx context.Context) *exchange {
	if x, itself := ctx.(*exchange); itself {
		return x
	}
	return ctx.Value(exchangeKey{}).(*exchange)
}

// Value is what the context knows, and the exchange itself.
func (x *exchange) Value(key any) any {
	switch key.(type) {
	case exchangeKey:
		return x
	case worldKey:
		if x.world != "" {
			return x.world
		}
	case world.TraceKey:
		return &x.trace
	}
	return x.Context.Value(key)
}

// ServeHTTP answers one request, and tells of it.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.exchange(w, r, s.answer) }

// refuse answers with an error in place of what was asked, and tells of it.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	s.exchange(w, r, func(x *exchange, _ *http.Request) { problemOf(err).write(x, x) })
}

func (s *Server) exchange(w http.ResponseWriter, r *http.Request, by func(*exchange, *http.Request)) {
	x := &exchange{ResponseWriter: w, server: s}
	x.began = now()
	x.told = telemetry.Request{ID: s.requestID(r.Header), Method: telemetry.MethodName(r.Method), Operation: s.elsewhere}
	x.id[0] = x.told.ID
	ctx := r.Context()
	if s.tracer != nil && !probes[r.URL.Path] {
		ctx, x.span = s.tracer.Start(ctx, r.Header)
		x.told.TraceID = x.span.SpanContext().TraceID().String()
	}
	x.Context = ctx
	stamp(w.Header())
	w.Header()[requestIDHeader] = x.id[:]
	s.inFlight.Inc()
	defer x.end()
	by(x, r)
}

// probes are the paths that machines ask every few seconds; a trace of each would bury the others.
var probes = map[string]bool{"/healthz": true, "/readyz": true, "/metrics": true}

// end tells of the exchange; also when it ends in a panic, which goes on.
func (x *exchange) end() {
	x.server.inFlight.Dec()
	if x.pages != nil {
		x.pages.giveBack()
	}
	x.told.Spent, x.told.Code = now().Sub(x.began), x.code
	if x.World != nil {
		x.told.World = x.World.Name()
	}
	x.told.Count()
	if x.server.log.Enabled(x, slog.LevelDebug) {
		x.server.log.LogAttrs(x, slog.LevelDebug, "request", x.told.Attrs()...)
	}
	if x.span != nil {
		x.told.EndSpan(x.span)
	}
}

// WriteHeader remembers the first final status.
func (x *exchange) WriteHeader(status int) {
	if x.told.Status == 0 && status >= http.StatusOK {
		x.told.Status = status
	}
	x.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes of the body.
func (x *exchange) Write(part []byte) (int, error) {
	if x.told.Status == 0 {
		x.told.Status = http.StatusOK
	}
	n, err := x.ResponseWriter.Write(part)
	x.told.Bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (x *exchange) Unwrap() http.ResponseWriter { return x.ResponseWriter }
