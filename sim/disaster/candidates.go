package disaster

import (
	"context"

	"onshisim/sim/disclosure"
	"onshisim/sim/problem"
	"onshisim/sim/show"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

// CandidateInput names a candidate in the path.
type CandidateInput struct {
	ID string `path:"id" maxLength:"64" doc:"the candidateId"`
}

// person is the candidate whom the institution knows under this id.
func (in *CandidateInput) person(ctx context.Context) (*world.Insured, error) {
	a := web.AccessOf(ctx)
	p, known := a.World.Candidate(a.Caller.Code, in.ID)
	if !known {
		return nil, problem.New(problem.NotFound, "SIM-DIS-404", "You have no candidate with this id; search first.")
	}
	return p, nil
}

type candidateOutput struct {
	Body struct {
		QualificationValidity string              `json:"qualificationValidity" enum:"1,2,3,4,5" doc:"資格有効性: 1 有効, 2 無効, 3 無効(新しい資格あり), 4 該当資格なし (also whatever is withheld), 5 複数該当"`
		Results               []world.Eligibility `json:"results"`
	}
}

func openCandidate(ctx context.Context, in *CandidateInput) (*candidateOutput, error) {
	p, err := in.person(ctx)
	if err != nil {
		return nil, err
	}
	look := web.AccessOf(ctx).World.Look(ctx)
	out := &candidateOutput{}
	out.Body.Results = []world.Eligibility{}
	var owns []int
	out.Body.QualificationValidity, owns = show.Eligibilities(p, look)
	for _, own := range owns {
		outcome := look.Decide(p, disclosure.DisasterEligibility, disclosure.Institution, own)
		out.Body.Results = append(out.Body.Results, show.Eligibility(&p.Members[own], outcome)...)
	}
	return out, nil
}

type consentInput struct {
	CandidateInput
	Body struct {
		Checkups  bool   `json:"checkups" required:"false"`
		Medicines bool   `json:"medicines" required:"false"`
		AskedBy   string `json:"askedBy" minLength:"1" maxLength:"200" doc:"the member of the medical staff who asked"`
	}
}

type consentOutput struct {
	Body struct {
		Checkups      bool   `json:"checkups"`
		Medicines     bool   `json:"medicines"`
		AskedBy       string `json:"askedBy"`
		ConsentTime   string `json:"consentTime" format:"date-time"`
		AvailableTime string `json:"availableTime" format:"date-time" doc:"24 hours later"`
	}
}

// consent enters what the patient answered the medical staff (P5-4).
func consent(ctx context.Context, in *consentInput) (*consentOutput, error) {
	p, err := in.person(ctx)
	if err != nil {
		return nil, err
	}
	a := web.AccessOf(ctx)
	given, err := a.World.ConsentInDisaster(ctx, p, world.DisasterConsent{
		Institution: a.Caller.Code, Checkups: in.Body.Checkups, Medicines: in.Body.Medicines, AskedBy: in.Body.AskedBy,
	})
	if err != nil {
		return nil, err
	}
	out := &consentOutput{}
	out.Body.Checkups, out.Body.Medicines, out.Body.AskedBy = given.Checkups, given.Medicines, given.AskedBy
	out.Body.ConsentTime, out.Body.AvailableTime = world.Instant(given.At), world.Instant(given.At.Add(world.ConsentLife))
	return out, nil
}

type medicinesOutput struct {
	Body show.List[show.Medicine]
}

func listMedicines(ctx context.Context, in *CandidateInput) (*medicinesOutput, error) {
	p, look, err := in.consented(ctx, func(c world.DisasterConsent) bool { return c.Medicines })
	if err != nil {
		return nil, err
	}
	return &medicinesOutput{show.InstitutionMedicines(p, look)}, nil
}

type checkupsOutput struct {
	Body show.List[show.Checkup]
}

func listCheckups(ctx context.Context, in *CandidateInput) (*checkupsOutput, error) {
	p, look, err := in.consented(ctx, func(c world.DisasterConsent) bool { return c.Checkups })
	if err != nil {
		return nil, err
	}
	return &checkupsOutput{show.InstitutionCheckups(p, look)}, nil
}

// consented is the candidate, when the consent asked for was entered within 24 hours.
func (in *CandidateInput) consented(ctx context.Context, to func(world.DisasterConsent) bool) (p *world.Insured, look world.Look, err error) {
	a := web.AccessOf(ctx)
	look = a.World.Look(ctx)
	if p, err = in.person(ctx); err != nil {
		return nil, look, err
	}
	given := a.World.DisasterConsent(a.Caller.Code, p)
	if given.Person != p.ID {
		given = world.DisasterConsent{} // of another, who had the place before a checkpoint was restored
	}
	if !look.Of(p).Consented(disclosure.OralConsentGiven, to(given), given.At) {
		return nil, look, problem.New(problem.Forbidden, "SIM-DIS-CONSENT", "No consent of this patient to this was entered within the last 24 hours; ask, and enter it with POST …/consents.")
	}
	return p, look, nil
}
