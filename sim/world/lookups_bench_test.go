package world

import (
	"fmt"
	"strings"
	"testing"
)

// keysOf are what requests bring to find a person.
type keysOf struct{ id, card, insurer, symbol, number, name, birthdate string }

// BenchmarkLookUps finds persons by what the requests bring: in a village, all of whose residents are remembered, and in a
// nation of whom nearly everybody asked about has to be computed.
func BenchmarkLookUps(b *testing.B) {
	lookUps := []struct {
		name string
		find func(w *World, k *keysOf) bool
	}{
		{"Person", func(w *World, k *keysOf) bool { _, known := w.Person(k.id); return known }},
		{"PersonByCard", func(w *World, k *keysOf) bool { _, known := w.PersonByCard(k.card); return known }},
		{"AppendHolders", func(w *World, k *keysOf) bool {
			var room [4]MemberOf
			return len(w.AppendHolders(room[:0], k.insurer, k.symbol, k.number, k.birthdate)) > 0
		}},
		{"Namesakes", func(w *World, k *keysOf) bool { return len(w.Namesakes(k.name, k.birthdate)) > 0 }},
	}
	for _, size := range []struct{ persons, asked int }{{1_000, 512}, {125_000_000, 1 << 17}} {
		d := document()
		d.Population = &Population{Persons: size.persons}
		w := created(b, d)
		asked := sample(w, size.persons, size.asked)
		for _, look := range lookUps {
			b.Run(fmt.Sprint(look.name, "/", size.persons), func(b *testing.B) {
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					if !look.find(w, &asked[i%len(asked)]) {
						b.Fatal(asked[i%len(asked)])
					}
					i++
				}
			})
		}
	}
}

// sample is of residents who have a card; it keeps nobody in memory.
func sample(w *World, persons, size int) (all []keysOf) {
	for i := 0; len(all) < size; i++ {
		p := w.state.residents.person(int(uint64(i) * 7_368_787 % uint64(persons)))
		if len(p.Cards) == 0 {
			continue
		}
		m, c := &p.Members[len(p.Members)-1], strings.Clone
		all = append(all, keysOf{
			c(p.ID), c(p.Cards[0].CardSerial), c(m.InsurerNumber), c(m.InsuredCardSymbol), c(m.InsuredIdentificationNumber),
			c(p.Name), c(p.Birthdate),
		})
	}
	return all
}
