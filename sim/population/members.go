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

// The forms of a personal insured number (個人単位被保険者番号): insurer, symbol, number and branch, or insurer and number
// for the elderly scheme. Lengths are fixed, so that it can be taken apart again.
const (
	symbolDigits  = 4
	numberDigits  = 9
	branchDigits  = 2
	elderlyDigits = 8

	certificateNumbers = 1_000_000_000
	elderlyNumbers     = 100_000_000
)

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
	certificate := uint64(m.holder*segments + m.segment)
	t.writeDigits(1000+n.keys.symbol.below(certificate, 9000), symbolDigits)
	t.writeDigits(n.insured.of(certificate), numberDigits)
	t.writeDigits(uint64(1+r.index-m.holder), branchDigits)
	to.PersonalInsuredNumber = t.end()
	_, to.InsuredCardSymbol, to.InsuredIdentificationNumber, to.InsuredBranchNumber = split(to.PersonalInsuredNumber)
}

// split takes a personal insured number of a scheme with symbol and branch apart.
func split(personalInsuredNumber string) (insurer, symbol, number, branch string) {
	rest := personalInsuredNumber
	cut := func(digits int) (part string) {
		rest, part = rest[:len(rest)-digits], rest[len(rest)-digits:]
		return part
	}
	branch, number, symbol = cut(branchDigits), cut(numberDigits), cut(symbolDigits)
	return rest, symbol, number, branch
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

// Elderly numbers have fewer digits than there are persons, so they count only those of a block who can be old enough.
const mostElderly = 32

var elderlyOrdinals, elderlyPlaces = countElderly()

func countElderly() (ordinals [blockSize]int, at []int) {
	for r, p := range places {
		if _, oldest := householdTypes[p.household].ages(int(p.member)); oldest >= 75 {
			ordinals[r] = len(at)
			at = append(at, r)
		}
	}
	return ordinals, at
}

func (n *Nation) elderlyNumber(r *resident) uint64 {
	return n.elderly.of(uint64(r.block*mostElderly + elderlyOrdinals[r.index%blockSize]))
}

// holderOf gives the person on whose certificate a number stands.
func (n *Nation) holderOf(number string) (holder int, ok bool) {
	digits, ok := parseDigits(number)
	if !ok || len(number) != numberDigits {
		return 0, false
	}
	certificate := n.insured.inverse(digits)
	holder = int(certificate / segments)
	return holder, n.has(holder)
}

// elderlyOf gives the person who has a number of the elderly scheme.
func (n *Nation) elderlyOf(number string) (index int, ok bool) {
	digits, ok := parseDigits(number)
	if !ok || len(number) != elderlyDigits {
		return 0, false
	}
	x := n.elderly.inverse(digits)
	if x >= blocks*mostElderly || x%mostElderly >= uint64(len(elderlyPlaces)) {
		return 0, false
	}
	index = int(x/mostElderly)*blockSize + elderlyPlaces[x%mostElderly]
	return index, n.has(index)
}
