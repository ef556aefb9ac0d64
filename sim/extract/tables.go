package extract

import "onshisim/sim/population"

// table is one table: what its columns are, and what rows somebody has in it.
type table struct {
	name      string
	columns   []column
	ofRecords bool // needs the records, which cost more than the person
	rows      func(s sink, p *population.Person, r *population.Records)
	static    func(s sink, n *population.Nation) // in place of rows, where persons do not matter
}

// column is one column; what a person does not have is the empty text in it.
type column struct {
	name string
	kind kind
}

type kind uint8

const (
	text kind = iota // of its own in nearly every row
	word             // one of few, or one that repeats
	truth
	number
)

// sink takes the values of a row in the order of the columns.
type sink interface {
	text(value string)
	truth(value bool)
	number(value int64)
	end()
}

// tables are named and filled as the person document names and fills them; keys lead from each to the person.
var tables = []table{
	{name: "persons", columns: []column{
		{"personId", text},
		{"index", number},
		{"household", number},
		{"householdSize", number},
		{"individualNumber", text},
		{"name", text},
		{"nameKana", text},
		{"sex1", word},
		{"birthdate", text},
		{"address", text},
		{"postNumber", word},
		{"portalUserId", text},
		{"registeredCard", text},
		{"registeredOn", word},
	}, rows: func(s sink, p *population.Person, _ *population.Records) {
		s.text(p.ID)
		numbers(s, p.Index, p.Household, p.HouseholdSize)
		texts(s, p.IndividualNumber, p.Name, p.NameKana, p.Sex1, p.Birthdate, p.Address, p.PostNumber, p.PortalUserID, p.RegisteredCard, p.RegisteredOn)
		s.end()
	}},
	{name: "cards", columns: []column{
		{"personId", text}, {"cardSerial", text}, {"pin", text}, {"status", word}, {"cardExpirationDate", word}, {"certificateExpirationDate", word},
	}, rows: func(s sink, p *population.Person, _ *population.Records) {
		for i := range p.Cards {
			c := &p.Cards[i]
			texts(s, p.ID, c.CardSerial, c.PIN, c.Status, c.CardExpirationDate, c.CertificateExpirationDate)
			s.end()
		}
	}},
	{name: "proxies", columns: []column{{"personId", text}, {"portalUserId", text}}, rows: func(s sink, p *population.Person, _ *population.Records) {
		for _, proxy := range p.Proxies {
			texts(s, p.ID, proxy)
			s.end()
		}
	}},
	{name: "members", columns: []column{
		{"personId", text},
		{"personalInsuredNumber", text},
		{"insuredCardClassification", word},
		{"insurerNumber", word},
		{"insurerName", word},
		{"insuredCardSymbol", text},
		{"insuredIdentificationNumber", text},
		{"insuredBranchNumber", word},
		{"personalFamilyClassification", word},
		{"address", text},
		{"postNumber", word},
		{"qualificationDate", word},
		{"disqualificationDate", word},
		{"reasonOfLoss", word},
		{"insuredPartialContributionRatio", word},
		{"elderlyRecipientCertificateDate", word},
		{"elderlyRecipientValidStartDate", word},
		{"elderlyRecipientValidEndDate", word},
		{"elderlyRecipientContributionRatio", word},
		{"limitApplicationCertificateClassification", word},
		{"limitApplicationCertificateClassificationFlag", word},
		{"limitApplicationCertificateDate", word},
		{"limitApplicationCertificateValidStartDate", word},
		{"limitApplicationCertificateValidEndDate", word},
		{"limitApplicationCertificateLongTermDate", word},
		{"nonDisclosure", truth},
		{"selfInformationBlocked", truth},
	}, rows: func(s sink, p *population.Person, _ *population.Records) {
		for i := range p.Members {
			memberRow(s, p, &p.Members[i])
		}
	}},
	{name: "specificDiseasesCertificates", columns: []column{
		{"personId", text},
		{"personalInsuredNumber", text},
		{"specificDiseasesDiseaseCategory", word},
		{"specificDiseasesCertificateDate", word},
		{"specificDiseasesValidStartDate", word},
		{"specificDiseasesValidEndDate", word},
		{"specificDiseasesSelfPay", word},
	}, rows: func(s sink, p *population.Person, _ *population.Records) {
		for i := range p.Members {
			for j := range p.Members[i].SpecificDiseasesCertificates {
				c := &p.Members[i].SpecificDiseasesCertificates[j]
				texts(s, p.ID, p.Members[i].PersonalInsuredNumber, c.SpecificDiseasesDiseaseCategory, c.SpecificDiseasesCertificateDate,
					c.SpecificDiseasesValidStartDate, c.SpecificDiseasesValidEndDate, c.SpecificDiseasesSelfPay)
				s.end()
			}
		}
	}},
	{name: "flagHistory", columns: []column{
		{"personId", text}, {"personalInsuredNumber", text}, {"at", text}, {"appliedOn", word}, {"reason", word}, {"nonDisclosure", word}, {"selfInformationBlocked", word},
	}, rows: func(s sink, p *population.Person, _ *population.Records) {
		for i := range p.Members {
			for j := range p.Members[i].FlagHistory {
				c := &p.Members[i].FlagHistory[j]
				texts(s, p.ID, p.Members[i].PersonalInsuredNumber, c.At, c.AppliedOn, c.Reason, changed(c.NonDisclosure), changed(c.SelfInformationBlocked))
				s.end()
			}
		}
	}},
	{name: "checkups", ofRecords: true, columns: []column{
		{"personId", text}, {"personalInsuredNumber", text}, {"checkupId", word}, {"date", word}, {"medicalInstitutionCode", word}, {"institutionName", word},
	}, rows: func(s sink, p *population.Person, r *population.Records) {
		for i := range r.Checkups {
			c := &r.Checkups[i]
			texts(s, p.ID, c.PersonalInsuredNumber, c.CheckupID, c.Date, c.MedicalInstitutionCode, c.InstitutionName)
			s.end()
		}
	}},
	{name: "checkupItems", ofRecords: true, columns: []column{
		{"personId", text}, {"personalInsuredNumber", text}, {"checkupId", word}, {"code", word}, {"name", word}, {"value", word}, {"unit", word},
	}, rows: func(s sink, p *population.Person, r *population.Records) {
		for i := range r.Checkups {
			c := &r.Checkups[i]
			for j := range c.Items {
				texts(s, p.ID, c.PersonalInsuredNumber, c.CheckupID, c.Items[j].Code, c.Items[j].Name, c.Items[j].Value, c.Items[j].Unit)
				s.end()
			}
		}
	}},
	{name: "medicines", ofRecords: true, columns: []column{
		{"personId", text}, {"personalInsuredNumber", text}, {"treatmentDate", word}, {"institutionName", word}, {"medicineCode", word}, {"medicineName", word},
	}, rows: func(s sink, p *population.Person, r *population.Records) {
		for i := range r.Medicines {
			m := &r.Medicines[i]
			texts(s, p.ID, m.PersonalInsuredNumber, m.TreatmentDate, m.InstitutionName, m.MedicineCode, m.MedicineName)
			s.end()
		}
	}},
	{name: "medicalExpenses", ofRecords: true, columns: []column{
		{"personId", text}, {"personalInsuredNumber", text}, {"reviewMonth", word}, {"treatmentMonth", word}, {"medicalInstitutionCode", word}, {"institutionName", word}, {"totalCost", number},
	}, rows: func(s sink, p *population.Person, r *population.Records) {
		for i := range r.MedicalExpenses {
			e := &r.MedicalExpenses[i]
			texts(s, p.ID, e.PersonalInsuredNumber, e.ReviewMonth, e.TreatmentMonth, e.MedicalInstitutionCode, e.InstitutionName)
			s.number(e.TotalCost)
			s.end()
		}
	}},
	insurers,
	institutions,
}

