package population

import (
	"slices"
	"strings"
)

// Namesakes finds all persons with a name and a birthdate, ascending. The name is folded by matching.Fold, and is either
// in kanji or in kana.
//
// The birthdate leaves few places of a block: for each the head's birthday follows from it, and with that and the surname
// the few codes that such a family can have. Those whose member has the given name tell their block.
func (n *Nation) Namesakes(name, birthdate string) (indexes []int) {
	surname, given, ok := strings.Cut(name, " ")
	born, isDay := parseDay(birthdate)
	inKanji, inKana := surnamesByKanji[surname], surnamesByKana[surname]
	if !ok || !isDay || len(inKanji)+len(inKana) == 0 {
		return nil
	}
	year, _, _ := born.civil()
	for index := range places {
		at := &places[index]
		own := born - at.first
		if own < 0 || own >= headDays {
			continue
		}
		s := search{n, index, at, year, n.headOffset(at.household, at.member, uint32(own))}
		for _, which := range inKanji {
			indexes = s.add(indexes, which, func(s *spelling) bool { return s.foldedKanji == given })
		}
		for _, which := range inKana {
			indexes = s.add(indexes, which, func(s *spelling) bool { return s.foldedKana == given })
		}
	}
	slices.Sort(indexes)
	return indexes
}

// search looks at one place of the blocks.
type search struct {
	nation *Nation
	index  int // in the block
	*place
	birthYear int
	heads     uint32 // the head's birthday
}

// add appends the persons whose family has the surname and whose given name is right.
func (s *search) add(indexes []int, which uint16, isNamed func(*spelling) bool) []int {
	const step = surnameSlots >> surnameBits // of the slots that one birthday has
	n := s.nation
	shift := n.surnameShift(s.household, s.heads)
	of := &surnames[which]
	for slot := of.first + (shift-of.first)%step; slot < of.first+of.slots; slot += step {
		code := s.heads<<surnameBits | (slot-shift)%surnameSlots/step
		draws := n.familyDraws(s.household, code)
		if !isNamed(givenName(draws, s.member, s.birthYear, s.isFemale(draws))) {
			continue
		}
		block := n.households[s.household].inverse(uint64(code))
		if index := int(block)*blockSize + s.index; n.has(index) {
			indexes = append(indexes, index)
		}
	}
	return indexes
}
