// Package mutant is the named wrong policies that a world can answer by, each wrong in one point in which a real
// implementation plausibly is. Who tests against a mutant learns whether the tests would notice; our own conformance suite
// notices each of them.
//
// Those that decide wrongly are the rule core's own (disclosure.Mutants); those that show wrongly what was rightly decided
// are here, and rewrite answers on their way out.
package mutant

import (
	"cmp"
	"slices"
	"strings"

	"onshisim/sim/disclosure"
	"onshisim/sim/guidance"
)

// Mutant is a named wrong policy.
type Mutant struct {
	Name     string `json:"name" doc:"what PUT /worlds/{world}/mutant takes"`
	Rule     string `json:"rule" doc:"id of the rule that it breaks"`
	English  string `json:"english" doc:"what it does instead"`
	Japanese string `json:"japanese" doc:"the same in Japanese"`
}

// All are the mutants in the order of the rules that they break.
func All() []Mutant {
	var all []Mutant
	for _, m := range disclosure.Mutants() {
		all = append(all, Mutant{m.Name, m.Rule, m.English, m.Japanese})
	}
	for _, s := range showing {
		all = append(all, s.Mutant)
	}
	var order []string
	for _, rule := range guidance.Rules() {
		order = append(order, rule.ID)
	}
	slices.SortStableFunc(all, func(a, b Mutant) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Rule), slices.Index(order, b.Rule)), strings.Compare(a.Name, b.Name))
	})
	return all
}

// Find is the mutant with a name; ok is false when there is none.
func Find(name string) (m Mutant, ok bool) {
	all := All()
	at := slices.IndexFunc(all, func(m Mutant) bool { return m.Name == name })
	if at < 0 {
		return Mutant{}, false
	}
	return all[at], true
}
