// Package population is a synthetic nation of up to 134 million insured persons (被保険者) that is computed, not stored:
// person i of a seed is always the same, and every look-up inverts the computation, so that it costs the same in a
// village and in a nation.
//
// Persons come in blocks of 64. Each block has the same households of the same types, so that an index tells block,
// household and role; all else of a household comes from one number below 2²¹, which a keyed permutation draws for it.
// Nobody in the nation can be mistaken for somebody real: prefecture 99, individual numbers with a wrong check digit,
// towns of no map.
//
// A nation does no I/O, knows no clock and takes no lock: its methods may be called by many at once.
package population

import "fmt"

// Most is the most persons a nation can have.
const Most = blocks * blockSize

// AsOf is the day whose nation it is.
const AsOf = "2021-04-01"

// The domain of blocks is the same in every nation, so that a smaller nation is the beginning of a larger one.
const (
	blockBits = 21
	blocks    = 1 << blockBits
	blockSize = 64
)

// Spec names a nation: the same spec is the same nation on every machine and in every release.
type Spec struct {
	Seed           uint64
	Persons        int     // 1 to Most; a smaller nation is the beginning of a larger one
	ProtectedShare float64 // 0 to 1: the share of persons with a flag history, about
}

// Nation computes the persons of a spec.
type Nation struct {
	spec Spec

	households  [householdsPerBlock]permutation // block → the number that a household comes from
	relatives   [householdsPerBlock][mostRelatives]shuffle
	individuals permutation
	cards       permutation
	elderly     permutation
	insured     permutation

	towns [towns]uint16 // of the first blocks

	flights sample // of households from which a spouse fled
	alone   sample // of persons who fled alone

	keys keys
}

// keys are one for each purpose, so that what is drawn for one tells nothing about another.
type keys struct {
	family, surname, work, card, pin, symbol, protected, certificate, records key
}

// New gives the nation of a spec. An error names the field of the spec and what it may be.
func New(spec Spec) (*Nation, error) {
	if spec.Persons < 1 || spec.Persons > Most {
		return nil, fmt.Errorf("Persons is %d: give 1 to %d", spec.Persons, Most)
	}
	if !(spec.ProtectedShare >= 0 && spec.ProtectedShare <= 1) { // not a number fails too
		return nil, fmt.Errorf("ProtectedShare is %v: give 0 to 1, say 0.001", spec.ProtectedShare)
	}
	n := &Nation{spec: spec}
	of := func(purpose string) key { return newKey(spec.Seed, purpose) }
	n.keys = keys{
		family: of("family"), surname: of("surname"), work: of("work"), card: of("card"), pin: of("pin"),
		symbol: of("symbol"), protected: of("protected"), certificate: of("certificate"), records: of("records"),
	}
	n.individuals = newPermutation(of("individual number"), individualNumbers)
	n.cards = newPermutation(of("card serial"), cardSerials)
	n.elderly = newPermutation(of("elderly insured number"), elderlyNumbers)
	n.insured = newPermutation(of("certificate number"), certificateNumbers)
	n.drawHouseholds(of("household"))
	n.drawTowns(of("town"))
	n.drawProtected(of("flight"), of("alone"))
	return n, nil
}

// Spec is what the nation was made from.
func (n *Nation) Spec() Spec { return n.spec }

// Persons is how many there are.
func (n *Nation) Persons() int { return n.spec.Persons }

// has says whether there is a person of that index.
func (n *Nation) has(index int) bool { return 0 <= index && index < n.spec.Persons }
