package terminal

import (
	"cmp"
	"context"
	"slices"

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
	var room [mostHeld]world.MemberOf
	holders := in.Body.holders(room[:0], a.World, in.Body.Birthdate, day)
	if areSeveral(holders) {
		out.Body.QualificationValidity = show.SeveralMatches
		return out, nil
	}
	if len(holders) == 0 {
		return out, nil
	}
	p, own := holders[0].Person, newest(holders, day)
	outcome := look.Decide(p, disclosure.CertificateEligibility, disclosure.Institution, own)
	out.Body.QualificationValidity = show.Validity(p, own, day)
	out.Body.Results = show.Eligibility(&p.Members[own], outcome)
	out.Body.ReferenceNumber = p.ReferenceNumber(a.Caller.Code)
	return out, nil
}

// mostHeld is how many memberships one person hardly ever has under one certificate.
const mostHeld = 4

// holders are the memberships that the certificate may be about on a day, put in a slice; a birthdate tells a family apart,
// if it is known.
func (c *Certificate) holders(to []world.MemberOf, w *world.World, birthdate string, day disclosure.Date) []world.MemberOf {
	branch := matching.Fold(c.InsuredBranchNumber)
	found := w.AppendHolders(to, c.InsurerNumber, c.InsuredCardSymbol, c.InsuredIdentificationNumber, birthdate)
	return slices.DeleteFunc(found, func(h world.MemberOf) bool {
		m := &h.Person.Members[h.Own]
		return branch != "" && branch != m.InsuredBranchNumber || !show.Begun(m, day)
	})
}

// areSeveral says whether holders are more persons than one.
func areSeveral(holders []world.MemberOf) bool {
	return len(holders) > 1 && holders[0].Person != holders[len(holders)-1].Person
}

// newest is the one of a person's memberships that stands for all on a day.
func newest(holders []world.MemberOf, day disclosure.Date) int {
	var room [mostHeld]int
	owns := room[:0]
	for _, h := range holders {
		owns = append(owns, h.Own)
	}
	return show.Newest(holders[0].Person, owns, day)
}
