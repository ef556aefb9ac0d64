package population

import "onshisim/sim/numbers"

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

// textSize is about what the words of a person take.
const textSize = 448

// Person computes a person; the index is from 0 to Persons()-1.
func (n *Nation) Person(index int) Person {
	r := n.resident(index)
	m, c := n.memberships(&r), n.cardsOf(&r)
	var t text
	t.Grow(textSize)
	p := Person{
		Index: index, Household: r.headIndex(),
		HouseholdSize: min(householdTypes[r.household].size(), n.spec.Persons-r.headIndex()),
		Birthdate:     t.writeDay(r.birth), Sex1: "1",
	}
	if r.female {
		p.Sex1 = "2"
	}
	n.writeNames(&t, &r, &p)
	n.writeIDs(&t, index, &p)
	home := r.address(r.dwelling())
	p.Address, p.PostNumber = t.writeAddress(home), t.writePostNumber(home)
	p.Cards = n.writeCards(&t, &r, &c)
	p.Members = n.writeMembers(&t, &r, &m, &p)
	if on, ok := n.registeredOn(&r, &c, p.Members[m.count-1].SelfInformationBlocked); ok {
		p.RegisteredCard, p.RegisteredOn = p.Cards[c.count-1].CardSerial, t.writeDay(on)
	}
	if n.hasProxy(&r) {
		p.Proxies = []string{t.writePortalUser(r.headIndex())}
	}
	return p
}

func (n *Nation) writeNames(t *text, r *resident, p *Person) {
	surname := &surnames[surnameOfSlot[n.surnameSlot(r.household, r.code)]]
	given := givenName(r.draws, r.member, r.born.year, r.female)
	p.Name = t.writeWords(surname.kanji, "　", given.kanji)
	p.NameKana = t.writeWords(surname.kana, "　", given.kana)
}

func (n *Nation) writeIDs(t *text, index int, p *Person) {
	p.PortalUserID = t.writePortalUser(index)
	p.ID = p.PortalUserID[len(portalPrefix)-len(idPrefix):]
	var number [12]byte
	t.Write(numbers.AppendSyntheticIndividualNumber(number[:0], firstIndividualNumber+n.individuals.of(uint64(index))))
	p.IndividualNumber = t.end()
}

func (t *text) writePortalUser(index int) string {
	t.write(portalPrefix)
	t.writeNumber(index)
	return t.end()
}

func (t *text) writeWords(words ...string) string {
	for _, w := range words {
		t.write(w)
	}
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
