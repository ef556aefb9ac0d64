package world

import (
	"context"
	"hash/crc32"
	"strconv"
	"time"
)

// DisasterConsent is a consent that medical staff asked for orally and entered with the consent button (P5-4).
type DisasterConsent struct {
	Institution string    `json:"institution"`
	Person      string    `json:"person"` // id
	Checkups    bool      `json:"checkups"`
	Medicines   bool      `json:"medicines"`
	AskedBy     string    `json:"askedBy"` // the staff member
	At          time.Time `json:"-"`       // the event's
}

func (c DisasterConsent) expiry() time.Time { return c.At.Add(keptFor) }

// CandidateID is the id under which an institution's disaster screens know a person; another institution's differs.
func (w *World) CandidateID(institution string, p *Insured) string {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.state.key.seal(sealCandidate, institution, p.Ordinal, p.mark())
}

// Candidate is the person whom an institution's disaster screens know under an id.
func (w *World) Candidate(institution, id string) (*Insured, bool) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.state.opened(sealCandidate, institution, id)
}

// opened is the person behind a sealed code. One who has the ordinal since a checkpoint was restored is another.
func (s *State) opened(purpose, owner, code string) (*Insured, bool) {
	ordinal, mark, ok := s.key.open(purpose, owner, code)
	if !ok || !s.exists(ordinal) {
		return nil, false
	}
	p := s.person(ordinal)
	return p, p.mark() == mark
}

// mark tells a person from another with the same ordinal.
func (p *Insured) mark() uint32 { return crc32.ChecksumIEEE([]byte(p.ID)) }

// ConsentInDisaster puts a consent on record and gives it with the instant it was given.
func (w *World) ConsentInDisaster(ctx context.Context, p *Insured, consent DisasterConsent) (DisasterConsent, error) {
	err := w.do(ctx, p.Ordinal, about(p, func(_ *State, p *Insured, now time.Time) ([]change, error) {
		consent.Person, consent.At = p.ID, now
		return []change{&disasterConsent{consent}}, nil
	}))
	return consent, err
}

// DisasterConsent is the last consent that a person gave at an institution's disaster screens.
func (w *World) DisasterConsent(institution string, p *Insured) DisasterConsent {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.state.consents.byKey[consentKey(institution, p.Ordinal)]
}

func consentKey(institution string, ordinal uint64) string {
	return institution + "/" + strconv.FormatUint(ordinal, 10)
}

type disasterConsent struct{ DisasterConsent }

func (e *disasterConsent) apply(s *State, at time.Time) {
	consent := e.DisasterConsent
	consent.At = at
	s.consents.put(consentKey(e.Institution, s.found(byID, e.Person).Ordinal), consent, at)
}
