package population

import "github.com/brianvoe/gofakeit/v6"

// Records are what the eligibility system holds about a person's health; the fields are those of the world's person
// document.
type Records struct {
	Checkups        []Checkup
	Medicines       []Medicine
	MedicalExpenses []MedicalExpense
}

// patient is a person while the records are made.
type patient struct {
	resident
	memberships
	insuredNumbers [4]string // of the memberships
	ill            []*condition
	fake           *gofakeit.Faker
	text           text
}

// recordsSize is about what the words of a person's records take.
const recordsSize = 1536

// Records computes the records of a person: 0 to 3 checkups, 0 to 12 medicines, 0 to 12 lines of medical expenses, each
// of a day before AsOf on which the membership that it names was in force. What somebody suffers from shows in all three.
func (n *Nation) Records(index int) Records {
	p := patient{resident: n.resident(index), fake: newFaker(n.keys.records, index)}
	p.memberships = n.memberships(&p.resident)
	p.text.Grow(recordsSize)
	for i := range p.list() {
		var written Member
		n.writeInsured(&p.text, &p.resident, &p.all[i], &written)
		p.insuredNumbers[i] = written.PersonalInsuredNumber
	}
	p.ill = p.conditions()
	records := Records{Checkups: p.checkups()}
	records.Medicines, records.MedicalExpenses = p.treatments()
	return records
}

// newFaker gives the faker of one record set, of a source that costs nothing to seed. The seed is never 0.
func newFaker(k key, index int) *gofakeit.Faker {
	return gofakeit.NewCustom(&source{k.draw(uint64(index)) | 1})
}

// source is SplitMix64 as a source of package math/rand.
type source struct{ state uint64 }

func (s *source) Uint64() uint64 {
	s.state += 0x9E3779B97F4A7C15
	return mix(s.state)
}

func (s *source) Int63() int64 { return int64(s.Uint64() >> 1) }

func (s *source) Seed(seed int64) { s.state = uint64(seed) }

// doctor is the medical institution where the person goes while insured under a membership: one in the same town.
func (p *patient) doctor(which int) int {
	const medical = 0 // of institutionKinds
	at := p.all[which].dwelling
	if which == p.count-1 {
		at = p.resident.dwelling()
	}
	return institutionIn(townOf(p.town, at), medical, mix(p.draws+uint64(p.member)))
}

// chance is true so many times of a hundred.
func (p *patient) chance(percent int) bool { return p.fake.Number(1, 100) <= percent }
