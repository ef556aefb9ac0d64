package oqs

import (
	"context"
	"errors"
	"strings"

	"onshisim/sim/terminal/oqs/message"
	"onshisim/sim/world"
)

// exchange is one request, as it is being answered.
type exchange struct {
	*Terminal
	request
	world.TakenFile
	header, body *fields

	identifier       string // the client's own name for the exchange (任意のファイル識別子)
	confirmationDate string // 資格確認日, where the request has one
}

// answer is what an exchange comes to: the elements of the answer's header and body, or a document in the place of both.
type answer struct {
	header, body []message.Element
	pdf          []byte
}

// kind is a message that requests come as.
type kind struct {
	answer func(*exchange, context.Context) (answer, error)
	// refused is the header of the answer to a request that is not carried out.
	refused func(*exchange, *rejection) []message.Element
}

// kinds are the messages that are answered here.
var kinds = map[string]kind{
	"OQSsiquc01":   {(*exchange).checkEligibility, (*exchange).failed},
	"OQSsiimm01":   {(*exchange).putReferenceNumber, (*exchange).failed},
	batchOfChecks:  {(*exchange).receiveChecks, (*exchange).failed},
	"OQSmuquc02":   {(*exchange).checkedBatch, (*exchange).failed},
	batchOfNumbers: {(*exchange).receiveNumbers, (*exchange).failed},
	"OQSmuimm02":   {(*exchange).numberedBatch, (*exchange).failed},
	"YZKsiquc01":   {(*exchange).listMedicines, (*exchange).noRecords},
	"TKKsiquc01":   {(*exchange).listCheckups, (*exchange).noRecords},
}

// parts takes a message apart into header and body, as all messages have them.
func parts(root *message.Element) (header, body *fields, err error) {
	h, hasHeader := root.Child("MessageHeader")
	b, hasBody := root.Child("MessageBody")
	if root.Name != "XmlMsg" || !hasHeader || !hasBody || len(root.Children) != 2 {
		return nil, nil, refuse("SIM-OQS-MESSAGE", "a request is an XmlMsg of one MessageHeader and one MessageBody; the root of this one is %.40q", root.Name)
	}
	return fieldsOf(*h), fieldsOf(*b), nil
}

// carryOut carries out the request. What is rejected stands in the answer; an error is that there is none now.
func (x *exchange) carryOut(ctx context.Context) (answer, error) {
	what := kinds[x.kind]
	code := x.header.required("MedicalInstitutionCode")
	x.identifier = x.header.text("ArbitraryFileIdentifier")
	if code != x.Institution {
		return answer{header: what.refused(x, reject("SIM-OQS-INSTITUTION", "MedicalInstitutionCode is %.40q; this is the terminal of %s.", code, x.Institution))}, nil
	}
	if x.meets(faultProcessing) {
		return answer{header: header{reception: x.body.text("ReceptionNumber"), segment: processing}.elements(x)}, nil
	}
	a, err := what.answer(x, ctx)
	if rejected, ok := errors.AsType[*rejection](err); ok {
		return answer{header: what.refused(x, rejected)}, nil
	}
	return a, err
}

// wrong rejects what is wrong with elements of a request; nil if nothing is. Elements that are not known here are wrong only
// where checking is strict, since the official interface may have more.
func (x *exchange) wrong(all ...*fields) *rejection {
	var mistakes, unknown []string
	for _, f := range all {
		mistakes = append(mistakes, f.wrong...)
		unknown = append(unknown, f.unknown()...)
	}
	if len(unknown) > 0 && x.Strict {
		mistakes = append(mistakes, strings.Join(unknown, ", ")+" is not known here")
	} else if len(unknown) > 0 {
		x.Logger.Warn("elements passed over", "request", x.file, "elements", unknown)
	}
	if len(mistakes) == 0 {
		return nil
	}
	return reject("SIM-OQS-FIELD", "%s.", strings.Join(mistakes, "; "))
}
