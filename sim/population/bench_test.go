package population_test

import (
	"fmt"
	"testing"

	"onshisim/sim/population"
)

// spread goes through a nation in steps that share no factor with its size.
func spread(i, persons int) int { return int(uint64(i) * 7_368_787 % uint64(persons)) }

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		nationOf(b, japan, 0.001)
	}
}

func BenchmarkPerson(b *testing.B) {
	inNations(b, func(n *population.Nation, i int) { n.Person(i) })
}

func BenchmarkRecords(b *testing.B) {
	inNations(b, func(n *population.Nation, i int) { n.Records(i) })
}

// inNations measures what is done to a person, in a village and in a nation.
func inNations(b *testing.B, do func(n *population.Nation, index int)) {
	for _, persons := range []int{1000, japan} {
		n := nationOf(b, persons, 0.001)
		b.Run(fmt.Sprint(persons), func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				do(n, spread(i, persons))
				i++
			}
		})
	}
}

// lookUps are the look-ups by a key of a person.
var lookUps = []struct {
	name string
	find func(n *population.Nation, p *population.Person)
}{
	{"ByID", func(n *population.Nation, p *population.Person) { n.ByID(p.ID) }},
	{"ByPortalUser", func(n *population.Nation, p *population.Person) { n.ByPortalUser(p.PortalUserID) }},
	{"ByIndividualNumber", func(n *population.Nation, p *population.Person) { n.ByIndividualNumber(p.IndividualNumber) }},
	{"ByCard", func(n *population.Nation, p *population.Person) { n.ByCard(firstCard(p)) }},
	{"ByPersonalInsuredNumber", func(n *population.Nation, p *population.Person) {
		n.ByPersonalInsuredNumber(p.Members[0].PersonalInsuredNumber)
	}},
	{"ByCertificate", func(n *population.Nation, p *population.Person) {
		m := &p.Members[0]
		n.ByCertificate(m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber)
	}},
	{"Namesakes", func(n *population.Nation, p *population.Person) { n.Namesakes(p.Name, p.Birthdate) }},
	{"ByProxy", func(n *population.Nation, p *population.Person) { n.ByProxy(p.PortalUserID) }},
	{"MembersOf100", func(n *population.Nation, p *population.Person) {
		found := 0
		for range n.MembersOf(p.Members[0].InsurerNumber, p.Index) {
			if found++; found == 100 {
				break
			}
		}
	}},
	{"Protected100", func(n *population.Nation, _ *population.Person) {
		found := 0
		for range n.Protected() {
			if found++; found == 100 {
				break
			}
		}
	}},
}

func BenchmarkLookUps(b *testing.B) {
	for _, look := range lookUps {
		for _, persons := range []int{1000, japan} {
			n := nationOf(b, persons, 0.001)
			sought := make([]population.Person, 256)
			for i := range sought {
				sought[i] = n.Person(spread(i, persons))
				sought[i].Name = fold(sought[i].Name)
			}
			b.Run(fmt.Sprint(look.name, "/", persons), func(b *testing.B) {
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					look.find(n, &sought[i%len(sought)])
					i++
				}
			})
		}
	}
}

func firstCard(p *population.Person) string {
	if len(p.Cards) == 0 {
		return "C99500000000000"
	}
	return p.Cards[0].CardSerial
}
