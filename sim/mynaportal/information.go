package mynaportal

import (
	"context"

	"onshisim/sim/disclosure"
	"onshisim/sim/show"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

// eligibility is the eligibility as Mynaportal shows it: the institutions' without address and postal code (P12-c).
type eligibility struct {
	InsuredCardClassification       string                              `json:"insuredCardClassification"`
	InsurerNumber                   string                              `json:"insurerNumber"`
	InsurerName                     string                              `json:"insurerName"`
	InsuredCardSymbol               string                              `json:"insuredCardSymbol"`
	InsuredIdentificationNumber     string                              `json:"insuredIdentificationNumber"`
	InsuredBranchNumber             string                              `json:"insuredBranchNumber"`
	PersonalFamilyClassification    string                              `json:"personalFamilyClassification"`
	Name                            string                              `json:"name"`
	NameKana                        string                              `json:"nameKana"`
	Sex1                            string                              `json:"sex1"`
	Birthdate                       string                              `json:"birthdate"`
	QualificationDate               string                              `json:"qualificationDate"`
	DisqualificationDate            string                              `json:"disqualificationDate"`
	InsuredPartialContributionRatio string                              `json:"insuredPartialContributionRatio"`
	ReasonOfLoss                    string                              `json:"reasonOfLoss"`
	ElderlyRecipientCertificate     *world.ElderlyRecipientCertificate  `json:"elderlyRecipientCertificate"`
	LimitApplicationCertificate     *world.LimitApplicationCertificate  `json:"limitApplicationCertificate"`
	SpecificDiseasesCertificates    []world.SpecificDiseasesCertificate `json:"specificDiseasesCertificates"`
}

type eligibilityOutput struct {
	Body show.List[eligibility]
}

// listEligibility shows the memberships that have begun, past ones included, in the order of their registration.
func listEligibility(ctx context.Context, in *readingInput) (*eligibilityOutput, error) {
	p, err := in.subject(ctx)
	if err != nil {
		return nil, err
	}
	look := web.AccessOf(ctx).World.Look(ctx)
	out := &eligibilityOutput{}
	out.Body.Items = []eligibility{}
	for own := range p.Members {
		m := &p.Members[own]
		if show.Begun(m, look.Today) && look.Decide(p, disclosure.PortalEligibility, disclosure.Portal, own) == disclosure.Provided {
			out.Body.Items = append(out.Body.Items, withoutAddress(&m.Eligibility))
		}
	}
	return out, nil
}

func withoutAddress(e *world.Eligibility) eligibility {
	return eligibility{
		e.InsuredCardClassification, e.InsurerNumber, e.InsurerName, e.InsuredCardSymbol, e.InsuredIdentificationNumber,
		e.InsuredBranchNumber, e.PersonalFamilyClassification, e.Name, e.NameKana, e.Sex1, e.Birthdate, e.QualificationDate,
		e.DisqualificationDate, e.InsuredPartialContributionRatio, e.ReasonOfLoss, e.ElderlyRecipientCertificate,
		e.LimitApplicationCertificate, e.SpecificDiseasesCertificates,
	}
}

// PortalMedicine is a medicine with the institution that gave it, which Mynaportal alone shows (P12-e).
type PortalMedicine struct {
	show.Medicine
	InstitutionName string `json:"institutionName"`
}

type medicinesOutput struct {
	Body show.List[PortalMedicine]
}

func listMedicines(ctx context.Context, in *readingInput) (*medicinesOutput, error) {
	p, err := in.subject(ctx)
	if err != nil {
		return nil, err
	}
	out := &medicinesOutput{}
	out.Body.Items = []PortalMedicine{}
	show.Medicines(p, web.AccessOf(ctx).World.Look(ctx), disclosure.Portal, func(m show.Medicine, r *world.Medicine) {
		out.Body.Items = append(out.Body.Items, PortalMedicine{m, r.InstitutionName})
	})
	return out, nil
}

// PortalCheckup is a checkup with the name of the institution that made it.
type PortalCheckup struct {
	show.Checkup
	InstitutionName string `json:"institutionName"`
}

type checkupsOutput struct {
	Body show.List[PortalCheckup]
}

func listCheckups(ctx context.Context, in *readingInput) (*checkupsOutput, error) {
	p, err := in.subject(ctx)
	if err != nil {
		return nil, err
	}
	out := &checkupsOutput{}
	out.Body.Items = []PortalCheckup{}
	show.Checkups(p, web.AccessOf(ctx).World.Look(ctx), disclosure.Portal, func(c show.Checkup, r *world.Checkup) {
		out.Body.Items = append(out.Body.Items, PortalCheckup{c, r.InstitutionName})
	})
	return out, nil
}

// medicalExpense is a line of the medical-expense notice (P12-g).
type medicalExpense struct {
	InsurerNumber               string `json:"insurerNumber"`
	ReviewMonth                 string `json:"reviewMonth" doc:"審査年月"`
	InsuredIdentificationNumber string `json:"insuredIdentificationNumber"`
	Birthdate                   string `json:"birthdate"`
	TreatmentMonth              string `json:"treatmentMonth" doc:"診療年月"`
	MedicalInstitutionCode      string `json:"medicalInstitutionCode"`
	InstitutionName             string `json:"institutionName"`
	TotalCost                   int64  `json:"totalCost" doc:"yen"`
}

type medicalExpensesOutput struct {
	Body show.List[medicalExpense]
}

func listMedicalExpenses(ctx context.Context, in *readingInput) (*medicalExpensesOutput, error) {
	p, err := in.subject(ctx)
	if err != nil {
		return nil, err
	}
	out := &medicalExpensesOutput{}
	out.Body.Items = []medicalExpense{}
	show.MedicalExpenses(p, web.AccessOf(ctx).World.Look(ctx), func(m *world.Member, r *world.MedicalExpense) {
		out.Body.Items = append(out.Body.Items, medicalExpense{
			m.InsurerNumber, r.ReviewMonth, m.InsuredIdentificationNumber, m.Birthdate, r.TreatmentMonth,
			r.MedicalInstitutionCode, r.InstitutionName, r.TotalCost,
		})
	})
	return out, nil
}
