package world

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"onshisim/sim/disclosure"
	"onshisim/sim/numbers"
	"onshisim/sim/problem"
)

// pinTries is how many wrong PINs in a row lock a card.
const pinTries = 3

// State is the card's status whatever the day: a stopped or revoked card is that before it is locked.
func (c *Card) State() string {
	if c.Status == CardValid && c.failures >= pinTries {
		return CardLocked
	}
	return c.Status
}

// StateOn is the card's status on a day: a valid or locked card whose own time or whose certificate's has run out is
// expired.
func (c *Card) StateOn(day disclosure.Date) string {
	past := func(last string) bool { return last != "" && disclosure.Date(last) < day }
	state := c.State()
	if (state == CardValid || state == CardLocked) && (past(c.CardExpirationDate) || past(c.CertificateExpirationDate)) {
		return CardExpired
	}
	return state
}

// unlockedCards are cards as the state keeps them: locked is a valid card with its tries used up.
func unlockedCards(cards []Card) []Card {
	cards = slices.Clone(cards)
	for i := range cards {
		if cards[i].failures = 0; cards[i].Status == CardLocked {
			cards[i].Status, cards[i].failures = CardValid, pinTries
		}
	}
	return cards
}

// editCard changes one card of the person who has it.
func (s *State) editCard(serial string, change func(c *Card)) {
	s.edit(s.found(byCard, serial), func(p *Insured) {
		p.Cards = slices.Clone(p.Cards)
		change(p.Card(serial))
	})
}

// card is the card with a serial as the state has it now, for commands.
func (s *State) card(serial string) (*Insured, *Card, error) {
	ordinal, known := s.find(byCard, serial)
	if !known {
		return nil, nil, problem.New(problem.NotFound, "SIM-CARD-404", "There is no card with this serial.")
	}
	p := s.person(ordinal)
	return p, p.Card(serial), nil
}

// doCard carries out a command on a card.
func (w *World) doCard(ctx context.Context, serial string, check func(s *State, p *Insured, c *Card, now time.Time) ([]change, error)) error {
	owner, _ := w.PersonByCard(serial)
	concerns := everybody
	if owner != nil {
		concerns = owner.Ordinal
	}
	return w.do(ctx, concerns, func(s *State, now time.Time) ([]change, error) {
		p, c, err := s.card(serial)
		if err != nil {
			return nil, err
		}
		return check(s, p, c, now)
	})
}

func refuseRevoked(c *Card) error {
	if c.Status == CardRevoked {
		return problem.New(problem.Conflict, "SIM-CARD-409", "The card is revoked for good; a reissued card has a serial of its own.")
	}
	return nil
}

// SuspendCard stops a card (一時停止, P15-1); one that is stopped already stays so.
func (w *World) SuspendCard(ctx context.Context, serial string) error {
	return w.doCard(ctx, serial, func(_ *State, _ *Insured, c *Card, _ time.Time) ([]change, error) {
		if err := refuseRevoked(c); err != nil || c.Status == CardSuspended {
			return nil, err
		}
		return []change{&cardSuspended{serial}}, nil
	})
}

// LiftSuspension lets a stopped card be used again.
func (w *World) LiftSuspension(ctx context.Context, serial string) error {
	return w.doCard(ctx, serial, func(_ *State, _ *Insured, c *Card, _ time.Time) ([]change, error) {
		if err := refuseRevoked(c); err != nil {
			return nil, err
		}
		if c.Status != CardSuspended {
			return nil, problem.New(problem.Conflict, "SIM-CARD-409", "The card is not stopped.")
		}
		return []change{&cardSuspensionLifted{serial}}, nil
	})
}

// ReissueCard revokes a card and gives its holder a new one with serial and PIN of its own. The initial registration does
// not pass to it.
func (w *World) ReissueCard(ctx context.Context, serial string) (Card, error) {
	var issued Card
	err := w.doCard(ctx, serial, func(s *State, p *Insured, c *Card, now time.Time) ([]change, error) {
		if err := refuseRevoked(c); err != nil {
			return nil, err
		}
		issued = Card{
			CardSerial: (&completion{s: s}).free(s.key.number(1e12, "card", serial), numbers.SyntheticCardSerial, byCard),
			PIN:        fmt.Sprintf("%04d", s.key.number(10000, "pin of the card after", serial)),
			Status:     CardValid,
		}
		if c.CardExpirationDate != "" {
			issued.CardExpirationDate = birthdayAfter(p.Birthdate, now, cardYears)
		}
		if c.CertificateExpirationDate != "" {
			issued.CertificateExpirationDate = birthdayAfter(p.Birthdate, now, certificateYears)
		}
		return []change{&cardReissued{Former: serial, Card: issued}}, nil
	})
	return issued, err
}

// How many birthdays a new card and its certificate last. A minor's card is good for as long as its certificate.
const (
	cardYears        = 10
	certificateYears = 5
	majority         = 18
)

// birthdayAfter is the nth birthday after an instant, on which a card issued then runs out.
func birthdayAfter(birthdate string, issued time.Time, nth int) string {
	born, err := time.Parse(time.DateOnly, birthdate)
	if err != nil {
		return ""
	}
	issued = issued.In(JST)
	age := issued.Year() - born.Year()
	if issued.Format("01-02") < born.Format("01-02") {
		age--
	}
	if age < majority {
		nth = min(nth, certificateYears)
	}
	return born.AddDate(age+nth, 0, 0).Format(time.DateOnly)
}

