package world

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"onshisim/sim/disclosure"
	"onshisim/sim/problem"
)

// Document is the person in one document: status of cards and flags as they are now.
func (p *Insured) Document() Person {
	d := p.Person // its lists are copies, so that nobody changes the world through its document
	d.Cards, d.Members, d.Proxies = slices.Clone(p.Cards), slices.Clone(p.Members), slices.Clone(p.Proxies)
	records := p.records()
	d.Checkups, d.Medicines, d.MedicalExpenses = slices.Clone(records.Checkups), slices.Clone(records.Medicines), slices.Clone(records.MedicalExpenses)
	for i := range d.Members {
		d.Members[i].Flags.Items = slices.Clone(d.Members[i].Flags.Items)
	}
	for i := range d.Cards {
		d.Cards[i].Status = d.Cards[i].State()
	}
	return d
}

// PutPerson puts a whole person in place, or adds one, and says whether it was added. What the document does not hold is
// lost, but for the history: of flags, exchange records, registrations with a card that the person keeps.
func (w *World) PutPerson(ctx context.Context, id string, person Person) (added bool, err error) {
	if person.ID != "" && person.ID != id {
		return false, problem.BadField("body.id", "is %q, but the path says %q", person.ID, id)
	}
	person.ID = id
	err = w.do(ctx, everybody, func(s *State, now time.Time) ([]change, error) {
		_, known := s.find(byID, id)
		added = !known
		put, err := s.putPerson(person, "body", DateOf(now))
		if err != nil {
			return nil, err
		}
		return []change{put}, nil
	})
	return added, err
}

// putPerson completes a document; field is where it stands, for errors.
func (s *State) putPerson(p Person, field string, today disclosure.Date) (change, error) {
	ordinal, known := s.find(byID, p.ID)
	if !known {
		ordinal = uint64(len(s.persons)) + 1
	}
	c := completion{s: s, field: field, ordinal: ordinal, today: today}
	if known {
		p.IndividualNumber = cmp.Or(p.IndividualNumber, s.person(ordinal).IndividualNumber)
	}
	if err := c.person(&p); err != nil {
		return nil, err
	}
	return &personPut{Person: p}, nil
}

type personPut struct {
	Person Person `json:"person"`
}

func (e *personPut) apply(s *State, at time.Time) {
	p := &Insured{Person: e.Person, Ordinal: uint64(len(s.persons)) + 1, FlagHistory: map[string][]FlagChange{}}
	p.Cards = unlockedCards(e.Person.Cards)
	var former *Insured
	if ordinal, known := s.find(byID, e.Person.ID); known {
		former = s.person(ordinal)
		p.keep(former)
	}
	if former == nil || former.RegisteredCard != p.RegisteredCard {
		p.registeredAt = at
	}
	if p.attempt.Status != RegistrationReserved {
		s.dropReservation(p.Ordinal)
	}
	p.noteFlags(former, at)
	s.replace(p)
}

// keep takes over from the person's former document what no document holds.
func (p *Insured) keep(former *Insured) {
	p.Ordinal = former.Ordinal
	p.FlagHistory = maps.Clone(former.FlagHistory)
	p.ExchangeRecords, p.inquirersHiding = former.ExchangeRecords, former.inquirersHiding
	p.referenceNumbers, p.formerNumbers = former.referenceNumbers, former.formerNumbers
	p.registeredAt = former.registeredAt
	if p.cardIndex(former.attempt.CardSerial) >= 0 {
		p.attempt = former.attempt
	}
	for i := range p.Cards {
		card := &p.Cards[i]
		if at := former.cardIndex(card.CardSerial); at >= 0 && former.Cards[at].PIN == card.PIN && former.Cards[at].State() == card.State() {
			card.failures = former.Cards[at].failures
		}
	}
}

// PutRecords replaces a person's checkups, medicines and medical expenses.
func (w *World) PutRecords(ctx context.Context, id string, records Records) error {
	target, known := w.Person(id)
	if !known {
		return UnknownPerson(id)
	}
	return w.do(ctx, target.Ordinal, about(target, func(s *State, target *Insured, now time.Time) ([]change, error) {
		p := target.Person
		p.Checkups, p.Medicines, p.MedicalExpenses = records.Checkups, records.Medicines, records.MedicalExpenses
		c := completion{s: s, field: "body", ordinal: target.Ordinal, today: DateOf(now)}
		if err := c.records(&p); err != nil {
			return nil, err
		}
		return []change{&recordsPut{Person: id, Records: Records{p.Checkups, p.Medicines, p.MedicalExpenses}}}, nil
	}))
}

type recordsPut struct {
	Person  string  `json:"person"`
	Records Records `json:"records"`
}

func (e *recordsPut) apply(s *State, _ time.Time) {
	s.edit(s.found(byID, e.Person), func(p *Insured) { p.putRecords(e.Records) })
}

// UnknownPerson is the error for an id that no person of the world has.
func UnknownPerson(id string) error {
	return problem.New(problem.NotFound, "SIM-PERSON-404", "There is no person %q in this world.", id)
}
