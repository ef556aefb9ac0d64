package world

import (
	"context"
	"iter"
	"slices"

	"onshisim/sim/disclosure"
	"onshisim/sim/matching"
	"onshisim/sim/population"
	"onshisim/sim/problem"
)

// Person is the person with an id.
func (w *World) Person(id string) (*Insured, bool) {
	return w.find(byID, id)
}

// PersonByCard is the person whose card has a serial, stopped and revoked cards included.
func (w *World) PersonByCard(serial string) (*Insured, bool) {
	return w.find(byCard, serial)
}

// PersonByIndividualNumber is the person who has an individual number (個人番号) now.
func (w *World) PersonByIndividualNumber(number string) (*Insured, bool) {
	return w.find(byIndividualNumber, number)
}

// PersonByPortalUser is the person who has a Mynaportal user id.
func (w *World) PersonByPortalUser(portalUserID string) (*Insured, bool) {
	return w.find(byPortalUser, portalUserID)
}

func (w *World) find(by *key, text string) (*Insured, bool) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	ordinal, known := w.state.find(by, text)
	if !known {
		return nil, false
	}
	return w.state.person(ordinal), true
}

// Persons are at most limit persons, from cursor, and the cursor of the next page, 0 if this is the last: those written into
// the world in the order they came, then the residents of its nation.
func (w *World) Persons(cursor, limit int) (page []*Insured, next int) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	s := w.state
	ordinal := uint64(cursor) + 1
	for len(page) < limit {
		if ordinal > uint64(len(s.persons)) {
			ordinal = max(ordinal, firstResident)
		}
		if !s.exists(ordinal) {
			return page, 0
		}
		page = append(page, s.person(ordinal))
		ordinal++
	}
	if s.exists(ordinal) || s.residents != nil && ordinal < firstResident {
		next = int(ordinal - 1)
	}
	return page, next
}

// Size is how many persons there are, those of the nation included.
func (w *World) Size() int {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.state.residents == nil {
		return len(w.state.persons)
	}
	return len(w.state.persons) + w.state.residents.Persons()
}

// PersonsWhoMayBeProtected yields, in no request's hurry, all who were written into the world or to whom something has
// happened there, and the residents whom the nation has flags for: nobody else has any.
func (w *World) PersonsWhoMayBeProtected() iter.Seq[*Insured] {
	return func(yield func(*Insured) bool) {
		w.mu.RLock()
		written, nation := slices.Clone(w.state.persons), w.state.residents
		changed := nation.changedOnes()
		w.mu.RUnlock()
		for _, p := range written {
			if !yield(p) {
				return
			}
		}
		if nation == nil {
			return
		}
		now := func(index int) *Insured {
			w.mu.RLock()
			defer w.mu.RUnlock()
			return nation.person(index)
		}
		for _, index := range changed {
			if !yield(now(index)) {
				return
			}
		}
		for index := range nation.Protected() {
			if _, yielded := slices.BinarySearch(changed, index); !yielded && !yield(now(index)) {
				return
			}
		}
	}
}

// AppendHolders appends the memberships whose certificate has this insurer number, symbol and number, in whatever width they
// are written, and this date of birth, if it isn't empty: a family's share the rest. Those of one person follow each other.
func (w *World) AppendHolders(to []MemberOf, insurerNumber, symbol, number, birthdate string) []MemberOf {
	key := newCertificateKey(insurerNumber, symbol, number)
	w.mu.RLock()
	defer w.mu.RUnlock()
	s := w.state
	written := s.index.byCertificate[key]
	for _, ordinal := range written {
		to = s.person(ordinal).appendHolders(to, &key, birthdate)
	}
	if s.residents == nil {
		return to
	}
	first, behind := s.residents.HouseholdOfCertificate(key.insurer, key.symbol, key.number)
	for index := first; index < behind; index++ {
		switch changed := s.residents.changed(index); {
		case changed && slices.Contains(written, firstResident+uint64(index)): // came to a certificate of its household
		case changed || birthdate == "" || s.residents.IsBornOn(index, birthdate):
			to = s.residents.person(index).appendHolders(to, &key, birthdate)
		}
	}
	return to
}

// appendHolders appends those of the person's memberships.
func (p *Insured) appendHolders(to []MemberOf, key *certificateKey, birthdate string) []MemberOf {
	for own := range p.Members {
		if m := &p.Members[own]; key.isOf(m) && (birthdate == "" || birthdate == m.Birthdate) {
			to = append(to, MemberOf{p, own})
		}
	}
	return to
}

// Namesakes are the persons who have, in one of their memberships, this name or kana name and date of birth (P5-2).
func (w *World) Namesakes(name, birthdate string) []*Insured {
	key := nameKey{birthdate, matching.Fold(name)}
	return w.collect(
		func(x *index) []uint64 { return x.byName[key] },
		func(n *population.Nation) []int { return n.Namesakes(key.name, key.birthdate) },
		func(p *Insured) bool { return p.hasName(key) },
	)
}

// Principals are the persons who named a Mynaportal user their proxy (代理人).
func (w *World) Principals(proxy string) []*Insured {
	return w.collect(
		func(x *index) []uint64 { return x.byProxy[proxy] },
		func(n *population.Nation) []int { return n.ByProxy(proxy) },
		func(p *Insured) bool { return slices.Contains(p.Proxies, proxy) },
	)
}

// collect finds persons by a key that several may share: in the index, and in the nation, where has tells who still has it.
func (w *World) collect(in func(*index) []uint64, of func(*population.Nation) []int, has func(*Insured) bool) []*Insured {
	w.mu.RLock()
	defer w.mu.RUnlock()
	s := w.state
	written := in(&s.index)
	var residents []int
	if s.residents != nil {
		residents = of(s.residents.Nation)
	}
	persons := make([]*Insured, 0, len(written)+len(residents))
	for _, ordinal := range written {
		persons = append(persons, s.person(ordinal))
	}
	for _, index := range residents {
		if p := s.residents.person(index); !s.residents.changed(index) || has(p) {
			persons = append(persons, p)
		}
	}
	return persons
}

// MembersOf is a page of an insurer's own members: at most limit of them, from cursor, and the cursor of the next page, 0 if
// this is the last. Those whom the world registered come first, in that order, then those whom the nation has.
func (w *World) MembersOf(insurerNumber string, cursor, limit int) (page []MemberOf, next int) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if page, next = w.state.registered(insurerNumber, cursor, limit); next > 0 || w.state.residents == nil {
		return page, next
	}
	more, next := w.state.residents.membersOf(insurerNumber, max(cursor-int(firstResident), 0), limit-len(page))
	return append(page, more...), next
}

// registered is the part of the page that the world's own lists give.
func (s *State) registered(insurerNumber string, cursor, limit int) (page []MemberOf, next int) {
	slots := s.index.byInsurer[insurerNumber]
	for ; cursor < len(slots); cursor++ {
		slot := slots[cursor]
		if slot.person == 0 {
			continue
		}
		if len(page) == limit {
			return page, cursor
		}
		p := s.person(slot.person)
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
	if ordinal, known := s.find(byPersonalInsuredNumber, personalInsuredNumber); known {
		p := s.person(ordinal)
		if own := p.Membership(personalInsuredNumber); look.Meets(disclosure.MemberIsOwn, p.Members[own].InsurerNumber == insurerNumber) {
			return MemberOf{p, own}, nil
		}
	}
	return MemberOf{}, problem.New(problem.NotFound, "SIM-INT-404", "You have no member with this personal insured number; register it with PUT first.")
}
