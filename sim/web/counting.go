package web

import (
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/telemetry"
)

// count makes what the server's requests are counted under, as far as that is known without its operations.
func (s *Server) count() {
	if s.metrics == nil {
		s.metrics = telemetry.NewMetrics("", "")
	}
	s.inFlight = s.metrics.InFlight(s.name)
	s.elsewhere = s.metrics.Operation(s.name, telemetry.Elsewhere, "")
}

// countOperation makes what the requests to an operation are counted under: the names by which the journal knows it.
func (s *Server) countOperation(_ *huma.OpenAPI, op *huma.Operation) {
	system, name := s.name, op.OperationID
	if i := slices.IndexFunc(op.Tags, func(tag string) bool { return s.systems[tag] != nil }); i >= 0 {
		system = op.Tags[i]
		name = strings.TrimPrefix(name, system+"-")
	}
	s.operations[op.OperationID] = s.metrics.Operation(system, name, op.Path)
	s.added = op
}

// noteOperation notes which operation a request is for, before anything else is done for it.
func (s *Server) noteOperation(ctx huma.Context, next func(huma.Context)) {
	exchangeOf(ctx.Context()).told.Operation = s.operations[ctx.Operation().OperationID]
	next(ctx)
}
