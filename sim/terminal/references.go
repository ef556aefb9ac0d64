package terminal

import (
	"context"

	"onshisim/sim/web"
	"onshisim/sim/world"
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
	var found []*world.Insured
	for m := range in.Body.find(a.World) {
		if in.Body.Birthdate == "" || in.Body.Birthdate == m.Person.Members[m.Own].Birthdate {
			found = append(found, m.Person)
		}
	}
	out := &putReferenceNumberOutput{}
	if out.Body.ProcessingResultStatus = "2"; len(found) != 1 {
		return out, nil
	}
	out.Body.ProcessingResultStatus = "1"
	return out, a.World.PutReferenceNumber(ctx, a.Caller.Code, found[0], in.Body.ReferenceNumber)
}
