package simtest

import "onshisim/sim/world"

// SetMode puts the world into normal, disaster (大規模災害) or failure (システム障害) mode (P5-5); in failure, the systems that
// are named answer 503.
func (w *World) SetMode(t TB, mode world.Mode) {
	t.Helper()
	if _, err := w.Control.SetMode(t.Context(), mode); err != nil {
		t.Fatalf("simtest: set mode %q: %v", mode.Mode, err)
	}
}

// Fault scripts a fault behind those in force, as "the second answer of the terminal is late":
//
//	w.Fault(t, world.Fault{System: "terminal", Skip: 1, Count: 1, Delay: "3s"})
func (w *World) Fault(t TB, fault world.Fault) {
	t.Helper()
	if _, err := w.Control.ScriptFault(t.Context(), fault); err != nil {
		t.Fatalf("simtest: script a fault: %v", err)
	}
}

// ClearFaults takes all faults out of force.
func (w *World) ClearFaults(t TB) {
	t.Helper()
	if err := w.Control.ClearFaults(t.Context()); err != nil {
		t.Fatalf("simtest: clear the faults: %v", err)
	}
}

// Mutant makes the world answer by a wrong policy, each wrong in one rule: a test that still passes would not notice. With
// an empty name the world answers by the notice again. Plane().Mutants lists them.
func (w *World) Mutant(t TB, name string) {
	t.Helper()
	if err := w.Control.SetMutant(t.Context(), name); err != nil {
		t.Fatalf("simtest: answer by the mutant %q: %v", name, err)
	}
}

// Checkpoint names the state as it is now, for Restore.
func (w *World) Checkpoint(t TB, name string) {
	t.Helper()
	if _, err := w.Control.PutCheckpoint(t.Context(), name); err != nil {
		t.Fatalf("simtest: put checkpoint %q: %v", name, err)
	}
}

// Restore makes the world what it was at a checkpoint: persons, flags, sessions, consents, faults, mutant, clock and mode.
// The journal goes on.
func (w *World) Restore(t TB, name string) {
	t.Helper()
	if _, err := w.Control.Restore(t.Context(), name); err != nil {
		t.Fatalf("simtest: restore checkpoint %q: %v", name, err)
	}
}
