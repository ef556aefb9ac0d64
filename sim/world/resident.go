package world

import (
	"maps"
	"sync"
	"time"

	"onshisim/sim/disclosure"
	"onshisim/sim/population"
)

// sheets are what the nation writes persons on before the world makes its own of them, one after another.
var sheets = sync.Pool{New: func() any { return new(population.Person) }}

// residentOf is a person of the nation as the nation has it.
func residentOf(n *population.Nation, index int) *Insured {
	from := sheets.Get().(*population.Person)
	defer sheets.Put(from)
	n.Write(index, from)
	p := insuredWith(len(from.Cards), len(from.Members))
	p.ID, p.IndividualNumber, p.PortalUserID = from.ID, from.IndividualNumber, from.PortalUserID
	p.Name, p.NameKana, p.Sex1, p.Birthdate = from.Name, from.NameKana, from.Sex1, from.Birthdate
	p.Address, p.PostNumber = from.Address, from.PostNumber
	p.RegisteredCard, p.registeredAt = from.RegisteredCard, startOf(from.RegisteredOn)
	p.Proxies = append([]string{}, from.Proxies...)
	p.Ordinal, p.nation, p.FlagHistory = firstResident+uint64(index), n, noFlagHistory
	for i := range from.Cards {
		p.Cards[i].of(&from.Cards[i])
	}
	for i := range from.Members {
		p.Members[i].of(from, &from.Members[i])
		p.flagHistoryOf(&from.Members[i])
	}
	p.Memberships = appendMemberships(p.Memberships, p.Members)
	return p
}

// insuredWith is a person with room for what it has, in one piece of memory if there is but one membership.
func insuredWith(cards, members int) *Insured {
	type carded struct {
		Insured
		cards [2]Card
	}
	if members == 1 {
		one := &struct {
			carded
			members     [1]Member
			memberships [1]disclosure.Membership
		}{}
		one.Cards, one.Members, one.Memberships = one.cards[:cards:cards], one.members[:], one.memberships[:0]
		return &one.Insured
	}
	several := &carded{}
	several.Cards, several.Members = several.cards[:cards:cards], make([]Member, members)
	several.Memberships = make([]disclosure.Membership, 0, members)
	return &several.Insured
}

// noFlagHistory is that of nearly all residents: nobody writes into it, since an event clones what it adds to.
var noFlagHistory = map[string][]FlagChange{}

func (c *Card) of(from *population.Card) {
	c.CardSerial, c.PIN, c.Status = from.CardSerial, from.PIN, from.Status
	c.CardExpirationDate, c.CertificateExpirationDate = from.CardExpirationDate, from.CertificateExpirationDate
}

// of fills an empty member in place, for a member is large.
func (m *Member) of(p *population.Person, from *population.Member) {
	m.PersonalInsuredNumber, m.InsuredCardClassification = from.PersonalInsuredNumber, from.InsuredCardClassification
	m.InsurerNumber, m.InsurerName = from.InsurerNumber, from.InsurerName
	m.InsuredCardSymbol, m.InsuredIdentificationNumber = from.InsuredCardSymbol, from.InsuredIdentificationNumber
	m.InsuredBranchNumber, m.PersonalFamilyClassification = from.InsuredBranchNumber, from.PersonalFamilyClassification
	m.Name, m.NameKana, m.Sex1, m.Birthdate = p.Name, p.NameKana, p.Sex1, p.Birthdate
	m.Address, m.PostNumber, m.addressGiven = from.Address, from.PostNumber, true
	m.QualificationDate, m.DisqualificationDate, m.ReasonOfLoss = from.QualificationDate, from.DisqualificationDate, from.ReasonOfLoss
	m.InsuredPartialContributionRatio = from.InsuredPartialContributionRatio
	m.ElderlyRecipientCertificate = elderlyOf(from.ElderlyRecipientCertificate)
	m.LimitApplicationCertificate = limitOf(from.LimitApplicationCertificate)
	m.SpecificDiseasesCertificates = diseasesOf(from.SpecificDiseasesCertificates)
	m.Benefits = []Benefit{}
	m.Flags = Flags{NonDisclosure: from.NonDisclosure, SelfInformationBlocked: from.SelfInformationBlocked, Items: []ItemFlags{}}
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
	if len(m.FlagHistory) > 0 {
		p.FlagHistory = maps.Clone(p.FlagHistory)
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
	if day == "" {
		return time.Time{}
	}
	number := func(digits string) (n int) {
		for i := range len(digits) {
			n = 10*n + int(digits[i]-'0')
		}
		return n
	}
	return time.Date(number(day[:4]), time.Month(number(day[5:7])), number(day[8:]), 0, 0, 0, 0, JST)
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
