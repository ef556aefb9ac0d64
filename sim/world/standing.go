package world

import "time"

// Standing is how a world stands for every request to it, whoever it is about.
type Standing struct {
	Now    time.Time
	Mode   Mode
	Mutant string // by which it answers; empty: by the notice
	Faults bool   // whether any is in force

	due bool // whether the clock has brought something about
}

// Standing is how the world stands now.
func (w *World) Standing() Standing {
	w.mu.RLock()
	defer w.mu.RUnlock()
	s, now := w.state, w.instant()
	return Standing{Now: now, Mode: s.mode, Mutant: s.mutant, Faults: len(s.faults) > 0, due: s.isDue(now)}
}
