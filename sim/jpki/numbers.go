package jpki

import (
	"context"

	"onshisim/sim/web"
)

type individualNumberInput struct {
	Number string `path:"number" pattern:"^[0-9]{12}$" patternDescription:"12 digits" doc:"個人番号"`
}

type individualNumberOutput struct {
	Body struct {
		IndividualNumber string `json:"individualNumber" doc:"the new one"`
	}
}

// changeIndividualNumber gives a new number to the person who has this one; nobody has it from then on.
func changeIndividualNumber(ctx context.Context, in *individualNumberInput) (*individualNumberOutput, error) {
	changed, err := web.AccessOf(ctx).World.ChangeIndividualNumber(ctx, in.Number)
	if err != nil {
		return nil, err
	}
	out := &individualNumberOutput{}
	out.Body.IndividualNumber = changed
	return out, nil
}
