package terminal

import (
	"context"
	"time"

	"onshisim/sim/disclosure"
	"onshisim/sim/problem"
	"onshisim/sim/show"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

type readCardInput struct {
	Body world.PresentedCard
}

type readCardOutput struct {
	Body cardReadAnswer
}

type cardReadAnswer struct {
	QualificationValidity string              `json:"qualificationValidity" enum:"1,2,3,4,5" doc:"資格有効性: 1 有効, 2 無効, 3 無効(新しい資格あり), 4 該当資格なし (also whatever is withheld), 5 複数該当"`
	Results               []world.Eligibility `json:"results"`
	CardReadID            string              `json:"cardReadId"`
	ReferenceNumber       string              `json:"referenceNumber" doc:"照会番号"`
	ConsentTimes
}

// ConsentTimes say what was consented to and, where it opens something later, until when (24 h).
type ConsentTimes struct {
	LimitApplicationCertificateRelatedConsFlg  string `json:"limitApplicationCertificateRelatedConsFlg" enum:"0,1"`
	LimitApplicationCertificateRelatedConsTime string `json:"limitApplicationCertificateRelatedConsTime"`
	SpecificDiseasesCertificateRelatedConsFlg  string `json:"specificDiseasesCertificateRelatedConsFlg" enum:"0,1"`
	SpecificDiseasesCertificateRelatedConsTime string `json:"specificDiseasesCertificateRelatedConsTime"`
	SpecificHealthCheckupsInfoConsFlg          string `json:"specificHealthCheckupsInfoConsFlg" enum:"0,1"`
	SpecificHealthCheckupsInfoConsTime         string `json:"specificHealthCheckupsInfoConsTime"`
	SpecificHealthCheckupsInfoAvailableTime    string `json:"specificHealthCheckupsInfoAvailableTime"`
	PharmacistsInfoConsFlg                     string `json:"pharmacistsInfoConsFlg" enum:"0,1"`
	PharmacistsInfoConsTime                    string `json:"pharmacistsInfoConsTime"`
	PharmacistsInfoAvailableTime               string `json:"pharmacistsInfoAvailableTime"`
}

func readCard(ctx context.Context, in *readCardInput) (*readCardOutput, error) {
	a := web.AccessOf(ctx)
	v := in.Body.Verification
	if v.Method == world.VerifyPIN && v.PIN == "" {
		return nil, problem.BadField("body.verification.pin", "is needed with method pin")
	}
	read, p, look, err := a.World.ReadCard(ctx, a.Caller.Code, in.Body.CardSerial, v, in.Body.Consents)
	if err != nil {
		return nil, err
	}
	return &readCardOutput{answerTo(read, p, look)}, nil
}

// showCardRead shows a read once more, for 24 hours: what the card would open now, to the consents that were given then.
func showCardRead(ctx context.Context, in *cardReadInput) (*readCardOutput, error) {
	a := web.AccessOf(ctx)
	look := a.World.Look(ctx)
	read, p, err := a.World.CardRead(look, a.Caller.Code, in.ID)
	if err != nil {
		return nil, err
	}
	if !look.Of(p).Consented(disclosure.ConsentGiven, true, read.At) {
		return nil, errReadTooOld
	}
	return &readCardOutput{answerTo(read, p, look)}, nil
}

var errReadTooOld = problem.New(problem.Forbidden, "SIM-TERM-EXPIRED", "The card was read more than 24 hours ago; read the card again.")

// answerTo is what an institution is told of a read of its own; p is nil if the card opened nothing.
func answerTo(read world.CardRead, p *world.Insured, look world.Look) cardReadAnswer {
	answer := cardReadAnswer{
		QualificationValidity: show.NoEligibility, Results: []world.Eligibility{}, CardReadID: read.ID,
		ConsentTimes: timesOf(read.Consents, read.At),
	}
	if p != nil {
		answer.QualificationValidity, answer.Results = cardResults(p, read.Consents, look)
		answer.ReferenceNumber = p.ReferenceNumber(read.Institution)
	}
	return answer
}

// cardResults shows what a card opened: certificates that need consent only with it.
func cardResults(p *world.Insured, given world.Consents, look world.Look) (string, []world.Eligibility) {
	validity, owns := show.Eligibilities(p, look)
	results := []world.Eligibility{}
	for _, own := range owns {
		outcome := look.Decide(p, disclosure.CardEligibility, disclosure.Institution, own)
		results = append(results, show.Eligibility(&p.Members[own], outcome)...)
	}
	for i := range results {
		if !given.LimitCertificate {
			results[i].LimitApplicationCertificate = nil
		}
		if !given.SpecificDiseases {
			results[i].SpecificDiseasesCertificates = []world.SpecificDiseasesCertificate{}
		}
	}
	return validity, results
}

func timesOf(given world.Consents, at time.Time) (t ConsentTimes) {
	t.LimitApplicationCertificateRelatedConsFlg, t.LimitApplicationCertificateRelatedConsTime, _ = consentTime(given.LimitCertificate, at)
	t.SpecificDiseasesCertificateRelatedConsFlg, t.SpecificDiseasesCertificateRelatedConsTime, _ = consentTime(given.SpecificDiseases, at)
	t.SpecificHealthCheckupsInfoConsFlg, t.SpecificHealthCheckupsInfoConsTime, t.SpecificHealthCheckupsInfoAvailableTime = consentTime(given.Checkups, at)
	t.PharmacistsInfoConsFlg, t.PharmacistsInfoConsTime, t.PharmacistsInfoAvailableTime = consentTime(given.Medicines, at)
	return t
}

func consentTime(given bool, at time.Time) (flag, consented, available string) {
	if !given {
		return "0", "", ""
	}
	return "1", world.Instant(at), world.Instant(at.Add(world.ConsentLife))
}
