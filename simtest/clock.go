package simtest

import (
	"time"

	"onshisim/sim/world"
)

// Now is the world's time, in Japan's.
func (w *World) Now(t TB) time.Time {
	t.Helper()
	clock, err := w.Control.Clock(t.Context())
	if err != nil {
		t.Fatalf("simtest: read the clock: %v", err)
	}
	return clock.Now.In(world.JST)
}

// SetClock sets the clock. What time makes due happens, as a reserved registration when it opens (QA-5).
func (w *World) SetClock(t TB, to time.Time) {
	t.Helper()
	if _, err := w.Control.SetClock(t.Context(), to); err != nil {
		t.Fatalf("simtest: set the clock to %s: %v", to.Format(time.RFC3339), err)
	}
}

// Advance moves the clock on, by whole seconds.
func (w *World) Advance(t TB, by time.Duration) {
	t.Helper()
	if _, err := w.Control.Advance(t.Context(), by); err != nil {
		t.Fatalf("simtest: advance the clock by %s: %v", by, err)
	}
}
