package world

import (
	"crypto/cipher"
	"iter"
	"slices"
	"time"

	"onshisim/sim/disclosure"
)

// State is a world as its events have made it. Only change.apply writes to it, under the world's lock; the persons in it
// are never written to once they are in place, so that a reader may go on reading one without a lock.
type State struct {
	seed                uint64
	key                 drawKey
	registrationOpensAt time.Time
	clock               clock
	mode                Mode
	mutant              string // name of the wrong policy in force, if any
	policy              *disclosure.Policy

	insurers     directory[Insurer]
	agencies     directory[Agency]
	institutions directory[Institution]
	cardOffice   CardOffice
	callers      map[tokenDigest]Caller
	tokens       cipher.Block // of the nation's organisations, whose tokens are computed

	persons    []*Insured // the written ones, by ordinal, from 1
	index      index
	population *Population // names the nation
	residents  *residents  // its persons; nil: the world has none
	alone      *Insured    // not nil: the state is that of this person alone, over whom its own events are folded
	taking     happened    // the event that is being applied

	faults         []*fault // in force, in their order; never written to once it is in place
	faultsScripted int      // ever, for their ids
	checkpoints    map[string]Checkpoint

	reservations []uint64          // ordinals of persons whose reserved registration waits for the opening
	sessions     expiring[Session] // by the digests of their tokens
	cardReads    expiring[CardRead]
	newestReads  expiring[CardRead] // by institution and the card's holder; see newestRead
	consents     expiring[DisasterConsent]

	presentations []Presentation // cards on readers, in their order
	presented     int            // ever, for their ids
}

func newState() *State {
	return &State{
		policy:       disclosure.Notice,
		insurers:     newDirectory[Insurer](),
		agencies:     newDirectory[Agency](),
		institutions: newDirectory[Institution](),
		callers:      map[tokenDigest]Caller{},
		index:        newIndex(),
		checkpoints:  map[string]Checkpoint{},
		sessions:     newExpiring[Session](),
		cardReads:    newExpiring[CardRead](),
		newestReads:  newExpiring[CardRead](),
		consents:     newExpiring[DisasterConsent](),
	}
}

// take applies an event at its instant.
func (s *State) take(c change, at time.Time) {
	s.taking = happened{c, at}
	c.apply(s, at)
	s.taking = happened{}
	if _, back := c.(*checkpointRestored); !back { // its instant is of the state that it left
		s.clock.notice(at)
	}
}

// person is the person with an ordinal; ordinals come from the state's own indexes and always exist.
func (s *State) person(ordinal uint64) *Insured {
	switch {
	case s.alone != nil:
		return s.alone
	case ordinal >= firstResident:
		return s.residents.person(int(ordinal - firstResident))
	}
	return s.persons[ordinal-1]
}

// exists says whether anybody has an ordinal.
func (s *State) exists(ordinal uint64) bool {
	if ordinal >= firstResident {
		return s.residents != nil && ordinal-firstResident < uint64(s.residents.Persons())
	}
	return ordinal > 0 && ordinal <= uint64(len(s.persons))
}

// edit replaces a person by a changed copy. The change must not touch what the indexes go by; see replace.
func (s *State) edit(p *Insured, change func(p *Insured)) {
	changed := *p
	change(&changed)
	s.put(&changed)
}

// replace puts a person in place of the one with the same ordinal, or behind the last one, and brings the indexes along.
func (s *State) replace(p *Insured) {
	p.Memberships = memberships(p.Members)
	switch {
	case s.alone != nil:
	case p.Ordinal >= firstResident:
		index := int(p.Ordinal - firstResident)
		s.index.replace(s.residents.person(index), p, residentOf(s.residents.Nation, index))
	case s.exists(p.Ordinal):
		s.index.replace(s.person(p.Ordinal), p, nil)
	default:
		s.index.replace(nil, p, nil)
	}
	s.put(p)
}

// put puts a person in place of the one with the same ordinal, or behind the last one.
func (s *State) put(p *Insured) {
	switch {
	case s.alone != nil:
		s.alone = p
	case p.Ordinal >= firstResident:
		s.residents.lay(p, s.taking)
	case s.exists(p.Ordinal):
		s.persons[p.Ordinal-1] = p
	default:
		s.persons = append(s.persons, p)
	}
}

// writtenPersons yields the persons that the state holds: those written into it, then the residents to whom something has
// happened.
func (s *State) writtenPersons() iter.Seq[*Insured] {
	return func(yield func(*Insured) bool) {
		for _, p := range s.persons {
			if !yield(p) {
				return
			}
		}
		for _, index := range s.residents.changedOnes() {
			if !yield(s.residents.person(index)) {
				return
			}
		}
	}
}

// written says whether the state holds a person with an id.
func (s *State) written(id string) bool {
	ordinal, known := s.find(byID, id)
	return known && (ordinal < firstResident || s.residents.changed(int(ordinal-firstResident)))
}

// DateOf is the day of an instant in JST.
func DateOf(at time.Time) disclosure.Date {
	return disclosure.Date(at.In(JST).Format(time.DateOnly))
}

// directory keeps entries by code, in the order they came.
type directory[T any] struct {
	byCode map[string]T
	order  []string
}

func newDirectory[T any]() directory[T] { return directory[T]{byCode: map[string]T{}} }

func (d *directory[T]) put(code string, entry T) {
	if _, known := d.byCode[code]; !known {
		d.order = append(d.order, code)
	}
	d.byCode[code] = entry
}

// list is the entries in order, never nil.
func (d *directory[T]) list() []T {
	entries := make([]T, 0, len(d.order))
	for _, code := range d.order {
		entries = append(entries, d.byCode[code])
	}
	return entries
}

// expiring keeps entries by key until they are past their time, so that a world's age costs no memory.
type expiring[T interface{ expiry() time.Time }] struct {
	byKey map[string]T
	order []expiringKey // by expiry
}

type expiringKey struct {
	key    string
	expiry time.Time
}

func newExpiring[T interface{ expiry() time.Time }]() expiring[T] {
	return expiring[T]{byKey: map[string]T{}}
}

func (e *expiring[T]) put(key string, entry T, at time.Time) {
	for len(e.order) > 0 && e.order[0].expiry.Before(at) {
		oldest := e.order[0].key
		if e.byKey[oldest].expiry().Before(at) { // it may have been put again since
			delete(e.byKey, oldest)
		}
		e.order = e.order[1:]
	}
	former, known := e.byKey[key]
	e.byKey[key] = entry
	expiry := entry.expiry()
	switch last := len(e.order) - 1; {
	case known && former.expiry().Equal(expiry):
	case last < 0 || !expiry.Before(e.order[last].expiry):
		e.order = append(e.order, expiringKey{key, expiry})
	default: // the clock was set back
		e.order = slices.Insert(e.order, e.past(expiry), expiringKey{key, expiry})
	}
}

// open counts the entries that are not past their time at an instant.
func (e *expiring[T]) open(at time.Time) int { return len(e.order) - e.past(at) }

// past counts the entries that are past their time at an instant.
func (e *expiring[T]) past(at time.Time) int {
	past, _ := slices.BinarySearchFunc(e.order, at, func(k expiringKey, at time.Time) int {
		if k.expiry.After(at) {
			return 1
		}
		return -1
	})
	return past
}
