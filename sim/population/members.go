package population

import "slices"

// Member is one membership (資格) of a person; the fields are those of the world's person document.
type Member struct {
	PersonalInsuredNumber, InsurerNumber, InsurerName string

	InsuredCardClassification       string // 01 一般
	InsuredCardSymbol               string // elderly insurance has none
	InsuredIdentificationNumber     string
	InsuredBranchNumber             string // elderly insurance has none
	PersonalFamilyClassification    string // 1 本人, 2 家族
	Address, PostNumber             string // as that insurer knows it
	QualificationDate               string
	DisqualificationDate            string
	ReasonOfLoss                    string
	InsuredPartialContributionRatio string // 010, 020, 030 by age
	ElderlyRecipientCertificate     *ElderlyRecipientCertificate
	LimitApplicationCertificate     *LimitApplicationCertificate
	SpecificDiseasesCertificates    []SpecificDiseasesCertificate

	NonDisclosure, SelfInformationBlocked bool         // flags in force as of AsOf
	FlagHistory                           []FlagChange // oldest first
}

func (n *Nation) writeMembers(t *text, r *resident, m *memberships, home home, p *Person) {
	p.Members = slices.Grow(p.Members[:0], m.count)[:m.count]
	for i := range p.Members {
		own, to := &m.all[i], &p.Members[i]
		*to = Member{}
		n.writeInsured(t, r, own, to)
		at := t.writeHomeAt(r, m, i, home)
		to.Address, to.PostNumber = at.address, at.postNumber
		begins := t.writeDay(own.from)
		to.QualificationDate = begins
		if i > 0 {
			before := &p.Members[i-1]
			before.DisqualificationDate, before.ReasonOfLoss = begins, "03"
		}
		n.writeBenefits(t, r, own, to)
		flags := r.flight.flagDays(m, i)
		to.NonDisclosure, to.SelfInformationBlocked = flags.inForce()
		to.FlagHistory = t.writeFlags(&flags)
	}
}

// writeInsured writes what stands on the certificate, as the parts of the personal insured number.
func (n *Nation) writeInsured(t *text, r *resident, m *membership, to *Member) {
	of := &insurers[m.insurer]
	to.InsurerNumber, to.InsurerName, to.InsuredCardClassification = of.InsurerNumber, of.InsurerName, "01"
	to.PersonalFamilyClassification = "1"
	if m.holder != r.index {
		to.PersonalFamilyClassification = "2"
	}
	t.write(of.InsurerNumber)
	if m.insurer.isElder() {
		t.writeDigits(n.elderlyNumber(r), elderlyDigits)
		number := t.end()
		to.PersonalInsuredNumber, to.InsuredIdentificationNumber = number, number[len(of.InsurerNumber):]
		return
	}
	t.writeDigits((n.symbol(&m.certificate)*certificateNumbers+n.insured.of(m.ordinal()))*branches+uint64(1+r.index-m.holder),
		symbolDigits+numberDigits+branchDigits)
	number := t.end()
	to.PersonalInsuredNumber = number
	_, to.InsuredCardSymbol, to.InsuredIdentificationNumber, to.InsuredBranchNumber = split(number)
}

// writeHomeAt writes the address that the insurer of a membership knows. Who stays insured after a flight has told the
// refuge; who left an insurer has told nothing more.
func (t *text) writeHomeAt(r *resident, m *memberships, which int, now home) home {
	if at := m.all[which].dwelling; which < m.count-1 && at != r.dwelling() {
		return t.writeHome(r.address(at))
	}
	return now
}
