package terminal

import (
	"cmp"
	"context"

	"onshisim/sim/disclosure"
	"onshisim/sim/matching"
	"onshisim/sim/problem"
	"onshisim/sim/show"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

// Certificate is what stands on an insurance certificate (被保険者証).
type Certificate struct {
	InsurerNumber               string `json:"insurerNumber" minLength:"1" maxLength:"8"`
	InsuredCardSymbol           string `json:"insuredCardSymbol" required:"false" maxLength:"64"`
	InsuredIdentificationNumber string `json:"insuredIdentificationNumber" minLength:"1" maxLength:"64"`
	InsuredBranchNumber         string `json:"insuredBranchNumber" required:"false" maxLength:"2" doc:"absent: any"`
}

type checkCertificateInput struct {
	Body struct {
		Certificate
		Birthdate                     string `json:"birthdate" format:"date"`
		QualificationConfirmationDate string `json:"qualificationConfirmationDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02" doc:"資格確認日; absent: today"`
	}
}

type checkCertificateOutput struct {
	Body certificateAnswer
}

type certificateAnswer struct {
	QualificationValidity string              `json:"qualificationValidity" enum:"1,2,3,4,5"`
	Results               []world.Eligibility `json:"results"`
	ReferenceNumber       string              `json:"referenceNumber" doc:"照会番号"`
}

// checkCertificate answers for whoever holds the certificate: without address where a flag hides it (P9-1, P9-2). The day
// asked about says whether the eligibility holds; whose flag counts is always a matter of today.
func checkCertificate(ctx context.Context, in *checkCertificateInput) (*checkCertificateOutput, error) {
	a := web.AccessOf(ctx)
	today := a.World.Today()
	day := disclosure.Date(cmp.Or(in.Body.QualificationConfirmationDate, string(today)))
	if !world.IsDate(string(day)) {
		return nil, problem.BadField("body.qualificationConfirmationDate", "must be a day of the calendar as in 2006-01-02")
	}
	out := &checkCertificateOutput{certificateAnswer{QualificationValidity: show.NoEligibility, Results: []world.Eligibility{}}}
	var found []world.MemberOf
	for m := range in.Body.find(a.World) {
		if m.Person.Members[m.Own].Birthdate == in.Body.Birthdate {
			found = append(found, m)
		}
	}
	switch {
	case len(found) > 1:
		out.Body.QualificationValidity = show.SeveralMatches
	case len(found) == 1:
		p, own := found[0].Person, found[0].Own
		if out.Body.QualificationValidity = show.Validity(p, own, day); out.Body.QualificationValidity == show.NoEligibility {
			break
		}
		verdict := p.Decide(disclosure.CertificateEligibility, disclosure.Institution, own, today)
		out.Body.Results = show.Eligibility(&p.Members[own], verdict.Outcome)
		out.Body.ReferenceNumber = p.ReferenceNumber(a.Caller.Code)
	}
	return out, nil
}

// find yields the memberships that the certificate stands for.
func (c *Certificate) find(w *world.World) func(yield func(world.MemberOf) bool) {
	branch := matching.Fold(c.InsuredBranchNumber)
	return func(yield func(world.MemberOf) bool) {
		for p, own := range w.Certificates(c.InsurerNumber, c.InsuredCardSymbol, c.InsuredIdentificationNumber) {
			if branch != "" && branch != p.Members[own].InsuredBranchNumber {
				continue
			}
			if !yield(world.MemberOf{Person: p, Own: own}) {
				return
			}
		}
	}
}
