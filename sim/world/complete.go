package world

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"onshisim/sim/disclosure"
	"onshisim/sim/numbers"
	"onshisim/sim/problem"
)

// completion checks a person document and fills in what was left out: recognisably synthetic, the same each time.
type completion struct {
	s       *State
	field   string // where the document stands, for errors
	ordinal uint64 // the person's
	today   disclosure.Date
}

func (c *completion) bad(field, format string, args ...any) error {
	if c.field != "" {
		field = c.field + "." + field
	}
	return problem.BadField(field, format, args...)
}

// person completes the whole document in place.
func (c *completion) person(p *Person) error {
	if p.ID == "" {
		p.ID = c.free(c.ordinal, func(n uint64) string { return "person-" + strconv.FormatUint(n, 10) }, byID)
	}
	p.Name = cmp.Or(p.Name, "見本　"+p.ID)
	p.NameKana = cmp.Or(p.NameKana, "ミホン　"+p.ID)
	p.Sex1 = cmp.Or(p.Sex1, "3")
	p.Birthdate = cmp.Or(p.Birthdate, "1980-01-01")
	p.PortalUserID = cmp.Or(p.PortalUserID, "portal-"+p.ID)
	if p.IndividualNumber == "" {
		p.IndividualNumber = c.free(c.ordinal, numbers.SyntheticIndividualNumber, byIndividualNumber, byFormerNumber)
	}
	if err := c.dates("", dated{"birthdate", p.Birthdate}); err != nil {
		return err
	}
	if err := c.unique("individualNumber", p.IndividualNumber, byIndividualNumber); err != nil {
		return err
	}
	if _, givenUp := c.s.find(byFormerNumber, p.IndividualNumber); givenUp {
		return c.bad("individualNumber", "was changed and belongs to nobody any more")
	}
	if err := c.unique("portalUserId", p.PortalUserID, byPortalUser); err != nil {
		return err
	}
	if err := c.cards(p); err != nil {
		return err
	}
	if err := c.members(p); err != nil {
		return err
	}
	return c.records(p)
}

// unique refuses a key that another person has.
func (c *completion) unique(field, text string, by *key) error {
	if other, found := c.s.find(by, text); found && other != c.ordinal {
		return c.bad(field, "another person of this world has %q", text)
	}
	return nil
}

// free makes up a key that nobody else has, of any of the kinds, the first from n on: for the same person the same each time.
func (c *completion) free(n uint64, make func(uint64) string, of ...*key) string {
	for ; ; n++ {
		text := make(n)
		if !slices.ContainsFunc(of, func(by *key) bool {
			owner, found := c.s.find(by, text)
			return found && owner != c.ordinal
		}) {
			return text
		}
	}
}

func (c *completion) cards(p *Person) error {
	p.Cards = append([]Card{}, p.Cards...)
	for i := range p.Cards {
		card := &p.Cards[i]
		field := fmt.Sprintf("cards[%d]", i)
		if card.CardSerial == "" {
			card.CardSerial = c.free(c.ordinal*100+uint64(i), numbers.SyntheticCardSerial, byCard)
		}
		card.PIN = cmp.Or(card.PIN, fmt.Sprintf("%04d", c.s.key.number(10000, "pin", card.CardSerial)))
		card.Status = cmp.Or(card.Status, CardValid)
		if err := c.dates(field+".", dated{"cardExpirationDate", card.CardExpirationDate}, dated{"certificateExpirationDate", card.CertificateExpirationDate}); err != nil {
			return err
		}
		if err := c.unique(field+".cardSerial", card.CardSerial, byCard); err != nil {
			return err
		}
		for j := range i {
			if p.Cards[j].CardSerial == card.CardSerial {
				return c.bad(field+".cardSerial", "stands here twice")
			}
		}
	}
	if p.RegisteredCard != "" && (&Insured{Person: *p}).cardIndex(p.RegisteredCard) < 0 {
		return c.bad("registeredCard", "%q is none of the person's cards", p.RegisteredCard)
	}
	p.Proxies = present(p.Proxies)
	if slices.Contains(p.Proxies, p.PortalUserID) {
		return c.bad("proxies", "holds the person's own portalUserId; a proxy is somebody else")
	}
	return nil
}

