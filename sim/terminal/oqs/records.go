package oqs

import (
	"context"
	"net/http"

	"onshisim/sim/show"
	"onshisim/sim/terminal/oqs/message"
)

// The requests for medicines (薬剤情報) and checkups (特定健診情報) name the certificate by other elements than the others do, and
// in their header. Sources differ on these messages: docs/wire-format.md calls them partial.
var recordNames = certificateNames{"InsurerNumber", "InsuranceCardSymbol", "InsuredPersonIdentificationNumber", "BranchNumber"}

// The values of FileCategory: what an answer is.
const (
	asPDF = "1"
	asXML = "2"
)

// succeeded is the ResultCode of an answer that has what was asked for; another is a code of ours.
const succeeded = "1"

// recordsAsked are an institution's records of the holder of a certificate, which are shown with the consent that was given at
// the card reader within 24 hours (P3-4).
func recordsAsked[Record any](ctx context.Context, x *exchange, path string) (records []Record, category string, err error) {
	certificate := x.certificateOf(x.header, recordNames)
	category = x.body.oneOf("FileCategory", asPDF, asXML)
	x.body.text("PrDiInfClassification")
	x.body.text("MedicalTreatmentFlag")
	if why := x.wrong(x.header, x.body); why != nil {
		return nil, "", why
	}
	var found show.List[Record]
	why, err := x.system.ask(ctx, x.Token, http.MethodPost, path, certificate, &found)
	if why != nil {
		err = why
	}
	return found.Items, category, err
}

// recordsHeader begins an answer with what became of the request.
func recordsHeader(code, text string, holder message.Element) []message.Element {
	return []message.Element{message.Leaf("ResultCode", code), message.Leaf("MessageContents", text), holder}
}

// noRecords is an answer that has no records, and says why.
func (x *exchange) noRecords(why *rejection) answer {
	return answer{header: recordsHeader(why.code, why.message, message.Element{})}
}
