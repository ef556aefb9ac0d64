package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/web"
	"onshisim/sim/world"
)

func (h *handler) mountMode(g huma.API) {
	web.Register(g, huma.Operation{
		OperationID: "get-mode", Method: http.MethodGet, Path: "/worlds/{world}/mode", Summary: "The world's mode",
	}, h.getMode)
	web.Register(g, huma.Operation{
		OperationID: "set-mode", Method: http.MethodPut, Path: "/worlds/{world}/mode",
		Summary: "Normal, disaster (大規模災害) or failure (システム障害)",
	}, h.setMode)
}

type modeOutput struct {
	Body world.Mode
}

func (h *handler) getMode(ctx context.Context, in *WorldPath) (*modeOutput, error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	return &modeOutput{w.Mode()}, nil
}

type setModeInput struct {
	WorldPath
	Body world.Mode
}

func (h *handler) setMode(ctx context.Context, in *setModeInput) (*modeOutput, error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	if err := w.SetMode(ctx, in.Body); err != nil {
		return nil, err
	}
	return &modeOutput{w.Mode()}, nil
}
