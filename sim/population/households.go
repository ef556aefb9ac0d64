package population

// role is what somebody is in a household.
type role uint8

const (
	head role = iota
	spouse
	child
	parent
)

// householdType is a household as every block has one: its head is born within headDays, the youngest so many years
// before AsOf, and the others so many years after the head, about.
type householdType struct {
	youngest int // age of the youngest heads
	women    int // of a hundred heads
	others   []relative
}

type relative struct {
	role  role
	years float64 // born after the head, before if negative
}

// headDays is the stretch in which the heads of one type are born, a little more than eleven years.
const (
	headDaysBits = 12
	headDays     = 1 << headDaysBits
)

// householdTypes are the households of a block, in the order of its indexes. Sizes are about those of Japan's households
// (38 % of one person, 28 % of two, 18 % of three, 12 % of four) and ages those of its people (29 % of 65 and more, 12 %
// below 15).
var householdTypes = [...]householdType{
	// youngest head, women of a hundred, others
	{20, 45, nil},
	{20, 45, nil},
	{26, 40, nil},
	{36, 40, nil},
	{46, 40, nil},
	{55, 45, nil},
	{65, 55, nil},
	{67, 65, nil},
	{74, 70, nil},
	{77, 75, nil},
	{86, 80, nil},

	{28, 10, []relative{{spouse, 1.5}}},
	{48, 10, []relative{{spouse, 1.5}}},
	{63, 5, []relative{{spouse, 2}}},
	{66, 5, []relative{{spouse, 2}}},
	{70, 5, []relative{{spouse, 2}}},
	{75, 5, []relative{{spouse, 2}}},
	{36, 85, []relative{{child, 28}}},
	{53, 40, []relative{{parent, -27}}},

	{31, 10, []relative{{spouse, 1.5}, {child, 30.9}}},
	{43, 10, []relative{{spouse, 1.5}, {child, 29}}},
	{51, 10, []relative{{spouse, 1.5}, {child, 29}}},
	{62, 5, []relative{{spouse, 2}, {child, 30}}},
	{72, 5, []relative{{spouse, 2}, {child, 31}}},

	{34, 10, []relative{{spouse, 1.5}, {child, 29}, {child, 33.5}}},
	{36, 10, []relative{{spouse, 1.5}, {child, 30}, {child, 33}}},
	{45, 10, []relative{{spouse, 1.5}, {child, 28}, {child, 31}}},
	{52, 10, []relative{{spouse, 1.5}, {child, 28}, {child, 31}}},

	{40, 10, []relative{{spouse, 1.5}, {child, 29}, {child, 32}, {child, 35}, {parent, -28}}},
}

const (
	householdsPerBlock = len(householdTypes)
	mostRelatives      = 5
)

// spread is how many bits of a head's birthday are shuffled for a relative's: spouses are born within three years of what
// the type says, children within nine months, so that brothers and sisters stand in order, parents within six years.
var spread = [...]uint{spouse: 10, child: 8, parent: 11}

// place is where in a block an index lies, and who is there.
type place struct {
	household, member int
	role              role
	first             day // from which on the member is born; within headDays of it
}

var (
	places = layOut()
	begins = beginnings()
)

func layOut() (all [blockSize]place) {
	at := 0
	for h, t := range householdTypes {
		for m := range 1 + len(t.others) {
			all[at] = place{h, m, t.role(m), t.first(m)}
			at++
		}
	}
	return all
}

// beginnings are the places of the heads, which come first in their households.
func beginnings() (all [householdsPerBlock]int) {
	for r, p := range places {
		if p.member == 0 {
			all[p.household] = r
		}
	}
	return all
}

func (t *householdType) size() int { return 1 + len(t.others) }

func (t *householdType) role(member int) role {
	if member == 0 {
		return head
	}
	return t.others[member-1].role
}

func (t *householdType) first(member int) day {
	heads := asOf.years(-t.youngest) - headDays + 1
	if member == 0 {
		return heads
	}
	return heads + day(t.others[member-1].years*365.25)
}

// ages are those of the youngest and the oldest that a member can be on AsOf.
func (t *householdType) ages(member int) (youngest, oldest int) {
	first := t.first(member)
	ageOf := func(birth day) int {
		born := birth.birthdate()
		return born.ageOn(asOf)
	}
	return ageOf(first + headDays - 1), ageOf(first)
}
