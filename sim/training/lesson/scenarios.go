package lesson

import (
	"io/fs"
	"slices"
	"sync"
	"weak"

	"onshisim/sim/scenario"
	"onshisim/sim/world"
)

// Scenarios are the scenarios of a file system that can be played step by step. The files are taken to stay as they are: they
// are read once, when somebody asks.
type Scenarios struct {
	all func() ([]*scenario.Scenario, error)

	mu       sync.Mutex
	followed map[weak.Pointer[world.World]]*followed
}

// NewScenarios are the scenarios of a file system.
func NewScenarios(files fs.FS) *Scenarios {
	return &Scenarios{
		all:      sync.OnceValues(func() ([]*scenario.Scenario, error) { return scenario.LoadAll(files) }),
		followed: map[weak.Pointer[world.World]]*followed{},
	}
}

// All are the scenarios in the order of their names.
func (s *Scenarios) All() ([]*scenario.Scenario, error) { return s.all() }

// Find is the scenario with a name; nil if there is none.
func (s *Scenarios) Find(name string) (*scenario.Scenario, error) {
	all, err := s.all()
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(each *scenario.Scenario) bool { return each.Name == name })
	if at < 0 {
		return nil, nil
	}
	return all[at], nil
}