func (c *completion) members(p *Person) error {
	p.Members = append([]Member{}, p.Members...)
	for i := range p.Members {
		if err := c.member(p, &p.Members[i], fmt.Sprintf("members[%d]", i), uint64(i), "2015-04-01"); err != nil {
			return err
		}
		for j := range i {
			if p.Members[j].PersonalInsuredNumber == p.Members[i].PersonalInsuredNumber {
				return c.bad(fmt.Sprintf("members[%d].personalInsuredNumber", i), "stands here twice")
			}
		}
	}
	return nil
}

// member completes one membership; nth counts the person's members, acquired is the date of acquisition left out.
func (c *completion) member(p *Person, m *Member, field string, nth uint64, acquired string) error {
	insurer, known := c.s.insurer(m.InsurerNumber)
	if !known {
		return c.bad(field+".insurerNumber", "%q is no insurer of this world", m.InsurerNumber)
	}
	elderly := strings.HasPrefix(m.InsurerNumber, "39") && len(m.InsurerNumber) == 8
	m.InsurerName = cmp.Or(m.InsurerName, insurer.InsurerName)
	m.InsuredCardClassification = cmp.Or(m.InsuredCardClassification, "01")
	m.InsuredIdentificationNumber = cmp.Or(m.InsuredIdentificationNumber, fmt.Sprintf("%08d", c.ordinal*10+nth))
	m.InsuredPartialContributionRatio = cmp.Or(m.InsuredPartialContributionRatio, "030")
	if !elderly {
		m.InsuredCardSymbol = cmp.Or(m.InsuredCardSymbol, "架空")
		m.InsuredBranchNumber = cmp.Or(m.InsuredBranchNumber, "00")
	} else if m.InsuredCardSymbol+m.InsuredBranchNumber != "" {
		return c.bad(field+".insuredCardSymbol", "elderly insurance (39…) has no symbol and no branch number")
	}
	m.PersonalFamilyClassification = cmp.Or(m.PersonalFamilyClassification, "1")
	m.Name, m.NameKana = cmp.Or(m.Name, p.Name), cmp.Or(m.NameKana, p.NameKana)
	m.Sex1, m.Birthdate = cmp.Or(m.Sex1, p.Sex1), cmp.Or(m.Birthdate, p.Birthdate)
	if m.AddressLeftOut() {
		m.Address, m.PostNumber = p.Address, p.PostNumber
	}
	m.addressGiven = true
	m.QualificationDate = cmp.Or(m.QualificationDate, acquired)
	m.SpecificDiseasesCertificates = present(m.SpecificDiseasesCertificates)
	m.Benefits = present(m.Benefits)
	m.Flags.Items = present(m.Flags.Items)
	for i, item := range m.Flags.Items {
		if slices.ContainsFunc(m.Flags.Items[:i], func(other ItemFlags) bool { return other.Item == item.Item }) {
			return c.bad(fmt.Sprintf("%s.flags.items[%d].item", field, i), "stands here twice")
		}
	}
	m.PersonalInsuredNumber = cmp.Or(m.PersonalInsuredNumber, numbers.PersonalInsuredNumber(
		m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber, m.InsuredBranchNumber))
	if strings.Contains(m.PersonalInsuredNumber, "/") {
		return c.bad(field+".personalInsuredNumber", "can't hold a slash, for it stands in paths; give one without")
	}
	if err := c.unique(field+".personalInsuredNumber", m.PersonalInsuredNumber, byPersonalInsuredNumber); err != nil {
		return err
	}
	if err := c.dates(field+".", m.dates()...); err != nil {
		return err
	}
	if m.DisqualificationDate != "" && m.DisqualificationDate < m.QualificationDate {
		return c.bad(field+".disqualificationDate", "lies before the qualificationDate %s", m.QualificationDate)
	}
	return nil
}

// dated is a date with the field it stands in.
type dated struct{ field, date string }

