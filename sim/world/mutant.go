package world

import (
	"context"
	"time"

	"onshisim/sim/disclosure"
)

// SetMutant makes the world answer by a wrong policy, or with an empty name by the notice again. The name is one of
// sim/mutant.
func (w *World) SetMutant(ctx context.Context, name string) error {
	return w.setRight(ctx, func(s *State, _ time.Time) ([]change, error) {
		if s.mutant == name {
			return nil, nil
		}
		return []change{&mutantSet{name}}, nil
	})
}

// Mutant is the name of the wrong policy by which the world answers, empty if it answers by the notice.
func (w *World) Mutant() string {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.state.mutant
}

type mutantSet struct {
	Name string `json:"name"`
}

func (e *mutantSet) apply(s *State, _ time.Time) {
	s.mutant, s.policy = e.Name, disclosure.PolicyOf(e.Name)
}
