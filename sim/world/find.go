package world

import (
	"context"
	"iter"
	"slices"

	"onshisim/sim/disclosure"
	"onshisim/sim/matching"
	"onshisim/sim/problem"
)

// Person is the person with an id.
func (w *World) Person(id string) (*Insured, bool) {
	return w.find(func(x *index) map[string]uint64 { return x.byID }, id)
}

// PersonByCard is the person whose card has a serial, stopped and revoked cards included.
func (w *World) PersonByCard(serial string) (*Insured, bool) {
	return w.find(func(x *index) map[string]uint64 { return x.byCard }, serial)
}

// PersonByIndividualNumber is the person who has an individual number (個人番号) now.
func (w *World) PersonByIndividualNumber(number string) (*Insured, bool) {
	return w.find(func(x *index) map[string]uint64 { return x.byIndividualNumber }, number)
}

// PersonByPortalUser is the person who has a Mynaportal user id.
func (w *World) PersonByPortalUser(portalUserID string) (*Insured, bool) {
	return w.find(func(x *index) map[string]uint64 { return x.byPortalUser }, portalUserID)
}

func (w *World) find(in func(*index) map[string]uint64, key string) (*Insured, bool) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	ordinal, known := in(&w.state.index)[key]
	if !known {
		return nil, false
	}
	return w.state.person(ordinal), true
}

// Persons are at most limit persons in the order they came, from cursor, and the cursor of the next page, 0 if this is
// the last.
func (w *World) Persons(cursor, limit int) (page []*Insured, next int) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	from := min(cursor, len(w.state.persons))
	to := min(from+limit, len(w.state.persons))
	if to < len(w.state.persons) {
		next = to
	}
	return slices.Clone(w.state.persons[from:to]), next
}

// Certificates yields the memberships whose certificate has this insurer number, symbol and number, in whatever width
// they are written: a family's share one.
func (w *World) Certificates(insurerNumber, symbol, number string) iter.Seq2[*Insured, int] {
	key := newCertificateKey(insurerNumber, symbol, number)
	return func(yield func(*Insured, int) bool) {
		for _, p := range w.collect(func(x *index) []uint64 { return x.byCertificate[key] }) {
			for own := range p.Members {
				if certificateOf(&p.Members[own]) == key && !yield(p, own) {
					return
				}
			}
		}
	}
}

// Namesakes are the persons who have, in one of their memberships, this name or kana name and date of birth (P5-2).
func (w *World) Namesakes(name, birthdate string) []*Insured {
	key := nameKey{birthdate, matching.Fold(name)}
	return w.collect(func(x *index) []uint64 { return x.byName[key] })
}

// Principals are the persons who named a Mynaportal user their proxy (代理人).
func (w *World) Principals(proxy string) []*Insured {
	return w.collect(func(x *index) []uint64 { return x.byProxy[proxy] })
}

func (w *World) collect(in func(*index) []uint64) []*Insured {
	w.mu.RLock()
	defer w.mu.RUnlock()
	ordinals := in(&w.state.index)
	persons := make([]*Insured, 0, len(ordinals))
	for _, ordinal := range ordinals {
		persons = append(persons, w.state.person(ordinal))
	}
	return persons
}

// MembersOf is a page of an insurer's own members in the order of their registration: at most limit of them, from
// cursor, and the cursor of the next page, 0 if this is the last.
func (w *World) MembersOf(insurerNumber string, cursor, limit int) (page []MemberOf, next int) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	slots := w.state.index.byInsurer[insurerNumber]
	for ; cursor < len(slots); cursor++ {
		slot := slots[cursor]
		if slot.person == 0 {
			continue
		}
		if len(page) == limit {
			return page, cursor
		}
		p := w.state.person(slot.person)
		page = append(page, MemberOf{p, p.Membership(slot.personalInsuredNumber)})
	}
	return page, 0
}

// MemberOf is one of a person's memberships.
type MemberOf struct {
	Person *Insured
	Own    int
}

// OwnMember is an insurer's own member with a personal insured number; another insurer's is as unknown as none (論理区画).
func (w *World) OwnMember(ctx context.Context, insurerNumber, personalInsuredNumber string) (MemberOf, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.state.ownMember(w.state.look(ctx, w.state.clock.now(w.wall())), insurerNumber, personalInsuredNumber)
}

func (s *State) ownMember(look Look, insurerNumber, personalInsuredNumber string) (MemberOf, error) {
	if ordinal, known := s.index.byPersonalInsuredNumber[personalInsuredNumber]; known {
		p := s.person(ordinal)
		if own := p.Membership(personalInsuredNumber); look.Meets(disclosure.MemberIsOwn, p.Members[own].InsurerNumber == insurerNumber) {
			return MemberOf{p, own}, nil
		}
	}
	return MemberOf{}, problem.New(problem.NotFound, "SIM-INT-404", "You have no member with this personal insured number; register it with PUT first.")
}
