package population

import (
	"strings"

	"onshisim/sim/numbers"
)

// ByID finds the person with an id.
func (n *Nation) ByID(id string) (index int, ok bool) { return n.counted(id, idPrefix) }

// ByPortalUser finds the person behind a user of Mynaportal.
func (n *Nation) ByPortalUser(portalUserID string) (index int, ok bool) {
	return n.counted(portalUserID, portalPrefix)
}

// counted reads an index after a prefix, in the one form in which it is written.
func (n *Nation) counted(s, prefix string) (index int, ok bool) {
	digits, ok := strings.CutPrefix(s, prefix)
	if !ok || digits == "" || digits[0] == '0' && digits != "0" {
		return 0, false
	}
	x, ok := parseDigits(digits)
	if !ok || x >= Most {
		return 0, false
	}
	return int(x), n.has(int(x))
}

// ByIndividualNumber finds the person with an individual number (個人番号).
func (n *Nation) ByIndividualNumber(number string) (index int, ok bool) {
	if len(number) != 12 {
		return 0, false
	}
	x, ok := parseDigits(number[:11])
	if !ok || x < firstIndividualNumber || x >= firstIndividualNumber+individualNumbers {
		return 0, false
	}
	var digits [12]byte
	if string(numbers.AppendSyntheticIndividualNumber(digits[:0], x)) != number {
		return 0, false
	}
	return n.indexBelow(n.individuals.inverse(x - firstIndividualNumber))
}

// indexBelow is a number as an index, if the nation reaches so far.
func (n *Nation) indexBelow(x uint64) (index int, ok bool) {
	if x >= uint64(n.spec.Persons) {
		return 0, false
	}
	return int(x), true
}

// ByCard finds the person who has a card with the serial, or had one that is revoked.
func (n *Nation) ByCard(serial string) (index int, ok bool) {
	digits, ok := strings.CutPrefix(serial, cardSerialPrefix)
	if !ok || len(digits) != 12 {
		return 0, false
	}
	x, ok := parseDigits(digits)
	if !ok || x < firstCardSerial {
		return 0, false
	}
	x = n.cards.inverse(x - firstCardSerial)
	if index, ok = n.indexBelow(x / cardsPerPerson); !ok {
		return 0, false
	}
	r := n.resident(index)
	c := n.cardsOf(&r)
	return index, int(x%cardsPerPerson) < c.count
}

// ByPersonalInsuredNumber finds the person with a membership under the number (個人単位被保険者番号).
func (n *Nation) ByPersonalInsuredNumber(number string) (index int, ok bool) {
	switch len(number) - symbolDigits - numberDigits - branchDigits {
	case 6, 8:
		_, _, certificate, branch := split(number)
		holder, known := n.holderOf(certificate)
		digits, isNumber := parseDigits(branch)
		index = holder + int(digits) - 1
		if !known || !isNumber || !n.has(index) {
			return 0, false
		}
	default:
		if len(number) != 8+elderlyDigits {
			return 0, false
		}
		if index, ok = n.elderlyOf(number[8:]); !ok {
			return 0, false
		}
	}
	return index, n.anyMember(index, func(m *Member) bool { return m.PersonalInsuredNumber == number })
}

// ByCertificate finds all persons with a membership under a certificate (被保険者証), the household of its holder; parts
// that the elderly scheme doesn't have are empty.
func (n *Nation) ByCertificate(insurerNumber, symbol, number string) (indexes []int) {
	on := func(m *Member) bool {
		return m.InsurerNumber == insurerNumber && m.InsuredCardSymbol == symbol && m.InsuredIdentificationNumber == number
	}
	holder, ok := n.holderOf(number)
	if !ok {
		if holder, ok = n.elderlyOf(number); ok && n.anyMember(holder, on) {
			return []int{holder}
		}
		return nil
	}
	for index := holder; n.has(index) && places[index%blockSize].household == places[holder%blockSize].household; index++ {
		if index/blockSize != holder/blockSize {
			break
		}
		if n.anyMember(index, on) {
			indexes = append(indexes, index)
		}
	}
	return indexes
}

// anyMember says whether a person has such a membership.
func (n *Nation) anyMember(index int, is func(*Member) bool) bool {
	r := n.resident(index)
	m := n.memberships(&r)
	var t text
	for i := range m.list() {
		var written Member
		if n.writeInsured(&t, &r, &m.all[i], &written); is(&written) {
			return true
		}
	}
	return false
}

// ByProxy finds the persons who named this user of Mynaportal their proxy (代理人), ascending.
func (n *Nation) ByProxy(portalUserID string) (principals []int) {
	index, ok := n.ByPortalUser(portalUserID)
	if !ok || places[index%blockSize].member != 0 {
		return nil
	}
	household := places[index%blockSize].household
	f := n.family(index/blockSize, int(household))
	for member := 1; member < householdTypes[household].size() && n.has(index+member); member++ {
		if r := n.memberOf(&f, member); n.hasProxy(&r) {
			principals = append(principals, r.index)
		}
	}
	return principals
}
