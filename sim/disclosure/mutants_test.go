package disclosure

import (
	"fmt"
	"reflect"
	"testing"
)

func TestPolicyOfNoMutantIsTheNotice(t *testing.T) {
	for _, name := range []string{"", "no-such-mutant", "Code-Not-Given"} {
		if PolicyOf(name) != Notice {
			t.Errorf("%q: want the notice", name)
		}
	}
}

// fingerprint tells policies apart: functions by where they are.
func fingerprint(p *Policy) string {
	at := func(f any) uintptr { return reflect.ValueOf(f).Pointer() }
	return fmt.Sprint(p.table, p.conditions, p.recordRules, at(p.latest), at(p.both), at(p.own), at(p.has), at(p.stands))
}

func TestEveryMutantIsAPolicyOfItsOwn(t *testing.T) {
	known := map[string]string{fingerprint(Notice): "the notice"}
	for _, m := range Mutants() {
		print := fingerprint(PolicyOf(m.Name))
		if known[print] != "" {
			t.Errorf("%s decides as %s does", m.Name, known[print])
		}
		known[print] = m.Name
	}
}

// TestEveryConditionIsLeftOutBySomeMutant, and each says which rule asks for it.
func TestEveryConditionIsLeftOutBySomeMutant(t *testing.T) {
	for c := Condition(1); c&everyCondition != 0; c <<= 1 {
		if c.Rule() == "" {
			t.Errorf("condition %b has no rule", c)
		}
		if !Notice.Wants(c) {
			t.Errorf("the notice does not ask for condition %b", c)
		}
		wanted := true
		for _, m := range Mutants() {
			wanted = wanted && PolicyOf(m.Name).Wants(c)
		}
		if wanted {
			t.Errorf("every mutant asks for condition %b (%s)", c, c.Rule())
		}
	}
}
