package world

import (
	"context"
	"slices"
	"strconv"
	"time"

	"onshisim/sim/problem"
)

// PresentedCard is a My Number card that a person puts on the card reader of an institution (顔認証付きカードリーダー), how the
// holder is made sure of there, and what is consented to on its screen.
type PresentedCard struct {
	CardSerial   string       `json:"cardSerial" minLength:"1" maxLength:"64"`
	Verification Verification `json:"verification"`
	Consents     Consents     `json:"consents" required:"false"`
}

// Presentation is a card on a reader, until a terminal has read it, and what came of that.
type Presentation struct {
	ID          string `json:"presentationId"`
	Institution string `json:"medicalInstitutionCode"`
	PresentedAt string `json:"presentedAt"`
	PresentedCard
	PresentationOutcome
}

// PresentationOutcome is what became of a card on a reader.
type PresentationOutcome struct {
	Status  string `json:"status" enum:"waiting,read,refused"`
	File    string `json:"file" required:"false" maxLength:"200" doc:"name of the file that the terminal dropped into face, once the card is read"`
	Code    string `json:"code" required:"false" maxLength:"64" doc:"why the card was refused"`
	Message string `json:"message" required:"false" maxLength:"2000"`
}

// How a card on a reader stands.
const (
	PresentationWaiting = "waiting" // no terminal has read it yet
	PresentationRead    = "read"
	PresentationRefused = "refused"
)

// PresentCard puts a card on the reader of an institution.
func (w *World) PresentCard(ctx context.Context, institution string, card PresentedCard) (Presentation, error) {
	if card.Verification.Method == VerifyPIN && card.Verification.PIN == "" {
		return Presentation{}, problem.BadField("body.verification.pin", "is needed with method pin")
	}
	var presented Presentation
	err := w.do(ctx, everybody, func(s *State, now time.Time) ([]change, error) {
		if _, known := s.institution(institution); !known {
			return nil, UnknownInstitution(institution)
		}
		if s.lying(institution) >= mostWaiting {
			return nil, problem.New(problem.Conflict, "SIM-READER-409", "%d cards wait on this reader, the most that may; start the terminal that reads them: sim terminal, or sim serve --oqs.", mostWaiting)
		}
		presented = Presentation{
			"presentation-" + strconv.Itoa(s.presented+1), institution, Instant(now), card, PresentationOutcome{Status: PresentationWaiting},
		}
		return []change{&cardPresented{presented}}, nil
	})
	return presented, err
}

// EndPresentation says what became of a card on a reader.
func (w *World) EndPresentation(ctx context.Context, institution, id string, outcome PresentationOutcome) (Presentation, error) {
	var ended Presentation
	err := w.do(ctx, everybody, func(s *State, _ time.Time) ([]change, error) {
		p, known := s.presentation(institution, id)
		switch {
		case !known:
			return nil, unknownPresentation(id)
		case p.Status != PresentationWaiting:
			return nil, problem.New(problem.Conflict, "SIM-READER-409", "The card was %s already; is a second terminal of this institution running?", p.Status)
		case outcome.Status == PresentationWaiting:
			return nil, problem.BadField("body.status", "must be %s or %s: the card is waiting already", PresentationRead, PresentationRefused)
		}
		ended = p
		ended.PresentationOutcome = outcome
		return []change{&presentationEnded{id, outcome}}, nil
	})
	return ended, err
}

// Presentations are the cards on an institution's reader that stand so, or all of them, in the order in which they came.
func (w *World) Presentations(institution, status string) []Presentation {
	w.mu.RLock()
	defer w.mu.RUnlock()
	some := []Presentation{}
	for _, p := range w.state.presentations {
		if p.Institution == institution && (status == "" || p.Status == status) {
			some = append(some, p)
		}
	}
	return some
}

// Presentation is one card on an institution's reader.
func (w *World) Presentation(institution, id string) (Presentation, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	p, known := w.state.presentation(institution, id)
	if !known {
		return Presentation{}, unknownPresentation(id)
	}
	return p, nil
}

// UnknownInstitution says that a world has no institution with a code.
func UnknownInstitution(code string) error {
	return problem.New(problem.NotFound, "SIM-ORG-404", "There is no institution or pharmacy %q in this world.", code)
}

func unknownPresentation(id string) error {
	return problem.New(problem.NotFound, "SIM-READER-404", "There is no card %q on this reader, or it is long ago.", id)
}

func (s *State) presentation(institution, id string) (Presentation, bool) {
	at := slices.IndexFunc(s.presentations, func(p Presentation) bool { return p.ID == id && p.Institution == institution })
	if at < 0 {
		return Presentation{}, false
	}
	return s.presentations[at], true
}

// lying counts the cards on an institution's reader.
func (s *State) lying(institution string) (n int) {
	for i := range s.presentations {
		if p := &s.presentations[i]; p.Institution == institution && p.Status == PresentationWaiting {
			n++
		}
	}
	return n
}

// ended counts the cards that were read or refused.
func (s *State) ended() (n int) {
	for i := range s.presentations {
		if s.presentations[i].Status != PresentationWaiting {
			n++
		}
	}
	return n
}

type cardPresented struct{ Presentation }

func (e *cardPresented) apply(s *State, _ time.Time) {
	s.presented++
	s.presentations = append(s.presentations, e.Presentation)
}

type presentationEnded struct {
	ID      string              `json:"presentationId"`
	Outcome PresentationOutcome `json:"outcome"`
}

func (e *presentationEnded) apply(s *State, _ time.Time) {
	at := slices.IndexFunc(s.presentations, func(p Presentation) bool { return p.ID == e.ID })
	if at < 0 {
		return // of an import that was written by hand
	}
	s.presentations[at].PresentationOutcome = e.Outcome
	if s.ended() > mostEnded {
		oldest := slices.IndexFunc(s.presentations, func(p Presentation) bool { return p.Status != PresentationWaiting })
		s.presentations = slices.Delete(s.presentations, oldest, oldest+1)
	}
}
