package intermediate

import (
	"context"

	"onshisim/sim/problem"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

type findSubjectInput struct {
	Body struct {
		IndividualNumber string `json:"individualNumber" pattern:"^[0-9]{12}$" patternDescription:"12 digits" doc:"個人番号"`
	}
}

// subjectInput names a person by the caller's own code; every organisation's differs.
type subjectInput struct {
	InstitutionSpecificCode string `path:"institutionSpecificCode" maxLength:"64" doc:"機関別符号"`
}

type setSubjectFlagInput struct {
	InstitutionSpecificCode string `path:"institutionSpecificCode" maxLength:"64" doc:"機関別符号"`
	Body                    struct {
		NonDisclosure bool `json:"nonDisclosure" doc:"不開示該当フラグ of the inquirer"`
	}
}

type subjectOutput struct {
	Body subject
}

// subject is what one organisation sees of a person.
type subject struct {
	InstitutionSpecificCode string           `json:"institutionSpecificCode" doc:"機関別符号"`
	NonDisclosure           bool             `json:"nonDisclosure" doc:"the caller's own flag as an inquirer; an insurer's flags stand on its members"`
	Inquiries               []subjectInquiry `json:"inquiries" doc:"of an agency: those it made; of an insurer: those it was asked. The oldest first"`
}

type subjectInquiry struct {
	InquiryID             string `json:"inquiryId"`
	InquiredAt            string `json:"inquiredAt"`
	ProviderInsurerNumber string `json:"providerInsurerNumber"`
	Item                  string `json:"item" enum:"eligibility,benefits,checkups"`
	InquiryResult
}

func findSubject(ctx context.Context, in *findSubjectInput) (*subjectOutput, error) {
	a := web.AccessOf(ctx)
	p, known := a.World.PersonByIndividualNumber(in.Body.IndividualNumber)
	if !known {
		return nil, problem.New(problem.NotFound, "SIM-INT-404", "Nobody has this individual number now.")
	}
	return showingSubject(a, p), nil
}

func showSubject(ctx context.Context, in *subjectInput) (*subjectOutput, error) {
	a := web.AccessOf(ctx)
	p, err := a.World.Subject(a.Caller, in.InstitutionSpecificCode)
	if err != nil {
		return nil, err
	}
	return showingSubject(a, p), nil
}

// setSubjectFlag sets or lifts the inquirer's own flag for a person (P6-1).
func setSubjectFlag(ctx context.Context, in *setSubjectFlagInput) (*subjectOutput, error) {
	a := web.AccessOf(ctx)
	p, err := a.World.Subject(a.Caller, in.InstitutionSpecificCode)
	if err != nil {
		return nil, err
	}
	if err := a.World.SetSubjectFlag(ctx, a.Caller.Code, p, in.Body.NonDisclosure); err != nil {
		return nil, err
	}
	return showSubject(ctx, &subjectInput{in.InstitutionSpecificCode})
}

func showingSubject(a *web.Access, p *world.Insured) *subjectOutput {
	inquirer := a.Caller.Role == world.RoleAgency
	seen := subject{
		InstitutionSpecificCode: a.World.SubjectCode(a.Caller, p),
		NonDisclosure:           inquirer && p.HidesSubject(a.Caller.Code),
		Inquiries:               []subjectInquiry{},
	}
	for i := range p.ExchangeRecords {
		r := &p.ExchangeRecords[i]
		party := r.ProviderInsurerNumber
		if inquirer {
			party = r.AgencyCode
		}
		if party == a.Caller.Code {
			seen.Inquiries = append(seen.Inquiries, subjectInquiry{
				r.InquiryID, world.Instant(r.InquiredAt), r.ProviderInsurerNumber, r.Item, resultOf(r),
			})
		}
	}
	return &subjectOutput{seen}
}
