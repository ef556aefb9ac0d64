package world

import (
	"cmp"
	"context"
	"slices"
	"time"

	"onshisim/sim/disclosure"
	"onshisim/sim/journal"
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
		return []change{s.endRegistration(p, serial, s.look(ctx, now))}, nil
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
func (s *State) endRegistration(p *Insured, serial string, look Look) *registrationEnded {
	look = look.Of(p)
	latest := look.Latest(p)
	if latest < 0 {
		look.refuse("P11-1") // nothing to answer step ③ with
	}
	answered := latest >= 0 && look.Decide(p, disclosure.InitialRegistration, disclosure.Portal, latest) == disclosure.Provided
	if latest >= 0 && p.attempt.Status == RegistrationReserved {
		answered = look.Meets(disclosure.FlagsAtOpening, answered)
	}
	certified := p.cardIndex(serial) >= 0 && p.Card(serial).usable(look, disclosure.CertificateChecked) == nil
	ended := &registrationEnded{CardSerial: serial, Person: p.ID, Completed: answered && certified}
	if ended.Completed {
		ended.PersonalInsuredNumber = p.Members[latest].PersonalInsuredNumber
		ended.LinkNumber = s.key.seal(sealLink, "", p.Ordinal, p.mark())
	}
	return ended
}

// ProcessReservation is how the journal calls the processing of a reserved registration, which no request asked for.
const ProcessReservation = "process-reservation"

// due are the events that the clock has brought about, and what the journal is to hold of them: reservations are processed
// when registration opens (QA-5).
func (s *State) due(now time.Time) (ended []change, noted []journal.Entry) {
	if !s.isDue(now) {
		return nil, nil
	}
	for _, ordinal := range s.reservations {
		p, trace := s.person(ordinal), &Trace{}
		look := s.look(Tracing(context.Background(), trace), s.registrationOpensAt)
		ended = append(ended, s.endRegistration(p, p.attempt.CardSerial, look))
		noted = append(noted, journal.Entry{
			At: look.Now, System: "mynaportal", Operation: ProcessReservation,
			Actor:     journal.Actor{Role: "citizen", Person: p.ID, Card: p.attempt.CardSerial},
			Decisions: trace.Decisions, Mutant: s.mutant,
		})
	}
	return ended, noted
}

func (s *State) isDue(now time.Time) bool {
	return len(s.reservations) > 0 && !now.Before(s.registrationOpensAt)
}

// Settle brings about what the clock has made due, so that the next answer is of now, and tells how the world stands then.
func (w *World) Settle(ctx context.Context) (Standing, error) {
	standing := w.Standing()
	if !standing.due {
		return standing, nil
	}
	err := w.do(ctx, everybody, func(*State, time.Time) ([]change, error) { return nil, nil })
	return w.Standing(), err
}

type registrationReserved struct {
	CardSerial string `json:"cardSerial"`
}

func (e *registrationReserved) apply(s *State, at time.Time) {
	p := s.found(byCard, e.CardSerial)
	if p.attempt.Status != RegistrationReserved {
		s.reservations = append(s.reservations, p.Ordinal)
	}
	s.edit(p, func(p *Insured) { p.attempt = Registration{RegistrationReserved, e.CardSerial, at} })
}

// registrationEnded holds what step ④ hands to the eligibility system, if the registration completed.
type registrationEnded struct {
	Person                string `json:"person"`
	CardSerial            string `json:"cardSerial"`
	Completed             bool   `json:"completed"`
	PersonalInsuredNumber string `json:"personalInsuredNumber"`
	LinkNumber            string `json:"linkNumber"` // 紐付番号
}

func (e *registrationEnded) apply(s *State, at time.Time) {
	registering := s.found(byID, e.Person)
	s.edit(registering, func(p *Insured) {
		if !e.Completed {
			p.attempt = Registration{RegistrationFailed, e.CardSerial, at}
			return
		}
		p.attempt = Registration{}
		p.RegisteredCard, p.registeredAt = e.CardSerial, at
	})
	s.dropReservation(registering.Ordinal)
}

// dropReservation forgets that a person's registration waits for the opening; at the opening they go in their order.
func (s *State) dropReservation(ordinal uint64) {
	if at := slices.Index(s.reservations, ordinal); at == 0 {
		s.reservations = s.reservations[1:]
	} else if at > 0 {
		s.reservations = slices.Delete(s.reservations, at, at+1)
	}
}
