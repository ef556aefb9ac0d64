package simtest

import "onshisim/sim/journal"

// Journal gives the requests that the world got, oldest first, with what was decided and why. Those of SetFlags, LogIn and
// Do are among them.
func (w *World) Journal(t TB, query journal.Query) journal.Page {
	t.Helper()
	page, err := w.Control.Journal(t.Context(), query, 0)
	if err != nil {
		t.Fatalf("simtest: read the journal: %v", err)
	}
	return page
}

// Verify fails the test, and lets it go on, unless as many requests match as are expected; it then says which came closest.
func (w *World) Verify(t TB, expected journal.Expectation) journal.Verification {
	t.Helper()
	verified, err := w.Control.Verify(t.Context(), expected)
	if err != nil {
		t.Fatalf("simtest: verify the journal: %v", err)
	}
	if !verified.Holds {
		t.Errorf("simtest: the journal of the world %s is not as expected.\n%s", w.Name, verified.Report)
	}
	return verified
}
