package terminal

import (
	"context"

	"onshisim/sim/web"
)

type putReferenceNumberInput struct {
	Body struct {
		Certificate
		Birthdate       string `json:"birthdate" required:"false" doc:"tells two persons under one certificate number apart"`
		ReferenceNumber string `json:"referenceNumber" minLength:"1" maxLength:"50"`
	}
}

type putReferenceNumberOutput struct {
	Body struct {
		ProcessingResultStatus string `json:"processingResultStatus" enum:"1,2" doc:"1 done, 2 not: no or several persons"`
	}
}

// putReferenceNumber gives the one person under a certificate the institution's number.
func putReferenceNumber(ctx context.Context, in *putReferenceNumberInput) (*putReferenceNumberOutput, error) {
	a := web.AccessOf(ctx)
	holders := in.Body.holders(nil, a.World, in.Body.Birthdate, a.World.Today())
	out := &putReferenceNumberOutput{}
	if out.Body.ProcessingResultStatus = "2"; len(holders) == 0 || areSeveral(holders) {
		return out, nil
	}
	out.Body.ProcessingResultStatus = "1"
	return out, a.World.PutReferenceNumber(ctx, a.Caller.Code, holders[0].Person, in.Body.ReferenceNumber)
}
