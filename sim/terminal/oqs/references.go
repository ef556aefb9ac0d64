package oqs

import (
	"context"
	"net/http"
	"slices"

	"onshisim/sim/terminal"
	"onshisim/sim/terminal/oqs/message"
)

const registrationElement = "ReferenceNumberRegistrationInfo"

// registration gives a person the institution's own number (照会番号登録情報).
type registration struct {
	*fields
	certificate     terminal.Certificate
	referenceNumber string
}

func (x *exchange) registrationOf(f *fields) registration {
	r := registration{fields: f}
	r.referenceNumber = f.atMost("ReferenceNumber", f.required("ReferenceNumber"), 50)
	r.certificate = x.certificateOf(f, usualNames)
	return r
}

func (r *registration) echo() message.Element {
	return echo(registrationElement, r.fields, "ReferenceNumber", "InsurerNumber", "InsuredCardSymbol", "InsuredIdentificationNumber", "InsuredBranchNumber")
}

// putReferenceNumber answers OQSsiimm01. The tree of the answer's body is not public; it is that of a batch's unit.
func (x *exchange) putReferenceNumber(ctx context.Context) (answer, error) {
	r := x.registrationOf(x.body.group(registrationElement))
	if why := x.wrong(x.header, x.body); why != nil {
		return answer{}, why
	}
	why, err := x.register(ctx, &r)
	if err != nil {
		return answer{}, err
	}
	return answer{
		header: header{segment: normal}.elements(x),
		body:   append([]message.Element{r.echo()}, outcome(why)...),
	}, nil
}

// register gives the one person under the certificate the number.
func (x *exchange) register(ctx context.Context, r *registration) (*rejection, error) {
	if why := x.wrong(r.fields); why != nil {
		return why, nil
	}
	var done struct{ ProcessingResultStatus string }
	why, err := x.system.ask(ctx, x.Token, http.MethodPut, "/reference-numbers", struct {
		terminal.Certificate
		ReferenceNumber string `json:"referenceNumber"`
	}{r.certificate, r.referenceNumber}, &done)
	if why == nil && err == nil && done.ProcessingResultStatus != "1" {
		why = reject("SIM-OQS-PERSON", "No person, or more than one, has this certificate.")
	}
	return why, err
}

// numberedBatch answers OQSmuimm02: what became of a batch of reference numbers.
func (x *exchange) numberedBatch(ctx context.Context) (answer, error) {
	return x.batch(ctx, batchOfNumbers, func(ctx context.Context, f *fields) (message.Element, *rejection, error) {
		r := x.registrationOf(f)
		why, err := x.register(ctx, &r)
		return message.Group("BulkRegistrationUnit", slices.Concat([]message.Element{r.echo()}, outcome(why))...), why, err
	})
}
