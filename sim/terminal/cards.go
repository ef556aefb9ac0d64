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
	Body struct {
		CardSerial   string       `json:"cardSerial" minLength:"1" maxLength:"64"`
		Verification verification `json:"verification"`
		Consents     consents     `json:"consents" required:"false"`
	}
}

type verification struct {
	Method string `json:"method" enum:"pin,face,staff" doc:"暗証番号, 顔認証, 目視確認"`
	PIN    string `json:"pin" required:"false" pattern:"^([0-9]{4})?$" patternDescription:"4 digits" doc:"with method pin"`
	Match  bool   `json:"match" required:"false" doc:"with method face: whether the face matches"`
}

type consents struct {
	Checkups         bool `json:"checkups" required:"false"`
	Medicines        bool `json:"medicines" required:"false"`
	LimitCertificate bool `json:"limitCertificate" required:"false"`
	SpecificDiseases bool `json:"specificDiseases" required:"false"`
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
	v, given := in.Body.Verification, world.Consents(in.Body.Consents)
	if v.Method == world.VerifyPIN && v.PIN == "" {
		return nil, problem.BadField("body.verification.pin", "is needed with method pin")
	}
	read, p, look, err := a.World.ReadCard(ctx, a.Caller.Code, in.Body.CardSerial, world.Verification(v), given)
	if err != nil {
		return nil, err
	}
	answer := cardReadAnswer{
		QualificationValidity: show.NoEligibility, Results: []world.Eligibility{}, CardReadID: read.ID,
		ConsentTimes: timesOf(given, read.At),
	}
	if p != nil {
		answer.QualificationValidity, answer.Results = cardResults(p, given, look)
		answer.ReferenceNumber = p.ReferenceNumber(a.Caller.Code)
	}
	return &readCardOutput{answer}, nil
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

type cardReadInput struct {
	ID string `path:"id" maxLength:"64" doc:"the cardReadId"`
}

type medicinesOutput struct {
	Body show.List[show.Medicine]
}

func listMedicines(ctx context.Context, in *cardReadInput) (*medicinesOutput, error) {
	p, look, err := consented(ctx, in.ID, func(c world.Consents) bool { return c.Medicines })
	if err != nil {
		return nil, err
	}
	return &medicinesOutput{show.InstitutionMedicines(p, look)}, nil
}

type checkupsOutput struct {
	Body show.List[show.Checkup]
}

func listCheckups(ctx context.Context, in *cardReadInput) (*checkupsOutput, error) {
	p, look, err := consented(ctx, in.ID, func(c world.Consents) bool { return c.Checkups })
	if err != nil {
		return nil, err
	}
	return &checkupsOutput{show.InstitutionCheckups(p, look)}, nil
}

// consented is the person whom a card read opened, nil if nobody, when the consent asked for was given within 24 hours.
func consented(ctx context.Context, id string, to func(world.Consents) bool) (p *world.Insured, look world.Look, err error) {
	a := web.AccessOf(ctx)
	look = a.World.Look(ctx)
	read, p, err := a.World.CardRead(look, a.Caller.Code, id)
	if err != nil {
		return nil, look, err
	}
	if !look.Of(p).Consented(disclosure.ConsentGiven, to(read.Consents), read.At) {
		return nil, look, problem.New(problem.Forbidden, "SIM-TERM-CONSENT", "The patient did not consent to this at the card reader within the last 24 hours; read the card again.")
	}
	return p, look, nil
}
