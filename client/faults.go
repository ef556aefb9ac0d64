package client

import (
	"context"
	"net/http"

	"onshisim/sim/world"
)

// ScriptFault puts a fault in force behind those that are.
func (w *World) ScriptFault(ctx context.Context, fault world.Fault) (world.ScriptedFault, error) {
	return ask[world.ScriptedFault](ctx, w, http.MethodPost, "/faults", fault)
}

// Faults are those in force, with how many requests each has met and struck.
func (w *World) Faults(ctx context.Context) ([]world.ScriptedFault, error) {
	answer, err := ask[struct {
		Faults []world.ScriptedFault `json:"faults"`
	}](ctx, w, http.MethodGet, "/faults", nil)
	return answer.Faults, err
}

// ClearFaults takes all faults out of force.
func (w *World) ClearFaults(ctx context.Context) error {
	return w.Plane.call(ctx, http.MethodDelete, w.path("/faults"), nil, nil)
}
