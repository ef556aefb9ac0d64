package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/mutant"
	"onshisim/sim/problem"
	"onshisim/sim/web"
)

func (h *handler) mountMutants(g huma.API) {
	web.Register(g, huma.Operation{
		OperationID: "list-mutants", Method: http.MethodGet, Path: "/mutants", Summary: "The named wrong policies, with the rule that each breaks",
	}, h.listMutants)
	web.Register(g, huma.Operation{
		OperationID: "get-mutant", Method: http.MethodGet, Path: "/worlds/{world}/mutant", Summary: "The wrong policy that the world answers by, if any",
	}, h.getMutant)
	web.Register(g, huma.Operation{
		OperationID: "set-mutant", Method: http.MethodPut, Path: "/worlds/{world}/mutant",
		Summary: "Answer by a wrong policy, to see whether tests notice; with an empty name, by the notice again",
	}, h.setMutant)
}

type mutantsOutput struct {
	Body struct {
		Mutants []mutant.Mutant `json:"mutants" doc:"in the order of the rules"`
	}
}

func (*handler) listMutants(context.Context, *struct{}) (*mutantsOutput, error) {
	out := &mutantsOutput{}
	out.Body.Mutants = mutant.All()
	return out, nil
}

type mutantInForce struct {
	Name string `json:"name" maxLength:"64" doc:"empty: none, the world answers by the notice"`
}

type mutantOutput struct {
	Body mutantInForce
}

func (h *handler) getMutant(ctx context.Context, in *WorldPath) (*mutantOutput, error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	return &mutantOutput{mutantInForce{w.Mutant()}}, nil
}

type setMutantInput struct {
	WorldPath
	Body mutantInForce
}

func (h *handler) setMutant(ctx context.Context, in *setMutantInput) (*mutantOutput, error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	if _, known := mutant.Find(in.Body.Name); !known && in.Body.Name != "" {
		return nil, problem.BadField("body.name", "there is no mutant %q; GET /mutants lists them", in.Body.Name)
	}
	if err := w.SetMutant(ctx, in.Body.Name); err != nil {
		return nil, err
	}
	return &mutantOutput{in.Body}, nil
}
