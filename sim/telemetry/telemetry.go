// Package telemetry is what an operator gets to see of a running simulator: metrics, log lines and traces, each made of
// the same few facts about a request.
//
// A fact is one that could be cried out in a street. There is no path, no query, no body, no token and no person among
// them; and none depends on what a flag has decided, so that even over many requests a protected person and a plain one
// without data leave the same behind (QA-3). The reasons are in the journal, behind the control plane.
package telemetry

import (
	"log/slog"
	"net/http"
	"slices"
	"time"
)

// Request is all that is told about one request.
type Request struct {
	ID        string // X-Request-Id
	TraceID   string // of the trace that it belongs to; empty: it is not traced
	Method    string // given by MethodName
	Operation *Operation
	World     string        // of a world that exists; else empty, since then it is only a part of a path
	Status    int           // of HTTP; 0: the connection was dropped without an answer
	Code      string        // of a refusal, SIM-…
	Bytes     int64         // of the answer's body
	Spent     time.Duration // real time that it took
}

// Attrs are the facts as fields of a log line; what is empty is left out.
func (r *Request) Attrs() []slog.Attr {
	attrs := []slog.Attr{
		slog.String("requestId", r.ID), slog.String("traceId", r.TraceID),
		slog.String("system", r.Operation.System), slog.String("operation", r.Operation.Name),
		slog.String("method", r.Method), slog.String("route", r.Operation.Route), slog.String("world", r.World),
		slog.String("code", r.Code),
	}
	attrs = slices.DeleteFunc(attrs, func(a slog.Attr) bool { return a.Value.String() == "" })
	return append(attrs, slog.Int("status", r.Status), slog.Int64("bytes", r.Bytes), slog.Int64("spentMicroseconds", r.Spent.Microseconds()))
}

// MethodName is the method of a request; any other word than the known ones is the client's own text, and becomes "other".
func MethodName(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}
