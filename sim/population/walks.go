package population

import "iter"

// MembersOf yields the persons who have a membership at an insurer, from an index on, ascending. It looks only at the
// blocks of the towns that the insurer covers, so that a page costs the same anywhere.
func (n *Nation) MembersOf(insurerNumber string, from int) iter.Seq[int] {
	return func(yield func(int) bool) {
		of, ok := insurerByNumber[insurerNumber]
		if !ok {
			return
		}
		from = max(from, 0)
		for block := from / blockSize; block*blockSize < n.spec.Persons; block++ {
			if !of.covers(int(n.towns[block%towns])) {
				continue
			}
			for index := max(from, block*blockSize); index < min((block+1)*blockSize, n.spec.Persons); index++ {
				if n.isMember(index, of) && !yield(index) {
					return
				}
			}
		}
	}
}

func (n *Nation) isMember(index int, of insurer) bool {
	r := n.resident(index)
	m := n.memberships(&r)
	for i := range m.list() {
		if m.all[i].insurer == of {
			return true
		}
	}
	return false
}

// Protected yields the persons with a flag in force as of AsOf, ascending, without computing the others.
func (n *Nation) Protected() iter.Seq[int] {
	return func(yield func(int) bool) {
		families, alone := n.fledFamilies(), n.fledAlone()
		nextFamily, stopFamilies := iter.Pull(families)
		defer stopFamilies()
		nextAlone, stopAlone := iter.Pull(alone)
		defer stopAlone()
		a, moreFamilies := nextFamily()
		b, moreAlone := nextAlone()
		for moreFamilies || moreAlone {
			index := a
			if !moreFamilies || moreAlone && b < a {
				index = b
			}
			if n.hasFlag(index) && !yield(index) {
				return
			}
			if moreFamilies && a == index {
				a, moreFamilies = nextFamily()
			}
			if moreAlone && b == index {
				b, moreAlone = nextAlone()
			}
		}
	}
}

// fledFamilies yields those who fled from a household.
func (n *Nation) fledFamilies() iter.Seq[int] {
	return func(yield func(int) bool) {
		for x := range n.flights.all(anything) {
			block, household := int(x)/len(familyFlights), familyFlights[int(x)%len(familyFlights)]
			for member := 1; member < householdTypes[household].size(); member++ {
				index := block*blockSize + begins[household] + member
				if !n.has(index) || !yield(index) {
					return
				}
			}
		}
	}
}

// fledAlone yields those who fled alone.
func (n *Nation) fledAlone() iter.Seq[int] {
	return func(yield func(int) bool) {
		for x := range n.alone.all(isAdultRole) {
			if !n.has(int(x)) || !yield(int(x)) {
				return
			}
		}
	}
}

// hasFlag says whether a flag is in force at any insurer.
func (n *Nation) hasFlag(index int) bool {
	r := n.resident(index)
	m := n.memberships(&r)
	for i := range m.list() {
		days := r.flight.flagDays(&m, i)
		if nonDisclosure, _ := days.inForce(); nonDisclosure {
			return true
		}
	}
	return false
}
