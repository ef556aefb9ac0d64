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
	body      map[string]any
	persons   []*world.Insured
	strictest disclosure.Outcome // of all that was decided
}

// Rewrite gives the answer that a mutant shows in place of a right one. Names that do not rewrite leave it as it is.
func Rewrite(w *world.World, name, operation string, decisions []journal.Decision, right []byte) []byte {
	for _, s := range showing {
		if s.Name == name {
			return s.answer(w, operation, decisions, right)
		}
	}
	return right
}

func (s *shows) answer(w *world.World, operation string, decisions []journal.Decision, right []byte) []byte {
	a := answer{operation: operation}
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
	s.rewrite(&a)
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
