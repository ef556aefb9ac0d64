package world

import (
	"cmp"
	"context"
	"slices"
	"time"

	"onshisim/sim/disclosure"
)

// Register does the initial registration (初回登録, P11-1) of a person with the card of the session; before the world's
// registration opens it reserves it (予約登録, P11-2).
func (w *World) Register(ctx context.Context, serial string) error {
	return w.doCard(ctx, serial, func(s *State, p *Insured, _ *Card, now time.Time) ([]change, error) {
		status := p.RegistrationWith(serial).Status
		switch {
		case status == RegistrationCompleted:
			return nil, nil
		case now.Before(s.registrationOpensAt):
			if status == RegistrationReserved {
				return nil, nil
			}
			return []change{&registrationReserved{serial}}, nil
		}
		return []change{p.endRegistration(serial, dateOf(now))}, nil
	})
}

// RegistrationWith is the state of the person's registration with a card; another card's does not pass to it.
func (p *Insured) RegistrationWith(serial string) Registration {
	switch serial {
	case "":
		return Registration{}
	case p.RegisteredCard:
		return Registration{RegistrationCompleted, serial, p.registeredAt}
	case p.attempt.CardSerial:
		return p.attempt
	}
	return Registration{CardSerial: serial}
}

// LastRegistration is the completed registration, or else the last attempt at one, with whichever card.
func (p *Insured) LastRegistration() Registration {
	return p.RegistrationWith(cmp.Or(p.RegisteredCard, p.attempt.CardSerial))
}

// endRegistration goes the way of P.11: the intermediate server answers step ③ with the personal insured number of the
// latest eligibility, unless the self-information flag there refuses it (P13-4); JPKI checks the certificate in step ④.
func (p *Insured) endRegistration(serial string, today disclosure.Date) change {
	latest := p.Latest(today)
	answered := latest >= 0 &&
		p.Decide(disclosure.InitialRegistration, disclosure.Portal, latest, today).Outcome == disclosure.Provided
	certified := p.cardIndex(serial) >= 0 && p.Card(serial).usable() == nil
	return &registrationEnded{CardSerial: serial, Person: p.ID, Completed: answered && certified}
}

// due are the events that the clock has brought about: reservations are processed when registration opens (QA-5).
func (s *State) due(now time.Time) []change {
	if len(s.reservations) == 0 || now.Before(s.registrationOpensAt) {
		return nil
	}
	ended := make([]change, 0, len(s.reservations))
	for _, ordinal := range s.reservations {
		p := s.person(ordinal)
		ended = append(ended, p.endRegistration(p.attempt.CardSerial, dateOf(s.registrationOpensAt)))
	}
	return ended
}

// Settle brings about what the clock has made due, so that the next answer is of now.
func (w *World) Settle(ctx context.Context) error {
	w.mu.RLock()
	due := len(w.state.due(w.state.clock.now(w.wall()))) > 0
	w.mu.RUnlock()
	if !due {
		return nil
	}
	return w.do(ctx, everybody, func(*State, time.Time) ([]change, error) { return nil, nil })
}

type registrationReserved struct {
	CardSerial string `json:"cardSerial"`
}

func (e *registrationReserved) apply(s *State, at time.Time) {
	ordinal := s.index.byCard[e.CardSerial]
	s.edit(ordinal, func(p *Insured) { p.attempt = Registration{RegistrationReserved, e.CardSerial, at} })
	if !slices.Contains(s.reservations, ordinal) {
		s.reservations = append(s.reservations, ordinal)
	}
}

type registrationEnded struct {
	Person     string `json:"person"`
	CardSerial string `json:"cardSerial"`
	Completed  bool   `json:"completed"`
}

func (e *registrationEnded) apply(s *State, at time.Time) {
	ordinal := s.index.byID[e.Person]
	s.edit(ordinal, func(p *Insured) {
		if !e.Completed {
			p.attempt = Registration{RegistrationFailed, e.CardSerial, at}
			return
		}
		p.attempt = Registration{}
		p.RegisteredCard, p.registeredAt = e.CardSerial, at
	})
	s.dropReservation(ordinal)
}

// dropReservation forgets that a person's registration waits for the opening.
func (s *State) dropReservation(ordinal uint64) {
	s.reservations = slices.DeleteFunc(s.reservations, func(o uint64) bool { return o == ordinal })
}
