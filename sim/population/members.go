package population

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

func (n *Nation) writeMembers(t *text, r *resident, m *memberships, p *Person) []Member {
	all := make([]Member, m.count)
	for i := range all {
		own := &m.all[i]
		n.writeInsured(t, r, own, &all[i])
		writeAddressAt(t, r, m, i, p, &all[i])
		all[i].QualificationDate = t.writeDay(own.from)
		if i > 0 {
			before := &all[i-1]
			before.DisqualificationDate, before.ReasonOfLoss = all[i].QualificationDate, "03"
		}
		n.writeBenefits(t, r, own, &all[i])
		flags := r.flight.flagDays(m, i)
		all[i].NonDisclosure, all[i].SelfInformationBlocked = flags.inForce()
		all[i].FlagHistory = t.writeFlags(&flags)
	}
	return all
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
		to.PersonalInsuredNumber = t.end()
		to.InsuredIdentificationNumber = to.PersonalInsuredNumber[len(of.InsurerNumber):]
		return
	}
	t.writeDigits(n.symbol(&m.certificate), symbolDigits)
	t.writeDigits(n.insured.of(m.ordinal()), numberDigits)
	t.writeDigits(uint64(1+r.index-m.holder), branchDigits)
	to.PersonalInsuredNumber = t.end()
	_, to.InsuredCardSymbol, to.InsuredIdentificationNumber, to.InsuredBranchNumber = split(to.PersonalInsuredNumber)
}

// writeAddressAt writes the address that the insurer of a membership knows. Who stays insured after a flight has told the
// refuge; who left an insurer has told nothing more.
func writeAddressAt(t *text, r *resident, m *memberships, which int, p *Person, to *Member) {
	at := m.all[which].dwelling
	if which == m.count-1 {
		at = r.dwelling()
	}
	if at == r.dwelling() {
		to.Address, to.PostNumber = p.Address, p.PostNumber
		return
	}
	a := r.address(at)
	to.Address, to.PostNumber = t.writeAddress(a), t.writePostNumber(a)
}
