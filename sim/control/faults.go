package control

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/problem"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

func (h *handler) mountFaults(g huma.API) {
	web.Register(g, huma.Operation{
		OperationID: "script-fault", Method: http.MethodPost, Path: "/worlds/{world}/faults", DefaultStatus: http.StatusCreated,
		Summary: "Script a fault: which requests it strikes, and what becomes of their answers",
		Description: "The first that strikes a request counts; each that matches counts the request. Nothing is random unless probability and seed " +
			"are given, and then it is the same each time.",
	}, h.scriptFault)
	web.Register(g, huma.Operation{
		OperationID: "list-faults", Method: http.MethodGet, Path: "/worlds/{world}/faults", Summary: "The faults in force, and how often each has struck",
	}, h.listFaults)
	web.Register(g, huma.Operation{
		OperationID: "clear-faults", Method: http.MethodDelete, Path: "/worlds/{world}/faults", Summary: "Take all faults out of force",
	}, h.clearFaults)
}

type scriptFaultInput struct {
	WorldPath
	Body world.Fault
}

type scriptedFaultOutput struct {
	Body world.ScriptedFault
}

func (h *handler) scriptFault(ctx context.Context, in *scriptFaultInput) (*scriptedFaultOutput, error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	known := h.operationsOf(in.Body.System)
	if named := in.Body.Operation; named != "" && !slices.Contains(known, named) {
		return nil, problem.BadField("body.operation", "%s has no operation %q; it has %s", in.Body.System, named, strings.Join(known, ", "))
	}
	scripted, err := w.ScriptFault(ctx, in.Body)
	if err != nil {
		return nil, err
	}
	return &scriptedFaultOutput{scripted}, nil
}

type faultsOutput struct {
	Body struct {
		Faults []world.ScriptedFault `json:"faults"`
	}
}

func (h *handler) listFaults(ctx context.Context, in *WorldPath) (*faultsOutput, error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	out := &faultsOutput{}
	out.Body.Faults, err = w.Faults(ctx)
	return out, err
}

func (h *handler) clearFaults(ctx context.Context, in *WorldPath) (*struct{}, error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	return nil, w.ClearFaults(ctx)
}
