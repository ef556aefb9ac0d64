package oqs

import (
	"context"
	"errors"
	"strings"
	"time"

	"onshisim/sim/terminal/oqs/message"
	"onshisim/sim/world"
)

// exchange is one request, as it is being answered.
type exchange struct {
	*Terminal
	request
	world.TakenFile
	header, body *fields

	// What the header of an answer repeats of the request.
	identifier       string // the client's own name for the exchange (任意のファイル識別子)
	confirmationDate string // 資格確認日, as in 2006-01-02
	classification   string // ReferenceClassification
	reception        string // 受付番号
}

// answer is what an exchange comes to: the elements of the answer's header and body, or a document in the place of both.
type answer struct {
	header, body []message.Element
	pdf          []byte
}

// kind is a message that requests come as.
type kind struct {
	// knows reads what the header of every answer to it repeats, if it is there.
	knows  func(*exchange)
	answer func(*exchange, context.Context) (answer, error)
	// refused is the answer to a request that is not carried out.
	refused func(*exchange, *rejection) answer
	// once says that it must not be carried out twice. Its answer tells nothing of a person, so that it may be kept.
	once bool
}

// kinds are the messages that are answered here.
var kinds = map[string]kind{
	"OQSsiquc01":   {knows: (*exchange).ofCertificate, answer: (*exchange).checkEligibility, refused: (*exchange).failedOne},
	"OQSsiimm01":   {knows: nothingMore, answer: (*exchange).putReferenceNumber, refused: (*exchange).failedOne},
	batchOfChecks:  {knows: nothingMore, answer: (*exchange).receiveChecks, refused: (*exchange).failed, once: true},
	"OQSmuquc02":   {knows: (*exchange).ofReception, answer: (*exchange).checkedBatch, refused: (*exchange).failed},
	batchOfNumbers: {knows: nothingMore, answer: (*exchange).receiveNumbers, refused: (*exchange).failed, once: true},
	"OQSmuimm02":   {knows: (*exchange).ofReception, answer: (*exchange).numberedBatch, refused: (*exchange).failed},
	"YZKsiquc01":   {knows: nothingMore, answer: (*exchange).listMedicines, refused: (*exchange).noRecords},
	"TKKsiquc01":   {knows: nothingMore, answer: (*exchange).listCheckups, refused: (*exchange).noRecords},
}

func nothingMore(*exchange) {}

// ofCertificate: the answer is about a certificate, on a day.
func (x *exchange) ofCertificate() {
	x.classification = byCertificate
	if day, known := x.header.element.Child("QualificationConfirmationDate"); known {
		if at, err := time.Parse("20060102", day.Text); err == nil {
			x.confirmationDate = at.Format(time.DateOnly)
		}
	}
}

// ofReception: the answer is about a batch.
func (x *exchange) ofReception() {
	if number, known := x.body.element.Child("ReceptionNumber"); known {
		x.reception = number.Text
	}
}

// exchange answers a request, unless it is refused. The error is that it can't be answered now.
func (x *exchange) exchange(ctx context.Context, root message.Element, refusal *message.Refusal) (*delivered, error) {
	if refusal == nil {
		x.header, x.body, refusal = parts(&root)
	}
	if refusal == nil {
		x.identifier = x.header.text("ArbitraryFileIdentifier")
	}
	if refusal == nil && x.meets(world.FileError) {
		refusal = refuse("SIM-OQS-FAULT", "a scripted fault strikes this request: %s", x.Fault.ID)
	}
	if refusal != nil {
		return x.refuse(refusal), nil
	}
	a, err := x.carryOut(ctx)
	if err != nil {
		return nil, err
	}
	extension := ".xml"
	if a.pdf != nil {
		extension = ".pdf"
	}
	return x.ready(x.request.answer(extension), a), nil
}

// parts takes a message apart into header and body, as all messages have them.
func parts(root *message.Element) (header, body *fields, refusal *message.Refusal) {
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
	what.knows(x)
	if code := x.header.required("MedicalInstitutionCode"); code != x.Institution {
		return what.refused(x, reject("SIM-OQS-INSTITUTION", "MedicalInstitutionCode is %.40q; this is the terminal of %s.", code, x.Institution)), nil
	}
	if x.meets(world.FileProcessing) {
		return answer{header: header{segment: processing}.elements(x)}, nil
	}
	a, err := what.answer(x, ctx)
	if rejected, ok := errors.AsType[*rejection](err); ok {
		return what.refused(x, rejected), nil
	}
	return a, err
}

// refuse makes the error file. Its form is not public; this is ours.
func (x *exchange) refuse(why *message.Refusal) *delivered {
	x.Logger.Warn("a request is refused", "request", x.file, "code", why.Code, "reason", why.Message)
	return x.ready(x.refusal(), x.failed(&rejection{why.Code, why.Message}))
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
