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
	QualificationValidity string              `json:"qualificationValidity" enum:"1,2,3,4,5" doc:"資格有効性: 1 有効, 2 無効, 3 無効(新しい資格あり), 4 該当資格なし (also whatever is withheld), 5 複数該当"`
	Results               []world.Eligibility `json:"results"`
	ReferenceNumber       string              `json:"referenceNumber" doc:"照会番号"`
}

// checkCertificate answers for whoever holds the certificate: without address where a flag hides it (P9-1, P9-2). The day
// asked about says whether the eligibility holds; whose flag counts is always a matter of today. So it can't lie ahead: a
// membership that is yet to begin would come out by the flags of the one before.
func checkCertificate(ctx context.Context, in *checkCertificateInput) (*checkCertificateOutput, error) {
	a := web.AccessOf(ctx)
	look := a.World.Look(ctx)
	day := disclosure.Date(cmp.Or(in.Body.QualificationConfirmationDate, string(look.Today)))
	if !world.IsDate(string(day)) || day > look.Today {
		return nil, problem.BadField("body.qualificationConfirmationDate", "must be a day of the calendar, not after the world's day %s", look.Today)
	}
	out := &checkCertificateOutput{certificateAnswer{QualificationValidity: show.NoEligibility, Results: []world.Eligibility{}}}
	holders := in.Body.holders(a.World, in.Body.Birthdate, day)
	if len(holders) > 1 {
		out.Body.QualificationValidity = show.SeveralMatches
	}
	if len(holders) != 1 {
		return out, nil
	}
	p, own := holders[0].p, show.Newest(holders[0].p, holders[0].owns, day)
	outcome := look.Decide(p, disclosure.CertificateEligibility, disclosure.Institution, own)
	out.Body.QualificationValidity = show.Validity(p, own, day)
	out.Body.Results = show.Eligibility(&p.Members[own], outcome)
	out.Body.ReferenceNumber = p.ReferenceNumber(a.Caller.Code)
	return out, nil
}

// holder is a person with those memberships that a certificate may stand for.
type holder struct {
	p    *world.Insured
	owns []int
}

// holders are the persons whom the certificate may be about on a day; a birthdate tells a family apart, if it is known.
func (c *Certificate) holders(w *world.World, birthdate string, day disclosure.Date) (found []holder) {
	branch := matching.Fold(c.InsuredBranchNumber)
	for p, own := range w.Certificates(c.InsurerNumber, c.InsuredCardSymbol, c.InsuredIdentificationNumber) {
		m := &p.Members[own]
		if branch != "" && branch != m.InsuredBranchNumber || birthdate != "" && birthdate != m.Birthdate || !show.Begun(m, day) {
			continue
		}
		if last := len(found) - 1; last >= 0 && found[last].p == p {
			found[last].owns = append(found[last].owns, own)
			continue
		}
		found = append(found, holder{p, []int{own}})
	}
	return found
}
