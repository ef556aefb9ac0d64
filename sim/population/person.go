package population

import (
	"strconv"

	"onshisim/sim/numbers"
)

// Person is a person with cards and memberships; the fields are those of the world's person document.
type Person struct {
	Index                    int
	Household, HouseholdSize int // index of the household's first person; how many of it the nation has

	ID, IndividualNumber, Name, NameKana, Sex1, Birthdate string
	Address, PostNumber, PortalUserID                     string

	RegisteredCard string
	RegisteredOn   string // date of the initial registration (初回登録); empty without RegisteredCard

	Cards   []Card   // the last one is the current one, a former one is revoked
	Proxies []string // portal user ids
	Members []Member // in the order of acquisition
}

// individualNumbers is how many numbers the persons are spread over; what stands before them is left to the numbers that
// a world counts up, and 99… to fixtures.
const (
	individualNumbers     = 89_000_000_000
	firstIndividualNumber = 10_000_000_000
)

const (
	idPrefix     = "n-"
	portalPrefix = "portal-n-"
)

// textSize is what the words of nearly everybody take.
const textSize = 320

// Person computes a person; the index is from 0 to Persons()-1.
func (n *Nation) Person(index int) (p Person) {
	n.Write(index, &p)
	return p
}

// Write computes a person in place of another, whose lists it writes over as far as they have room.
func (n *Nation) Write(index int, p *Person) {
	r := n.resident(index)
	m, c := n.memberships(&r), n.cardsOf(&r)
	var t text
	t.Grow(textSize)
	p.Index, p.Household = index, r.headIndex()
	p.HouseholdSize = min(householdTypes[r.household].size(), n.spec.Persons-p.Household)
	p.Birthdate, p.Sex1 = t.writeDay(r.birth), "1"
	if r.female {
		p.Sex1 = "2"
	}
	n.writeNames(&t, &r, p)
	n.writeIDs(&t, index, p)
	home := t.writeHome(r.address(r.dwelling()))
	p.Address, p.PostNumber = home.address, home.postNumber
	current := n.writeCards(&t, &r, &c, p)
	n.writeMembers(&t, &r, &m, home, p)
	p.RegisteredCard, p.RegisteredOn = "", ""
	if on, ok := n.registeredOn(&r, &c, p.Members[m.count-1].SelfInformationBlocked); ok {
		p.RegisteredCard, p.RegisteredOn = current, t.writeDay(on)
	}
	p.Proxies = p.Proxies[:0]
	if n.hasProxy(&r) {
		p.Proxies = append(p.Proxies, t.writePortalUser(p.Household))
	}
}

func (n *Nation) writeNames(t *text, r *resident, p *Person) {
	surname := &surnames[surnameOfSlot[n.surnameSlot(r.household, r.code)]]
	given := givenName(r.draws, r.member, r.born.year, r.female)
	p.Name = t.writeWords(surname.kanjiBeforeGiven, given.kanji)
	p.NameKana = t.writeWords(surname.kanaBeforeGiven, given.kana)
}

func (n *Nation) writeIDs(t *text, index int, p *Person) {
	user := t.writePortalUser(index)
	p.PortalUserID, p.ID = user, user[len(portalPrefix)-len(idPrefix):]
	var number [12]byte
	t.Write(numbers.AppendSyntheticIndividualNumber(number[:0], firstIndividualNumber+n.individuals.of(uint64(index))))
	p.IndividualNumber = t.end()
}

func (t *text) writePortalUser(index int) string {
	var room [32]byte
	t.Write(strconv.AppendInt(append(room[:0], portalPrefix...), int64(index), 10))
	return t.end()
}

func (t *text) writeWords(first, second string) string {
	t.write(first)
	t.write(second)
	return t.end()
}

// dwelling is where somebody lives now.
func (r *resident) dwelling() dwelling {
	switch r.flight.kind {
	case asDependant:
		return whereSheFled
	case asInsured:
		return ownRefuge + dwelling(r.member)
	}
	return whereTheyLive
}

// hasProxy says whether somebody named the head of the household a proxy (代理人): some parents over 70 who live with a
// daughter or a son. Who fled has none (P15-1, step 1).
func (n *Nation) hasProxy(r *resident) bool {
	return r.role == parent && r.born.turns(70) <= asOf && r.flight.kind == noFlight &&
		n.keys.card.draw(r.drawing(drawProxy))%3 == 0
}
