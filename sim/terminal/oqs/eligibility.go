package oqs

import (
	"context"
	"net/http"
	"slices"
	"time"

	"onshisim/sim/terminal"
	"onshisim/sim/terminal/oqs/message"
	"onshisim/sim/world"
)

// search is what a request asks about one person (資格確認検索情報).
type search struct {
	*fields
	certificate  terminal.Certificate
	birthdate    string
	limitConsent string // 1 with the patient's consent, given orally
}

const searchElement = "QualificationConfirmSearchInfo"

func (x *exchange) searchOf(f *fields) search {
	s := search{fields: f, certificate: x.certificateOf(f, usualNames)}
	s.birthdate = f.date("Birthdate")
	s.limitConsent = f.oneOf("LimitApplicationCertificateRelatedConsFlg", "0", "1")
	f.text("ArbitraryIdentifier")
	return s
}

// echo is a part of the request as the answer repeats it: with its elements as they came, in the documented order.
func echo(name string, f *fields, elements ...string) message.Element {
	leaves := make([]message.Element, 0, len(elements))
	for _, element := range elements {
		child, _ := f.element.Child(element)
		if child == nil {
			continue
		}
		text := child.Text
		if element == "InsurerNumber" {
			text = padded(text)
		}
		leaves = append(leaves, message.Leaf(element, text))
	}
	return message.Optional(name, leaves...)
}

func (s *search) echo() message.Element {
	return echo(searchElement, s.fields, "InsurerNumber", "InsuredCardSymbol", "InsuredIdentificationNumber", "InsuredBranchNumber",
		"Birthdate", "LimitApplicationCertificateRelatedConsFlg", "ArbitraryIdentifier")
}

// eligibility is what the terminal's system answers to a certificate or a card.
type eligibility struct {
	QualificationValidity string
	Results               []world.Eligibility
	ReferenceNumber       string
	CardReadID            string
	terminal.ConsentTimes
}

// check asks for the eligibility under a certificate. Without the patient's consent the limit certificate is left out. That
// for a specific disease is never told by a certificate: consent to it is given at the card reader alone.
func (x *exchange) check(ctx context.Context, s *search) (found eligibility, why *rejection, err error) {
	if why = x.wrong(s.fields); why != nil {
		return eligibility{}, why, nil
	}
	why, err = x.system.ask(ctx, x.Token, http.MethodPost, "/certificate-checks", struct {
		terminal.Certificate
		Birthdate                     string `json:"birthdate"`
		QualificationConfirmationDate string `json:"qualificationConfirmationDate"`
	}{s.certificate, s.birthdate, x.confirmationDate}, &found)
	if why != nil || err != nil {
		return eligibility{}, why, err
	}
	found.LimitApplicationCertificateRelatedConsFlg = s.limitConsent
	if s.limitConsent == "1" {
		found.LimitApplicationCertificateRelatedConsTime = x.Now.Format(time.RFC3339)
	}
	found.SpecificDiseasesCertificateRelatedConsFlg = "0"
	found.SpecificHealthCheckupsInfoConsFlg = "0"
	found.PharmacistsInfoConsFlg = "0"
	for i := range found.Results {
		result := &found.Results[i]
		result.SpecificDiseasesCertificates = nil
		if s.limitConsent != "1" {
			result.LimitApplicationCertificate = nil
		}
	}
	x.pretend(&found)
	return found, nil, nil
}

// checkEligibility answers OQSsiquc01: the eligibility of one person by certificate (P9-1, P9-2).
func (x *exchange) checkEligibility(ctx context.Context) (answer, error) {
	x.confirmationDate = x.header.date("QualificationConfirmationDate")
	s := x.searchOf(x.body.group(searchElement))
	if why := x.wrong(x.header, x.body); why != nil {
		return answer{}, why
	}
	found, why, err := x.check(ctx, &s)
	if err != nil {
		return answer{}, err
	}
	return answer{
		header: header{segment: normal}.elements(x),
		body:   append(found.elements(why), s.echo()),
	}, nil
}

// elements are those of the body that say what was found.
func (e *eligibility) elements(why *rejection) []message.Element {
	var list []message.Element
	for i := range e.Results {
		list = append(list, resultOf(&e.Results[i], e.consents(), e.ReferenceNumber))
	}
	return append(outcome(why), message.Leaf("QualificationValidity", e.QualificationValidity), message.Optional("ResultList", list...))
}

// consents are the elements about what the patient consented to; a batch has none.
type consents struct{ limit, diseases, records []message.Element }

// consents are those of a card read or of a request.
func (e *eligibility) consents() consents {
	t := &e.ConsentTimes
	return consents{
		limit:    consent("LimitApplicationCertificateRelated", t.LimitApplicationCertificateRelatedConsFlg, t.LimitApplicationCertificateRelatedConsTime, ""),
		diseases: consent("SpecificDiseasesCertificateRelated", t.SpecificDiseasesCertificateRelatedConsFlg, t.SpecificDiseasesCertificateRelatedConsTime, ""),
		records: slices.Concat(
			consent("SpecificHealthCheckupsInfo", t.SpecificHealthCheckupsInfoConsFlg, t.SpecificHealthCheckupsInfoConsTime, t.SpecificHealthCheckupsInfoAvailableTime),
			consent("PharmacistsInfo", t.PharmacistsInfoConsFlg, t.PharmacistsInfoConsTime, t.PharmacistsInfoAvailableTime),
			consent("DiagnosisInfo", "0", "", ""), // 診療情報 and 手術情報 are not simulated
			consent("OperationInfo", "0", "", ""),
		),
	}
}

// consent is a flag with its times, which are there only if it is 1.
func consent(about, flag, at, until string) []message.Element {
	return []message.Element{
		message.Leaf(about+"ConsFlg", flag),
		message.Leaf(about+"ConsTime", compact(at)),
		message.Leaf(about+"AvailableTime", compact(until)),
	}
}