// dates are all dates of a member.
func (m *Member) dates() []dated {
	dates := []dated{
		{"birthdate", m.Birthdate},
		{"qualificationDate", m.QualificationDate},
		{"disqualificationDate", m.DisqualificationDate},
		{"insuredCardExpirationDate", m.InsuredCardExpirationDate},
	}
	if e := m.ElderlyRecipientCertificate; e != nil {
		dates = append(
			dates,
			dated{"elderlyRecipientCertificate.elderlyRecipientCertificateDate", e.ElderlyRecipientCertificateDate},
			dated{"elderlyRecipientCertificate.elderlyRecipientValidStartDate", e.ElderlyRecipientValidStartDate},
			dated{"elderlyRecipientCertificate.elderlyRecipientValidEndDate", e.ElderlyRecipientValidEndDate},
		)
	}
	if l := m.LimitApplicationCertificate; l != nil {
		dates = append(
			dates,
			dated{"limitApplicationCertificate.limitApplicationCertificateDate", l.LimitApplicationCertificateDate},
			dated{"limitApplicationCertificate.limitApplicationCertificateValidStartDate", l.LimitApplicationCertificateValidStartDate},
			dated{"limitApplicationCertificate.limitApplicationCertificateValidEndDate", l.LimitApplicationCertificateValidEndDate},
			dated{"limitApplicationCertificate.limitApplicationCertificateLongTermDate", l.LimitApplicationCertificateLongTermDate},
		)
	}
	for i, d := range m.SpecificDiseasesCertificates {
		at := fmt.Sprintf("specificDiseasesCertificates[%d].", i)
		dates = append(
			dates,
			dated{at + "specificDiseasesCertificateDate", d.SpecificDiseasesCertificateDate},
			dated{at + "specificDiseasesValidStartDate", d.SpecificDiseasesValidStartDate},
			dated{at + "specificDiseasesValidEndDate", d.SpecificDiseasesValidEndDate},
		)
	}
	for i, b := range m.Benefits {
		dates = append(dates, dated{fmt.Sprintf("benefits[%d].paidOn", i), b.PaidOn})
	}
	return dates
}

// dates refuses days that no calendar has; within is what stands before their fields.
func (c *completion) dates(within string, dates ...dated) error {
	for _, d := range dates {
		if d.date != "" && !IsDate(d.date) {
			return c.bad(within+d.field, "%q is no date; it must be a day of the calendar as in 2006-01-02", d.date)
		}
	}
	return nil
}

// IsDate says whether a text is a day of the calendar as in 2006-01-02, and not from before the first certificates.
func IsDate(text string) bool {
	day, err := time.Parse(time.DateOnly, text)
	return err == nil && day.Year() >= 1868
}

// records completes checkups, medicines and expenses, each of which is held under one of the person's personal insured
// numbers (P3-6).
func (c *completion) records(p *Person) error {
	p.Checkups = append([]Checkup{}, p.Checkups...)
	p.Medicines = append([]Medicine{}, p.Medicines...)
	p.MedicalExpenses = append([]MedicalExpense{}, p.MedicalExpenses...)
	for i := range p.Checkups {
		r, field := &p.Checkups[i], fmt.Sprintf("checkups[%d]", i)
		r.CheckupID = cmp.Or(r.CheckupID, fmt.Sprintf("checkup-%d", i+1))
		r.Items = present(r.Items)
		if err := c.record(p, &r.PersonalInsuredNumber, field); err != nil {
			return err
		}
		if err := c.dates(field, dated{".date", r.Date}); err != nil {
			return err
		}
		if checkupIn(p.Checkups[:i], r.PersonalInsuredNumber, r.CheckupID) >= 0 {
			return c.bad(field+".checkupId", "stands here twice")
		}
	}
	for i := range p.Medicines {
		r, field := &p.Medicines[i], fmt.Sprintf("medicines[%d]", i)
		if err := c.record(p, &r.PersonalInsuredNumber, field); err != nil {
			return err
		}
		if err := c.dates(field, dated{".treatmentDate", r.TreatmentDate}); err != nil {
			return err
		}
	}
	for i := range p.MedicalExpenses {
		if err := c.record(p, &p.MedicalExpenses[i].PersonalInsuredNumber, fmt.Sprintf("medicalExpenses[%d]", i)); err != nil {
			return err
		}
	}
	return nil
}

// record ties a record to a membership; left out, to the latest.
func (c *completion) record(p *Person, number *string, field string) error {
	if *number == "" {
		if latest := disclosure.Notice.Latest(memberships(p.Members), c.today); latest >= 0 {
			*number = p.Members[latest].PersonalInsuredNumber
		}
	}
	if (&Insured{Person: *p}).Membership(*number) < 0 {
		return c.bad(field+".personalInsuredNumber", "%q is none of the person's memberships", *number)
	}
	return nil
}
