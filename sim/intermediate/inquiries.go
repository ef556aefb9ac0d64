package intermediate

import (
	"context"

	"onshisim/sim/show"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

type inquireInput struct {
	Body struct {
		InstitutionSpecificCode string `json:"institutionSpecificCode" minLength:"1" maxLength:"64" doc:"機関別符号"`
		ProviderInsurerNumber   string `json:"providerInsurerNumber" pattern:"^([0-9]{6}|[0-9]{8})$" patternDescription:"6 or 8 digits" doc:"情報提供者の保険者番号"`
		Item                    string `json:"item" enum:"eligibility,benefits,checkups" doc:"特定個人情報"`
	}
}

type inquireOutput struct {
	Body inquiry
}

type inquiry struct {
	InquiryID  string `json:"inquiryId"`
	InquiredAt string `json:"inquiredAt"`
	InquiryResult
	Information *information `json:"information" doc:"null if the linkage did not complete"`
}

// InquiryResult is what became of an inquiry.
type InquiryResult struct {
	Status            string `json:"status" enum:"provided,incomplete" doc:"incomplete: the insurer never had the person as a member"`
	NonDisclosureCode string `json:"nonDisclosureCode" enum:"0,1" doc:"不開示コード: 1 if either side had its flag set when the record was made"`
}

// resultOf tells a record's end and its code, which stays with it when the flag is lifted (P6-2).
func resultOf(r *world.ExchangeRecord) InquiryResult {
	result := InquiryResult{Status: "incomplete", NonDisclosureCode: "0"}
	if r.Completed {
		result.Status = "provided"
	}
	if r.NonDisclosureCode {
		result.NonDisclosureCode = "1"
	}
	return result
}

// information is the item asked for, the others empty.
type information struct {
	Item        string               `json:"item" enum:"eligibility,benefits,checkups"`
	Eligibility *providedEligibility `json:"eligibility" doc:"null unless it is the item"`
	Benefits    []world.Benefit      `json:"benefits" doc:"給付情報"`
	Checkups    []show.Checkup       `json:"checkups" doc:"特定健診情報"`
	_           struct{}             `nullable:"true"`
}

// providedEligibility is eligibility as it goes over the information network (P12-a): without name, address and postal code.
type providedEligibility struct {
	InsurerNumber               string   `json:"insurerNumber"`
	InsurerName                 string   `json:"insurerName"`
	InsuredCardSymbol           string   `json:"insuredCardSymbol"`
	InsuredIdentificationNumber string   `json:"insuredIdentificationNumber"`
	InsuredBranchNumber         string   `json:"insuredBranchNumber"`
	InsuredCardExpirationDate   string   `json:"insuredCardExpirationDate"`
	QualificationDate           string   `json:"qualificationDate"`
	DisqualificationDate        string   `json:"disqualificationDate"`
	_                           struct{} `nullable:"true"`
}

// inquire answers whatever the flags say (P6-3): they put a code on the record and withhold nothing from the inquirer.
func inquire(ctx context.Context, in *inquireInput) (*inquireOutput, error) {
	a := web.AccessOf(ctx)
	p, err := a.World.Subject(a.Caller, in.Body.InstitutionSpecificCode)
	if err != nil {
		return nil, err
	}
	r, err := a.World.Inquire(ctx, a.Caller.Code, p, in.Body.ProviderInsurerNumber, in.Body.Item)
	if err != nil {
		return nil, err
	}
	if now, known := a.World.Person(p.ID); known {
		p = now // as the record found them
	}
	return &inquireOutput{inquiry{r.InquiryID, world.Instant(r.InquiredAt), resultOf(&r), informationOf(p, &r)}}, nil
}

// informationOf is what a record provided, nil if there was no membership to ask about.
func informationOf(p *world.Insured, r *world.ExchangeRecord) *information {
	own := p.Membership(r.PersonalInsuredNumber)
	if own < 0 {
		return nil
	}
	m := &p.Members[own]
	provided := &information{Item: r.Item, Benefits: []world.Benefit{}, Checkups: []show.Checkup{}}
	switch r.Item {
	case "eligibility":
		provided.Eligibility = eligibilityOf(m)
	case "benefits":
		provided.Benefits = m.Benefits
	case "checkups":
		provided.Checkups = checkupsOf(p, m)
	}
	return provided
}

func eligibilityOf(m *world.Member) *providedEligibility {
	return &providedEligibility{
		InsurerNumber: m.InsurerNumber, InsurerName: m.InsurerName,
		InsuredCardSymbol: m.InsuredCardSymbol, InsuredIdentificationNumber: m.InsuredIdentificationNumber,
		InsuredBranchNumber: m.InsuredBranchNumber, InsuredCardExpirationDate: m.InsuredCardExpirationDate,
		QualificationDate: m.QualificationDate, DisqualificationDate: m.DisqualificationDate,
	}
}

// checkupsOf are the checkups held under the membership's own number (P3-6).
func checkupsOf(p *world.Insured, m *world.Member) []show.Checkup {
	held := []show.Checkup{}
	checkups := p.Checkups()
	for i := range checkups {
		if c := &checkups[i]; c.PersonalInsuredNumber == m.PersonalInsuredNumber {
			held = append(held, show.CheckupOf(m, c))
		}
	}
	return held
}
