package population

// family is a household (世帯) as it is computed: from the block it lies in and its type, by way of its code.
type family struct {
	block, household int
	code             uint32 // below 2²¹: the head's birthday above, which of the surnames below
	draws            uint64 // for sexes and given names; from the code, so that a name can be checked before the block is known
	town             int
}

// surnameBits of a code choose among the surnames of those who are born on one day.
const surnameBits = blockBits - headDaysBits

// resident is a person as computed, in numbers.
type resident struct {
	family
	index  int
	member int // place in the household
	role   role
	birth  day
	born   birthdate
	female bool
	flight flight
}

// drawHouseholds gives each household of a block its permutation, and each of its members the way from the head's birthday.
func (n *Nation) drawHouseholds(k key) {
	for h := range householdTypes {
		own := key(k.draw(uint64(h)))
		n.households[h] = newPermutation(own, blocks)
		for i, other := range householdTypes[h].others {
			n.relatives[h][i] = newShuffle(key(own.draw(uint64(rounds+i))), spread[other.role])
		}
	}
}

func (n *Nation) family(block, household int) family {
	f := family{block: block, household: household, code: uint32(n.households[household].of(uint64(block)))}
	f.draws = n.familyDraws(household, f.code)
	f.town = int(n.towns[block%towns])
	return f
}

func (n *Nation) familyDraws(household int, code uint32) uint64 {
	return n.keys.family.draw(uint64(household)<<32 | uint64(code))
}

func (n *Nation) resident(index int) resident {
	at := &places[index%blockSize]
	f := n.family(index/blockSize, at.household)
	return n.memberOf(&f, at.member)
}

// memberOf gives a member of a family, whom the nation need not reach to.
func (n *Nation) memberOf(f *family, member int) resident {
	at := &places[begins[f.household]+member]
	r := resident{
		family: *f, member: member, role: at.role, female: at.isFemale(f.draws),
		index: f.block*blockSize + begins[f.household] + member,
		birth: at.first + day(n.birthOffset(f.household, member, f.code>>surnameBits)),
	}
	r.born = r.birth.birthdate()
	r.flight = n.flightOf(&r)
	return r
}

// IsBornOn says whether a date is a person's date of birth, without computing the rest of the person.
func (n *Nation) IsBornOn(index int, birthdate string) bool {
	born, isDay := parseDay(birthdate)
	at := &places[index%blockSize]
	code := uint32(n.households[at.household].of(uint64(index / blockSize)))
	return isDay && born == at.first+day(n.birthOffset(at.household, at.member, code>>surnameBits))
}

// birthOffset is the day on which a member is born, counted from the first possible, given that of the head.
func (n *Nation) birthOffset(household, member int, heads uint32) uint32 {
	if member == 0 {
		return heads
	}
	return n.relatives[household][member-1].of(heads)
}

// headOffset gives the head's day back from that of a member.
func (n *Nation) headOffset(household, member int, own uint32) uint32 {
	if member == 0 {
		return own
	}
	return n.relatives[household][member-1].back(own)
}

// isFemale tells the sex of a member: drawn, but for spouses, who are of the other sex.
func (p *place) isFemale(draws uint64) bool {
	isHeadFemale := int(draws>>32%100) < householdTypes[p.household].women
	switch p.role {
	case head:
		return isHeadFemale
	case spouse:
		return !isHeadFemale
	}
	return draws>>(56+p.member)&1 == 1
}

// headIndex is the index of the household's first person.
func (r *resident) headIndex() int { return r.index - r.member }

// surnameSlot tells which slot of the weighted surnames a code has: those who are born on one day have every eighth.
func (n *Nation) surnameSlot(household int, code uint32) uint32 {
	shift := n.surnameShift(household, code>>surnameBits)
	return (code<<(surnameSlotBits-surnameBits) + shift) % surnameSlots
}

func (n *Nation) surnameShift(household int, heads uint32) uint32 {
	return uint32(n.keys.surname.draw(uint64(household)<<32|uint64(heads))) % surnameSlots
}

// givenName is the name of a member: those of one family follow each other in steps, so that no two children share one.
func givenName(draws uint64, member, birthYear int, female bool) *spelling {
	list := givenNames[generation(birthYear)][sexIndex(female)]
	step := 1 + int(draws>>16&0xFF)%(len(list)/(mostRelatives+1))
	return &list[(int(draws&0xFFFF)+member*step)%len(list)]
}

func sexIndex(female bool) int {
	if female {
		return 1
	}
	return 0
}

// generation tells which given names were in fashion.
func generation(birthYear int) int {
	switch {
	case birthYear < 1955:
		return 0
	case birthYear < 1990:
		return 1
	}
	return 2
}
