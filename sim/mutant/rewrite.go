package mutant

import (
	"bytes"
	"encoding/json"

	"onshisim/sim/disclosure"
	"onshisim/sim/journal"
	"onshisim/sim/world"
)

// shows is a mutant that rewrites answers.
type shows struct {
	Mutant
	rewrite func(a *answer)
}

// answer is an answer on its way out, with the persons about whom something was decided for it.
type answer struct {
	operation string // with its system, as in "terminal/read-card"
	kind      string // of the institution that asked, empty if none did
	body      map[string]any
	persons   []*world.Insured
	strictest disclosure.Outcome // of all that was decided
}

// Rewrite gives the answer that a mutant shows in place of a right one. Names that do not rewrite leave it as it is.
func Rewrite(w *world.World, caller world.Caller, name, operation string, decisions []journal.Decision, right []byte) []byte {
	for _, s := range showing {
		if s.Name == name {
			a := answer{operation: operation}
			if caller.Role == world.RoleInstitution {
				institution, _ := w.Institution(caller.Code)
				a.kind = institution.Kind
			}
			return a.rewritten(w, s.rewrite, decisions, right)
		}
	}
	return right
}

func (a *answer) rewritten(w *world.World, rewrite func(*answer), decisions []journal.Decision, right []byte) []byte {
	decoder := json.NewDecoder(bytes.NewReader(right))
	decoder.UseNumber()
	if decoder.Decode(&a.body) != nil {
		return right
	}
	for _, d := range decisions {
		a.strictest = max(a.strictest, d.Verdict.Outcome)
		if p, known := w.Person(d.Person); known {
			a.persons = append(a.persons, p)
		}
	}
	rewrite(a)
	var wrong bytes.Buffer
	encoder := json.NewEncoder(&wrong)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(a.body) != nil {
		return right
	}
	return wrong.Bytes()
}

// each visits the objects of a list in the body.
func (a *answer) each(list string, visit func(o map[string]any)) {
	entries, _ := a.body[list].([]any)
	for _, entry := range entries {
		if o, ok := entry.(map[string]any); ok {
			visit(o)
		}
	}
}

// is says whether the answer is one of some operations.
func (a *answer) is(operations ...string) bool {
	for _, operation := range operations {
		if a.operation == operation {
			return true
		}
	}
	return false
}

// member is the membership that an object of the answer shows.
func (a *answer) member(o map[string]any) (*world.Member, bool) {
	for _, p := range a.persons {
		for i := range p.Members {
			m := &p.Members[i]
			if m.InsurerNumber == o["insurerNumber"] && m.InsuredIdentificationNumber == o["insuredIdentificationNumber"] {
				return m, true
			}
		}
	}
	return nil, false
}

// newest are the memberships that the persons registered last.
func (a *answer) newest() (newest []*world.Member) {
	for _, p := range a.persons {
		if last := len(p.Members) - 1; last >= 0 {
			newest = append(newest, &p.Members[last])
		}
	}
	return newest
}
