package population

import (
	"strconv"
	"strings"

	"onshisim/sim/matching"
)

// spelling is a surname or a given name, with the forms by which it is searched for.
type spelling struct {
	kanji, kana             string
	foldedKanji, foldedKana string
}

// surname has slots that follow each other: from first on, so many.
type surname struct {
	spelling
	kanjiBeforeGiven, kanaBeforeGiven string // with the space that follows

	first, slots uint32
}

const (
	surnameSlotBits = 12
	surnameSlots    = 1 << surnameSlotBits
)

var (
	surnames        = readSurnames(surnameList)
	surnameOfSlot   = slotsOf(surnames)
	surnamesByKanji = byForm(surnames, func(s *surname) string { return s.foldedKanji })
	surnamesByKana  = byForm(surnames, func(s *surname) string { return s.foldedKana })
	givenNames      = readGivenNames()
)

func readSurnames(list string) (all []surname) {
	first := uint32(0)
	for line := range strings.Lines(strings.TrimSpace(list)) {
		count, rest, _ := strings.Cut(line, " ")
		slots, err := strconv.ParseUint(count, 10, 32)
		if err != nil {
			panic(err) // unreachable: the list is a constant
		}
		for _, n := range readNames(rest) {
			both := n.kanji + "　" + n.kana + "　" // side by side in memory, since they are written together
			kana := len(n.kanji) + len("　")
			all = append(all, surname{n, both[:kana], both[kana:], first, uint32(slots)})
			first += uint32(slots)
		}
	}
	return all
}

func readNames(list string) (all []spelling) {
	words := strings.Fields(list)
	for i := 0; i+1 < len(words); i += 2 {
		kanji, kana := words[i], words[i+1]
		all = append(all, spelling{kanji, kana, matching.Fold(kanji), matching.Fold(kana)})
	}
	return all
}

func readGivenNames() (all [3][2][]spelling) {
	for generation, lists := range givenNameLists {
		for sex, list := range lists {
			all[generation][sex] = readNames(list)
		}
	}
	return all
}

func slotsOf(surnames []surname) (all [surnameSlots]uint16) {
	for i, s := range surnames {
		for slot := range s.slots {
			all[s.first+slot] = uint16(i)
		}
	}
	return all
}

func byForm(surnames []surname, form func(*surname) string) map[string][]uint16 {
	all := map[string][]uint16{}
	for i := range surnames {
		f := form(&surnames[i])
		all[f] = append(all[f], uint16(i))
	}
	return all
}
