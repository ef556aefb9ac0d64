package world

import (
	"time"

	"onshisim/sim/population"
)

// residentOf is a person of the nation as the nation has it.
func residentOf(n *population.Nation, index int) *Insured {
	from := n.Person(index)
	p := &Insured{
		Person: Person{
			ID: from.ID, IndividualNumber: from.IndividualNumber, Name: from.Name, NameKana: from.NameKana, Sex1: from.Sex1,
			Birthdate: from.Birthdate, Address: from.Address, PostNumber: from.PostNumber, PortalUserID: from.PortalUserID,
			RegisteredCard: from.RegisteredCard, Cards: make([]Card, len(from.Cards)), Proxies: present(from.Proxies),
			Members: make([]Member, len(from.Members)),
		},
		Ordinal: firstResident + uint64(index), nation: n, registeredAt: startOf(from.RegisteredOn),
	}
	for i, c := range from.Cards {
		p.Cards[i] = Card{
			CardSerial: c.CardSerial, PIN: c.PIN, Status: c.Status,
			CardExpirationDate: c.CardExpirationDate, CertificateExpirationDate: c.CertificateExpirationDate,
		}
	}
	for i := range from.Members {
		p.Members[i] = memberOf(&from, &from.Members[i])
		p.flagHistoryOf(&from.Members[i])
	}
	p.Memberships = memberships(p.Members)
	return p
}

func memberOf(p *population.Person, m *population.Member) Member {
	return Member{
		PersonalInsuredNumber: m.PersonalInsuredNumber,
		Eligibility: Eligibility{
			InsuredCardClassification: m.InsuredCardClassification, InsurerNumber: m.InsurerNumber, InsurerName: m.InsurerName,
			InsuredCardSymbol: m.InsuredCardSymbol, InsuredIdentificationNumber: m.InsuredIdentificationNumber,
			InsuredBranchNumber: m.InsuredBranchNumber, PersonalFamilyClassification: m.PersonalFamilyClassification,
			Name: p.Name, NameKana: p.NameKana, Sex1: p.Sex1, Birthdate: p.Birthdate, Address: m.Address, PostNumber: m.PostNumber,
			QualificationDate: m.QualificationDate, DisqualificationDate: m.DisqualificationDate,
			InsuredPartialContributionRatio: m.InsuredPartialContributionRatio, ReasonOfLoss: m.ReasonOfLoss,
			ElderlyRecipientCertificate:  elderlyOf(m.ElderlyRecipientCertificate),
			LimitApplicationCertificate:  limitOf(m.LimitApplicationCertificate),
			SpecificDiseasesCertificates: diseasesOf(m.SpecificDiseasesCertificates),
		},
		Benefits:     []Benefit{},
		Flags:        Flags{NonDisclosure: m.NonDisclosure, SelfInformationBlocked: m.SelfInformationBlocked, Items: []ItemFlags{}},
		addressGiven: true,
	}
}

func elderlyOf(c *population.ElderlyRecipientCertificate) *ElderlyRecipientCertificate {
	if c == nil {
		return nil
	}
	return &ElderlyRecipientCertificate{
		ElderlyRecipientCertificateDate: c.ElderlyRecipientCertificateDate, ElderlyRecipientValidStartDate: c.ElderlyRecipientValidStartDate,
		ElderlyRecipientValidEndDate: c.ElderlyRecipientValidEndDate, ElderlyRecipientContributionRatio: c.ElderlyRecipientContributionRatio,
	}
}

func limitOf(c *population.LimitApplicationCertificate) *LimitApplicationCertificate {
	if c == nil {
		return nil
	}
	return &LimitApplicationCertificate{
		LimitApplicationCertificateClassification:     c.LimitApplicationCertificateClassification,
		LimitApplicationCertificateClassificationFlag: c.LimitApplicationCertificateClassificationFlag,
		LimitApplicationCertificateDate:               c.LimitApplicationCertificateDate,
		LimitApplicationCertificateValidStartDate:     c.LimitApplicationCertificateValidStartDate,
		LimitApplicationCertificateValidEndDate:       c.LimitApplicationCertificateValidEndDate,
		LimitApplicationCertificateLongTermDate:       c.LimitApplicationCertificateLongTermDate,
	}
}

func diseasesOf(from []population.SpecificDiseasesCertificate) []SpecificDiseasesCertificate {
	certificates := make([]SpecificDiseasesCertificate, len(from))
	for i, c := range from {
		certificates[i] = SpecificDiseasesCertificate(c)
	}
	return certificates
}

// flagHistoryOf takes over what the nation says of a member's flags.
func (p *Insured) flagHistoryOf(m *population.Member) {
	if p.FlagHistory == nil {
		p.FlagHistory = map[string][]FlagChange{}
	}
	for _, c := range m.FlagHistory {
		at, _ := time.Parse(time.RFC3339, c.At) // the nation writes none that can't be read
		p.FlagHistory[m.PersonalInsuredNumber] = append(p.FlagHistory[m.PersonalInsuredNumber], FlagChange{
			At: at.In(JST), AppliedOn: c.AppliedOn, Reason: c.Reason,
			Change: FlagSetting{NonDisclosure: c.NonDisclosure, SelfInformationBlocked: c.SelfInformationBlocked, Items: []string{}},
		})
	}
}

// startOf is the beginning of a day in JST, zero for none.
func startOf(day string) time.Time {
	at, _ := time.ParseInLocation(time.DateOnly, day, JST)
	return at
}

// recordsOf are a resident's records as the nation has them.
func recordsOf(n *population.Nation, index int) Records {
	from := n.Records(index)
	r := Records{
		Checkups: make([]Checkup, len(from.Checkups)), Medicines: make([]Medicine, len(from.Medicines)),
		MedicalExpenses: make([]MedicalExpense, len(from.MedicalExpenses)),
	}
	for i, c := range from.Checkups {
		items := make([]CheckupItem, len(c.Items))
		for j, item := range c.Items {
			items[j] = CheckupItem(item)
		}
		r.Checkups[i] = Checkup{
			CheckupID: c.CheckupID, PersonalInsuredNumber: c.PersonalInsuredNumber, Date: c.Date,
			MedicalInstitutionCode: c.MedicalInstitutionCode, InstitutionName: c.InstitutionName, Items: items,
		}
	}
	for i, m := range from.Medicines {
		r.Medicines[i] = Medicine(m)
	}
	for i, e := range from.MedicalExpenses {
		r.MedicalExpenses[i] = MedicalExpense(e)
	}
	return r
}
