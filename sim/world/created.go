package world

import "time"

// worldCreated is the first event of every world.
type worldCreated struct {
	Seed                uint64    `json:"seed"`
	RegistrationOpensAt time.Time `json:"registrationOpensAt"` // zero: open from the beginning
}

func (e *worldCreated) apply(s *State, _ time.Time) {
	s.seed, s.key = e.Seed, newDrawKey(e.Seed)
	s.registrationOpensAt = e.RegistrationOpensAt.In(JST)
	s.mode = Mode{Mode: ModeNormal, Areas: []string{}, Institutions: []string{}, Systems: []string{}}
}
