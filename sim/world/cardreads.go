package world

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"time"

	"onshisim/sim/disclosure"
	"onshisim/sim/problem"
)

const (
	// ConsentLife is how long a consent given at a card reader or orally holds.
	ConsentLife = 24 * time.Hour
	// keptFor is how long a consent is remembered, so that one past its time is told from one never given.
	keptFor = 7 * 24 * time.Hour
)

// Consents are what the patient consents to at the card reader (P3-4).
type Consents struct {
	Checkups         bool `json:"checkups" required:"false"`
	Medicines        bool `json:"medicines" required:"false"`
	LimitCertificate bool `json:"limitCertificate" required:"false"`
	SpecificDiseases bool `json:"specificDiseases" required:"false"`
}

// drawn are the consents as an id is drawn for them.
func (c Consents) drawn() string {
	text := append(make([]byte, 0, 32), '{')
	for i, given := range [...]bool{c.Checkups, c.Medicines, c.LimitCertificate, c.SpecificDiseases} {
		if i > 0 {
			text = append(text, ' ')
		}
		text = strconv.AppendBool(text, given)
	}
	return string(append(text, '}'))
}

// CardRead is one reading of a card at an institution. One that opened nothing is kept like any other, without a person.
type CardRead struct {
	ID          string    `json:"id"`
	Institution string    `json:"institution"`
	Person      string    `json:"person"`                  // id; empty if nothing was opened
	Holder      string    `json:"holder" required:"false"` // id of whose card it is; empty if nobody's
	Consents    Consents  `json:"consents"`
	At          time.Time `json:"-"` // the event's
}

func (r CardRead) expiry() time.Time { return r.At.Add(keptFor) }

// Verification is how the holder of a card was made sure of; without it the card opens nothing (P8-2).
type Verification struct {
	Method string `json:"method" enum:"pin,face,staff" doc:"暗証番号, 顔認証, 目視確認"`
	PIN    string `json:"pin" required:"false" pattern:"^([0-9]{4})?$" patternDescription:"4 digits" doc:"with method pin"`
	Match  bool   `json:"match" required:"false" doc:"with method face: whether the face matches"`
}

// The methods of verification.
const (
	VerifyPIN   = "pin"   // 暗証番号
	VerifyFace  = "face"  // 顔認証
	VerifyStaff = "staff" // 目視確認
)

// ReadCard reads a card at an institution. The card opens the person's information if it is registered and the
// eligibility by card is provided (P12-4); what it opens, and an unknown card, a card not registered and a person
// withheld are told apart by nobody at the institution (QA-3). The person, nil if nothing opened, is as the decision saw it,
// and whoever shows the person has to look as it did: a second look may fall on another day.
func (w *World) ReadCard(ctx context.Context, institution, serial string, verification Verification, consents Consents) (read CardRead, opened *Insured, look Look, err error) {
	var refused error
	concerns := nobody
	check := func(s *State, now time.Time) (events []change, _ error) {
		opened, look = nil, s.look(ctx, now)
		person, holder := "", ""
		if p, c, err := s.card(serial); err == nil {
			if concerns == nobody {
				return nil, errCardAppeared
			}
			look, holder = look.Of(p), p.ID
			if events, refused = c.verify(verification, look); refused != nil {
				return events, nil
			}
			if look.registered(p, serial) && look.openByCard(p) {
				opened, person = p, p.ID
			}
		}
		read = CardRead{
			ID:          s.key.draw("card read", institution, person, consents.drawn(), Instant(now)),
			Institution: institution, Person: person, Holder: holder, Consents: consents, At: now,
		}
		return append(events, &cardRead{read}), nil
	}
	for err = errCardAppeared; errors.Is(err, errCardAppeared); {
		if owner, known := w.PersonByCard(serial); known {
			concerns = owner.Ordinal
		}
		err = w.do(ctx, concerns, check)
	}
	if err != nil {
		return CardRead{}, nil, look, err
	}
	return read, opened, look, refused
}

// errCardAppeared says that a card came to be between its look-up and the command, which then has to wait for others that
// concern its holder.
var errCardAppeared = errors.New("the card is new")

// registered says whether a person has done the initial registration, and with this very card.
func (l Look) registered(p *Insured, serial string) bool {
	return l.Meets(disclosure.RegistrationDone, p.RegisteredCard != "") &&
		l.Meets(disclosure.RegisteredItself, p.RegisteredCard == serial || p.RegisteredCard == "")
}

// verify makes sure of the card's holder.
func (c *Card) verify(v Verification, look Look) (counted []change, refused error) {
	if v.Method == VerifyPIN {
		return c.checkPIN(v.PIN, look)
	}
	if err := c.usable(look, disclosure.CardInForce); err != nil {
		return nil, err
	}
	if v.Method == VerifyFace && !look.Meets(disclosure.HolderVerified, v.Match) {
		return nil, problem.New(problem.Forbidden, "SIM-CARD-FACE", "The face does not match the card.")
	}
	return nil, nil
}

// openByCard says whether the eligibility by card is provided: the door to everything else that a card opens.
func (l Look) openByCard(p *Insured) bool {
	latest := l.Latest(p)
	return latest >= 0 && l.Decide(p, disclosure.CardEligibility, disclosure.Institution, latest) == disclosure.Provided
}

// CardRead is an institution's own card read, and the person it opened, nil if it opened nothing or would not now, by this look.
func (w *World) CardRead(look Look, institution, id string) (CardRead, *Insured, error) {
	w.mu.RLock()
	read, known := w.state.cardReads.byKey[id]
	w.mu.RUnlock()
	if !known || read.Institution != institution {
		return CardRead{}, nil, problem.New(problem.NotFound, "SIM-TERM-404", "You have no card read with this id.")
	}
	return read, w.opened(look, read), nil
}

// NewestCardRead is an institution's newest read of a card that is a person's, and the person if it opened anything and would
// now, by this look; known is false if there was none within the time that reads are remembered. The newest counts alone, for
// the patient answers anew each time. Whether it opened anything nobody at the institution can tell (QA-3);
// that a card is nobody's can be told, since there is no holder then whom a certificate leads to.
func (w *World) NewestCardRead(look Look, institution string, holder *Insured) (read CardRead, opened *Insured, known bool) {
	w.mu.RLock()
	read, known = w.state.newestReads.byKey[newestRead(institution, holder.ID)]
	w.mu.RUnlock()
	return read, w.opened(look, read), known
}

// opened is the person whom a read opened, nil if it opened nothing or would not now.
func (w *World) opened(look Look, read CardRead) *Insured {
	if p, opened := w.Person(read.Person); opened && look.openByCard(p) {
		return p
	}
	return nil
}

// newestRead is the key of an institution's newest read of a holder's card.
func newestRead(institution, holder string) string { return institution + " " + holder }

// Consented says whether a consent given at an instant still holds.
func (l Look) Consented(condition disclosure.Condition, given bool, at time.Time) bool {
	return l.Meets(condition, given) && l.Meets(disclosure.ConsentInTime, l.Now.Before(at.Add(ConsentLife)))
}

type cardRead struct{ CardRead }

func (e *cardRead) apply(s *State, at time.Time) {
	read := e.CardRead
	read.At = at
	s.cardReads.put(read.ID, read, at)
	if holder := cmp.Or(read.Holder, read.Person); holder != "" { // older events know the holder of what was opened alone
		s.newestReads.put(newestRead(read.Institution, holder), read, at)
	}
}
