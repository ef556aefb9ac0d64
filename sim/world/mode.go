package world

import (
	"context"
	"slices"
	"time"

	"onshisim/sim/problem"
)

// The modes of a world (P5-5).
const (
	ModeNormal   = "normal"
	ModeDisaster = "disaster" // large-scale disaster (大規模災害)
	ModeFailure  = "failure"  // system failure (システム障害)
)

// Systems are the names of the national systems, as in their paths.
var Systems = []string{"intermediate", "mynaportal", "jpki", "terminal", "disaster"}

// Mode says whether the disaster screens are open, to whom, and which systems are down.
type Mode struct {
	Mode         string   `json:"mode" enum:"normal,disaster,failure"`
	Areas        []string `json:"areas" required:"false" doc:"disaster: areas in which the screens are open; none: everywhere"`
	Institutions []string `json:"institutions" required:"false" doc:"failure: institutions for which the screens are open; none: all"`
	Systems      []string `json:"systems" required:"false" enum:"intermediate,mynaportal,jpki,terminal,disaster" doc:"failure: systems that are down and answer 503"`
}

// Mode is the mode in force.
func (w *World) Mode() Mode {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.state.mode
}

// Down says whether a system is down.
func (m *Mode) Down(system string) bool {
	return m.Mode == ModeFailure && slices.Contains(m.Systems, system)
}

// OpensDisasterScreens says whether an institution's disaster screens are open (P5-5).
func (m *Mode) OpensDisasterScreens(institution *Institution) bool {
	switch m.Mode {
	case ModeDisaster:
		return len(m.Areas) == 0 || slices.Contains(m.Areas, institution.Area)
	case ModeFailure:
		return len(m.Institutions) == 0 || slices.Contains(m.Institutions, institution.MedicalInstitutionCode)
	}
	return false
}

// SetMode changes the mode.
func (w *World) SetMode(ctx context.Context, mode Mode) error {
	return w.setRight(ctx, func(s *State, _ time.Time) ([]change, error) {
		if err := s.checkMode(&mode); err != nil {
			return nil, err
		}
		mode.Areas, mode.Institutions, mode.Systems = present(mode.Areas), present(mode.Institutions), present(mode.Systems)
		return []change{&modeSet{mode}}, nil
	})
}

func (s *State) checkMode(mode *Mode) error {
	if mode.Mode != ModeDisaster && len(mode.Areas) > 0 {
		return problem.BadField("body.areas", "goes with mode %q only", ModeDisaster)
	}
	if mode.Mode != ModeFailure && len(mode.Institutions) > 0 {
		return problem.BadField("body.institutions", "goes with mode %q only", ModeFailure)
	}
	if mode.Mode != ModeFailure && len(mode.Systems) > 0 {
		return problem.BadField("body.systems", "goes with mode %q only", ModeFailure)
	}
	for _, code := range mode.Institutions {
		if _, known := s.institution(code); !known {
			return problem.BadField("body.institutions", "%q is no institution of this world", code)
		}
	}
	for _, system := range mode.Systems {
		if !slices.Contains(Systems, system) {
			return problem.BadField("body.systems", "%q is no system; the systems are %v", system, Systems)
		}
	}
	return nil
}

// present is a list that is never nil, so that it stands in JSON as a list.
func present[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

type modeSet struct{ Mode }

func (e *modeSet) apply(s *State, _ time.Time) { s.mode = e.Mode }
