package client

import (
	"context"
	"net/http"

	"onshisim/sim/world"
)

// Mode gives the mode in force: normal, disaster (大規模災害) or failure (システム障害).
func (w *World) Mode(ctx context.Context) (world.Mode, error) {
	return ask[world.Mode](ctx, w, http.MethodGet, "/mode", nil)
}

// SetMode changes the mode (P5-5).
func (w *World) SetMode(ctx context.Context, mode world.Mode) (world.Mode, error) {
	body, err := withoutNulls(mode)
	if err != nil {
		return world.Mode{}, err
	}
	return ask[world.Mode](ctx, w, http.MethodPut, "/mode", body)
}
