package world

import (
	"slices"

	"onshisim/sim/population"
)

// key is a key that leads to one person at most. That of a resident is inverted by the nation, unless it is new to the
// person; whoever has given one up is not found under it any more.
type key struct {
	written  func(*index) map[string]uint64
	resident func(*population.Nation, string) (index int, known bool)
	has      func(p *Insured, text string) bool
}

var (
	byID = &key{
		func(x *index) map[string]uint64 { return x.byID }, (*population.Nation).ByID,
		func(p *Insured, id string) bool { return p.ID == id },
	}
	byIndividualNumber = &key{
		func(x *index) map[string]uint64 { return x.byIndividualNumber }, (*population.Nation).ByIndividualNumber,
		func(p *Insured, number string) bool { return p.IndividualNumber == number },
	}
	byFormerNumber = &key{
		func(x *index) map[string]uint64 { return x.byFormerNumber },
		func(*population.Nation, string) (int, bool) { return 0, false },
		func(p *Insured, number string) bool { return slices.Contains(p.formerNumbers, number) },
	}
	byCard = &key{
		func(x *index) map[string]uint64 { return x.byCard }, (*population.Nation).ByCard,
		func(p *Insured, serial string) bool { return p.cardIndex(serial) >= 0 },
	}
	byPersonalInsuredNumber = &key{
		func(x *index) map[string]uint64 { return x.byPersonalInsuredNumber }, (*population.Nation).ByPersonalInsuredNumber,
		func(p *Insured, number string) bool { return p.Membership(number) >= 0 },
	}
	byPortalUser = &key{
		func(x *index) map[string]uint64 { return x.byPortalUser }, (*population.Nation).ByPortalUser,
		func(p *Insured, id string) bool { return p.PortalUserID == id },
	}
)

// find is the ordinal of the person whom a key leads to.
func (s *State) find(by *key, text string) (ordinal uint64, known bool) {
	if s.alone != nil {
		return s.alone.Ordinal, true
	}
	if ordinal, known = by.written(&s.index)[text]; known || s.residents == nil {
		return ordinal, known
	}
	index, known := by.resident(s.residents.Nation, text)
	if !known || s.residents.changed(index) && !by.has(s.residents.person(index), text) {
		return 0, false
	}
	return firstResident + uint64(index), true
}

// found is the person whom a key leads to; the key comes from the state's own events and always leads to one.
func (s *State) found(by *key, text string) *Insured {
	ordinal, _ := s.find(by, text)
	return s.person(ordinal)
}
