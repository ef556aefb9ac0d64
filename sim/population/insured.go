package population

// The forms of a personal insured number (個人単位被保険者番号): insurer, symbol, number and branch, or insurer and number
// for the elderly scheme. Lengths are fixed, so that it can be taken apart again.
const (
	symbolDigits  = 4
	numberDigits  = 9
	branchDigits  = 2
	elderlyDigits = 8

	branches           = 100
	certificateNumbers = 1_000_000_000
	elderlyNumbers     = 100_000_000
)

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

// certificate is a certificate of insurance (被保険者証) in numbers: which of its holder's memberships it stands for.
type certificate struct {
	insurer         insurer
	holder, segment int
}

func (c *certificate) ordinal() uint64 { return uint64(c.holder*segments + c.segment) }

// symbol is the one (記号) that a certificate has.
func (n *Nation) symbol(c *certificate) uint64 { return 1000 + n.keys.symbol.below(c.ordinal(), 9000) }

// readCertificate takes a certificate's symbol and number back to it. Whether its holder ever had it is another question.
func (n *Nation) readCertificate(insurerNumber, symbol, number string) (c certificate, ok bool) {
	if c.insurer, ok = insurerByNumber[insurerNumber]; !ok {
		return c, false
	}
	digits, ok := parseDigits(number)
	if c.insurer.isElder() {
		if !ok || symbol != "" || len(number) != elderlyDigits {
			return c, false
		}
		c.holder, ok = n.elderlyOf(digits)
		return c, ok
	}
	if !ok || len(symbol) != symbolDigits || len(number) != numberDigits {
		return c, false
	}
	ordinal := int(n.insured.inverse(digits))
	c.holder, c.segment = ordinal/segments, ordinal%segments
	written, ok := parseDigits(symbol)
	return c, ok && written == n.symbol(&c) && n.has(c.holder)
}

// isOn says whether a person stands or stood on a certificate.
func (n *Nation) isOn(c *certificate, index int) bool {
	r := n.resident(index)
	m := n.memberships(&r)
	for i := range m.list() {
		if m.all[i].certificate == *c {
			return true
		}
	}
	return false
}

// ByPersonalInsuredNumber finds the person with a membership under the number (個人単位被保険者番号).
func (n *Nation) ByPersonalInsuredNumber(number string) (index int, ok bool) {
	insurerNumber, symbol, branch := "", "", "01"
	switch len(number) - symbolDigits - numberDigits - branchDigits {
	case 6, 8:
		insurerNumber, symbol, number, branch = split(number)
	default:
		if len(number) != 8+elderlyDigits {
			return 0, false
		}
		insurerNumber, number = number[:8], number[8:]
	}
	c, ok := n.readCertificate(insurerNumber, symbol, number)
	position, isNumber := parseDigits(branch)
	index = c.holder + int(position) - 1
	if !ok || !isNumber || !n.has(index) || !n.isOn(&c, index) {
		return 0, false
	}
	return index, true
}

// ByCertificate finds all persons with a membership under a certificate, the household of its holder; parts that the
// elderly scheme doesn't have are empty.
func (n *Nation) ByCertificate(insurerNumber, symbol, number string) (indexes []int) {
	c, ok := n.readCertificate(insurerNumber, symbol, number)
	if !ok {
		return nil
	}
	for index := c.holder; index < n.behind(&c); index++ {
		if n.isOn(&c, index) {
			indexes = append(indexes, index)
		}
	}
	return indexes
}

// HouseholdOfCertificate gives the persons among whom are all those whom ByCertificate finds: from first to the one before
// behind. It costs much less, for who computes them anyway.
func (n *Nation) HouseholdOfCertificate(insurerNumber, symbol, number string) (first, behind int) {
	c, ok := n.readCertificate(insurerNumber, symbol, number)
	if !ok {
		return 0, 0
	}
	return c.holder, n.behind(&c)
}

// behind is the index behind the last person who may stand on a certificate.
func (n *Nation) behind(c *certificate) int {
	at := &places[c.holder%blockSize]
	return min(c.holder-at.member+householdTypes[at.household].size(), n.spec.Persons)
}

// Elderly numbers have fewer digits than there are persons, so they count only those of a block who can be old enough.
const mostElderly = 32

var elderlyOrdinals, elderlyPlaces = countElderly()

func countElderly() (ordinals [blockSize]int, at []int) {
	for r, p := range places {
		if _, oldest := householdTypes[p.household].ages(p.member); oldest >= 75 {
			ordinals[r] = len(at)
			at = append(at, r)
		}
	}
	return ordinals, at
}

func (n *Nation) elderlyNumber(r *resident) uint64 {
	return n.elderly.of(uint64(r.block*mostElderly + elderlyOrdinals[r.index%blockSize]))
}

// elderlyOf gives the person who has a number of the elderly scheme.
func (n *Nation) elderlyOf(number uint64) (index int, ok bool) {
	x := n.elderly.inverse(number)
	if x >= blocks*mostElderly || x%mostElderly >= uint64(len(elderlyPlaces)) {
		return 0, false
	}
	index = int(x/mostElderly)*blockSize + elderlyPlaces[x%mostElderly]
	return index, n.has(index)
}