var insurers = table{name: "insurers", columns: []column{{"insurerNumber", text}, {"insurerName", text}}, static: func(s sink, n *population.Nation) {
	for _, i := range n.Insurers() {
		texts(s, i.InsurerNumber, i.InsurerName)
		s.end()
	}
}}

var institutions = table{name: "institutions", columns: []column{
	{"medicalInstitutionCode", text}, {"institutionName", text}, {"kind", word}, {"area", word},
}, static: func(s sink, n *population.Nation) {
	for index := range n.Institutions() {
		i := n.Institution(index)
		texts(s, i.MedicalInstitutionCode, i.InstitutionName, i.Kind, i.Area)
		s.end()
	}
}}

// documentTables are what there is as documents: a person's holds all of the person's tables.
var documentTables = []table{{name: "persons"}, insurers, institutions}

func memberRow(s sink, p *population.Person, m *population.Member) {
	texts(s, p.ID, m.PersonalInsuredNumber, m.InsuredCardClassification, m.InsurerNumber, m.InsurerName, m.InsuredCardSymbol,
		m.InsuredIdentificationNumber, m.InsuredBranchNumber, m.PersonalFamilyClassification, m.Address, m.PostNumber,
		m.QualificationDate, m.DisqualificationDate, m.ReasonOfLoss, m.InsuredPartialContributionRatio)
	var elderly population.ElderlyRecipientCertificate
	if m.ElderlyRecipientCertificate != nil {
		elderly = *m.ElderlyRecipientCertificate
	}
	texts(s, elderly.ElderlyRecipientCertificateDate, elderly.ElderlyRecipientValidStartDate, elderly.ElderlyRecipientValidEndDate, elderly.ElderlyRecipientContributionRatio)
	var limit population.LimitApplicationCertificate
	if m.LimitApplicationCertificate != nil {
		limit = *m.LimitApplicationCertificate
	}
	texts(s, limit.LimitApplicationCertificateClassification, limit.LimitApplicationCertificateClassificationFlag, limit.LimitApplicationCertificateDate,
		limit.LimitApplicationCertificateValidStartDate, limit.LimitApplicationCertificateValidEndDate, limit.LimitApplicationCertificateLongTermDate)
	s.truth(m.NonDisclosure)
	s.truth(m.SelfInformationBlocked)
	s.end()
}

func texts(s sink, values ...string) {
	for _, value := range values {
		s.text(value)
	}
}

func numbers(s sink, values ...int) {
	for _, value := range values {
		s.number(int64(value))
	}
}

// changed is what a change of flags set or lifted; empty if it left the flag as it was.
func changed(flag *bool) string {
	switch {
	case flag == nil:
		return ""
	case *flag:
		return "true"
	}
	return "false"
}
