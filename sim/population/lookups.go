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

// ByProxy finds the persons who named this user of Mynaportal their proxy (代理人), ascending.
func (n *Nation) ByProxy(portalUserID string) (principals []int) {
	index, ok := n.ByPortalUser(portalUserID)
	if !ok || places[index%blockSize].member != 0 {
		return nil
	}
	household := places[index%blockSize].household
	f := n.family(index/blockSize, household)
	for member := 1; member < householdTypes[household].size() && n.has(index+member); member++ {
		if r := n.memberOf(&f, member); n.hasProxy(&r) {
			principals = append(principals, r.index)
		}
	}
	return principals
}
