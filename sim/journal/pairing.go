package journal

import "slices"

// pairing says for each actual element of a list which expected one it is taken for; -1 for none.
type pairing []int

// pair takes as many expected elements as can be for actual ones that fit them, each for another: with * the first that
// fits may be the only one for a later.
func pair(fits [][]int, actual int) pairing {
	p := slices.Repeat(pairing{-1}, actual)
	for i := range fits {
		p.take(i, fits, make([]bool, actual))
	}
	return p
}

// take finds an actual element for an expected one, if need be by moving those that were paired before.
func (p pairing) take(expected int, fits [][]int, tried []bool) bool {
	for _, j := range fits[expected] {
		if tried[j] {
			continue
		}
		tried[j] = true
		if p[j] < 0 || p.take(p[j], fits, tried) {
			p[j] = expected
			return true
		}
	}
	return false
}

// of says whether an expected element has its actual one.
func (p pairing) of(expected int) bool { return slices.Contains(p, expected) }

// nearestLeft gives the index of the unpaired element that differs least from an expected one, and where it differs; -1 if
// none is left.
func (p pairing) nearestLeft(want *pattern, got []any) (index int, found []difference) {
	index = -1
	for j := range got {
		if p[j] >= 0 {
			continue
		}
		if differences := want.compare(got[j]); index < 0 || weigh(differences) < weigh(found) {
			index, found = j, differences
		}
	}
	return index, found
}
