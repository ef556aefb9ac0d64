package simtest

import (
	"onshisim/sim/explain"
	"onshisim/sim/world"
)

// Person gives a person in one document.
func (w *World) Person(t TB, id string) world.Person {
	t.Helper()
	p, err := w.Control.Person(t.Context(), id)
	if err != nil {
		t.Fatalf("simtest: read person %q: %v", id, err)
	}
	return p
}

// PutPerson puts a whole person in place, or adds one, under its ID, and gives it in full: what is empty in it is filled in,
// as numbers, a card's serial and PIN, and a member's address, which is the person's.
func (w *World) PutPerson(t TB, p world.Person) world.Person {
	t.Helper()
	full, err := w.Control.PutPerson(t.Context(), p)
	if err != nil {
		t.Fatalf("simtest: put person %q: %v", p.ID, err)
	}
	return full
}

// Explain gives what the flags do to a person now: the table of page 12, with the flag and the rule behind each outcome.
func (w *World) Explain(t TB, id string) []explain.DisclosureRow {
	t.Helper()
	disclosed, err := w.Control.Disclosure(t.Context(), id)
	if err != nil {
		t.Fatalf("simtest: explain person %q: %v", id, err)
	}
	return disclosed.Rows
}