var fourDigits = regexp.MustCompile(`^[0-9]{4}$`)

// SetPIN gives a card a new PIN and clears its lock.
func (w *World) SetPIN(ctx context.Context, serial, pin string) error {
	if !fourDigits.MatchString(pin) {
		return problem.BadField("body.pin", "must be 4 digits")
	}
	return w.doCard(ctx, serial, func(_ *State, _ *Insured, c *Card, _ time.Time) ([]change, error) {
		if err := refuseRevoked(c); err != nil {
			return nil, err
		}
		return []change{&pinSet{serial, pin}}, nil
	})
}

// ChangeIndividualNumber gives a person a new individual number (個人番号の変更, P16).
func (w *World) ChangeIndividualNumber(ctx context.Context, number string) (changed string, err error) {
	owner, known := w.PersonByIndividualNumber(number)
	if !known {
		return "", problem.New(problem.NotFound, "SIM-NUMBER-404", "Nobody has this individual number now.")
	}
	err = w.do(ctx, everybody, about(owner, func(s *State, owner *Insured, _ time.Time) ([]change, error) {
		if owner.IndividualNumber != number {
			return nil, problem.New(problem.NotFound, "SIM-NUMBER-404", "Nobody has this individual number now.")
		}
		changed = s.newIndividualNumber(number)
		return []change{&individualNumberChanged{owner.ID, changed}}, nil
	}))
	return changed, err
}

// newIndividualNumber draws a number that nobody has or ever had.
func (s *State) newIndividualNumber(former string) string {
	for n := 0; ; n++ {
		drawn := numbers.SyntheticIndividualNumber(s.key.number(1e11, "individual number", former, strconv.Itoa(n)))
		_, taken := s.find(byIndividualNumber, drawn)
		_, given := s.find(byFormerNumber, drawn)
		if !taken && !given {
			return drawn
		}
	}
}

// usable says why a card opens nothing, if so; condition is the one that wants it to be in force.
func (c *Card) usable(look Look, condition disclosure.Condition) error {
	state := c.StateOn(look.Today)
	if look.Meets(condition, state == CardValid) {
		return nil
	}
	switch state {
	case CardSuspended:
		return problem.New(problem.Forbidden, "SIM-CARD-SUSPENDED", "The card is stopped.")
	case CardRevoked:
		return problem.New(problem.Forbidden, "SIM-CARD-REVOKED", "The card is revoked.")
	case CardExpired:
		return problem.New(problem.Forbidden, "SIM-CARD-EXPIRED", "The card or its certificate has run out; reissue the card.")
	}
	return problem.New(problem.Forbidden, "SIM-CARD-LOCKED", "The card is locked after %d wrong PINs.", pinTries)
}

// checkPIN checks a PIN that is given with a card. A wrong one counts, and the third in a row locks the card (P8-2): then
// there is an error and an event all the same.
func (c *Card) checkPIN(pin string, look Look) (counted []change, refused error) {
	if err := c.usable(look, disclosure.CardInForce); err != nil {
		return nil, err
	}
	if !look.Meets(disclosure.HolderVerified, c.PIN == pin) {
		return []change{&pinFailed{c.CardSerial}}, problem.New(problem.Forbidden, "SIM-CARD-PIN", "The PIN is wrong; the third wrong one in a row locks the card.")
	}
	if c.failures > 0 {
		return []change{&pinAccepted{c.CardSerial}}, nil
	}
	return nil, nil
}

type cardSuspended struct {
	CardSerial string `json:"cardSerial"`
}

func (e *cardSuspended) apply(s *State, _ time.Time) {
	s.editCard(e.CardSerial, func(c *Card) { c.Status = CardSuspended })
}

type cardSuspensionLifted struct {
	CardSerial string `json:"cardSerial"`
}

func (e *cardSuspensionLifted) apply(s *State, _ time.Time) {
	s.editCard(e.CardSerial, func(c *Card) { c.Status = CardValid })
}

type cardReissued struct {
	Former string `json:"former"`
	Card   Card   `json:"card"`
}

func (e *cardReissued) apply(s *State, _ time.Time) {
	p := *s.found(byCard, e.Former)
	p.Cards = append(slices.Clone(p.Cards), e.Card)
	p.Card(e.Former).Status = CardRevoked
	s.replace(&p)
}

type pinSet struct {
	CardSerial string `json:"cardSerial"`
	PIN        string `json:"pin"`
}

func (e *pinSet) apply(s *State, _ time.Time) {
	s.editCard(e.CardSerial, func(c *Card) { c.PIN, c.failures = e.PIN, 0 })
}

type pinFailed struct {
	CardSerial string `json:"cardSerial"`
}

func (e *pinFailed) apply(s *State, _ time.Time) {
	s.editCard(e.CardSerial, func(c *Card) { c.failures++ })
}

type pinAccepted struct {
	CardSerial string `json:"cardSerial"`
}

func (e *pinAccepted) apply(s *State, _ time.Time) {
	s.editCard(e.CardSerial, func(c *Card) { c.failures = 0 })
}

type individualNumberChanged struct {
	Person  string `json:"person"`
	Changed string `json:"changed"`
}

func (e *individualNumberChanged) apply(s *State, _ time.Time) {
	p := *s.found(byID, e.Person)
	p.formerNumbers = append(slices.Clip(p.formerNumbers), p.IndividualNumber)
	p.IndividualNumber = e.Changed
	s.replace(&p)
}
