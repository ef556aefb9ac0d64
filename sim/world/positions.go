package world

import (
	"iter"
	"maps"

	"onshisim/sim/eventlog"
)

// Positions yields every world that this process holds by its name, with its position in its log.
func (r *Registry) Positions() iter.Seq2[string, eventlog.Position] {
	r.mu.RLock()
	worlds := maps.Clone(r.worlds)
	r.mu.RUnlock()
	return func(yield func(string, eventlog.Position) bool) {
		for name, w := range worlds {
			if !yield(name, w.Position()) {
				return
			}
		}
	}
}
