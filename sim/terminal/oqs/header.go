package oqs

import (
	"strings"
	"time"

	"onshisim/sim/terminal/oqs/message"
)

// header is what stands in the header of an answer besides what is repeated of the request.
type header struct {
	segment  string
	rejected *rejection
	counts   []message.Element
}

// The values of ReferenceClassification (照会区分).
const (
	byCard        = "1" // マイナンバーカード
	byCertificate = "2" // 被保険者証
)

// The values of SegmentOfResult (処理結果区分).
const (
	normal     = "1" // 正常終了
	processing = "2" // 処理中
	abnormal   = "9" // 異常終了
)

// elements are those of a header, in the one order that serves all messages.
func (h header) elements(x *exchange) []message.Element {
	code, text := h.rejected.told()
	elements := []message.Element{
		message.Leaf("ProcessExecutionTime", timestamp(x.Now)),
		message.Leaf("QualificationConfirmationDate", compact(x.confirmationDate)),
		message.Leaf("MedicalInstitutionCode", x.Institution),
		message.Leaf("ArbitraryFileIdentifier", x.identifier),
		message.Leaf("ReferenceClassification", x.classification),
		message.Leaf("ReceptionNumber", x.reception),
		message.Leaf("SegmentOfResult", h.segment),
		message.Leaf("ErrorCode", code),
		message.Leaf("ErrorMessage", text),
	}
	elements = append(elements, h.counts...)
	return append(elements, message.Leaf("CharacterCodeIdentifier", x.encoding().Identifier()))
}

// failed is an answer that says that the whole message failed.
func (x *exchange) failed(why *rejection) answer {
	return answer{header: header{segment: abnormal, rejected: why}.elements(x)}
}

// failedOne is that to a message about one person.
func (x *exchange) failedOne(why *rejection) answer {
	a := x.failed(why)
	a.body = outcome(why)
	return a
}

// told are code and text of a rejection; both empty if there is none.
func (r *rejection) told() (code, text string) {
	if r == nil {
		return "", ""
	}
	return r.code, r.message
}

// outcome says what became of one person: ProcessingResultStatus (処理結果状況) 1 if it was done, 2 if not.
func outcome(of *rejection) []message.Element {
	status := "1"
	if of != nil {
		status = "2"
	}
	code, text := of.told()
	return []message.Element{
		message.Leaf("ProcessingResultStatus", status),
		message.Leaf("ProcessingResultCode", code),
		message.Leaf("ProcessingResultMessage", text),
	}
}

// timestamp is an instant as files have it: yyyyMMddHHmmss.
func timestamp(at time.Time) string { return at.Format("20060102150405") }

// compact is a date or an instant of the HTTP interface as files have it: its digits, without the zone.
func compact(text string) string {
	if whole := len("2006-01-02T15:04:05"); len(text) > whole {
		text = text[:whole]
	}
	return separators.Replace(text)
}

var separators = strings.NewReplacer("-", "", "T", "", ":", "")
