package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/explain"
	"onshisim/sim/web"
)

func (h *handler) mountDisclosure(g huma.API) {
	web.Register(g, huma.Operation{
		OperationID: "get-disclosure", Method: http.MethodGet, Path: "/worlds/{world}/persons/{id}/disclosure",
		Summary: "The table of page 12 for this person now, with the reasons",
		Description: "One row per line of the table, place and membership (資格); the initial registration asks the latest alone. " +
			"Exchange records may be hidden beyond this, each by its own code (不開示コード) or its inquirer's flag.",
	}, h.getDisclosure)
}

type disclosureOutput struct {
	Body explain.Disclosure
}

func (h *handler) getDisclosure(ctx context.Context, in *PersonPath) (*disclosureOutput, error) {
	w, p, err := h.person(ctx, in)
	if err != nil {
		return nil, err
	}
	return &disclosureOutput{explain.Disclosure{Mutant: w.Mutant(), Rows: explain.Of(p, w.Look(ctx))}}, nil
}
