package world

import (
	"fmt"
	"testing"
)

// BenchmarkLookUps finds persons by what the requests bring: in a village, all of whose residents are remembered, and in a
// nation of whom nearly everybody asked about has to be computed.
func BenchmarkLookUps(b *testing.B) {
	lookUps := []struct {
		name string
		find func(w *World, p *Insured) bool
	}{
		{"Person", func(w *World, p *Insured) bool { _, known := w.Person(p.ID); return known }},
		{"PersonByCard", func(w *World, p *Insured) bool { _, known := w.PersonByCard(p.Cards[0].CardSerial); return known }},
		{"AppendHolders", func(w *World, p *Insured) bool {
			m := &p.Members[len(p.Members)-1]
			var room [4]MemberOf
			return len(w.AppendHolders(room[:0], m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber, m.Birthdate)) > 0
		}},
		{"Namesakes", func(w *World, p *Insured) bool { return len(w.Namesakes(p.Name, p.Birthdate)) > 0 }},
	}
	for _, size := range []struct{ persons, asked int }{{1_000, 512}, {125_000_000, 1 << 16}} {
		d := document()
		d.Population = &Population{Persons: size.persons}
		w := created(b, d)
		var asked []*Insured
		for i := 0; len(asked) < size.asked; i++ {
			p := w.state.residents.person(int(uint64(i) * 7_368_787 % uint64(size.persons)))
			if len(p.Cards) > 0 {
				asked = append(asked, p)
			}
		}
		for _, look := range lookUps {
			b.Run(fmt.Sprint(look.name, "/", size.persons), func(b *testing.B) {
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					if !look.find(w, asked[i%len(asked)]) {
						b.Fatal(asked[i%len(asked)].ID)
					}
					i++
				}
			})
		}
	}
}
