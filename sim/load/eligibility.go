package load

import (
	"cmp"
	"slices"

	"onshisim/sim/disclosure"
	"onshisim/sim/world"
)

// The values of qualificationValidity (資格有効性).
const (
	valid        = "1"
	invalid      = "2"
	invalidNewer = "3"
	noSuch       = "4"
	several      = "5"
)

func (p *insured) begun(own int, day disclosure.Date) bool { return p.memberships[own].Acquired <= day }

// inForce: the day of loss is the first one without.
func (p *insured) inForce(own int, day disclosure.Date) bool {
	lost := p.memberships[own].Lost
	return p.begun(own, day) && (lost == "" || day < lost)
}

// newestFirst orders memberships by acquisition; at equal dates the one registered last is the newer one.
func (p *insured) newestFirst(a, b int) int {
	return cmp.Or(cmp.Compare(p.memberships[b].Acquired, p.memberships[a].Acquired), b-a)
}

// current are the memberships in force today, the newest first, or else the latest, and what they come to.
func (p *insured) current() (validity string, owns []int) {
	for own := range p.memberships {
		if p.inForce(own, p.today) {
			owns = append(owns, own)
		}
	}
	if len(owns) > 0 {
		slices.SortFunc(owns, p.newestFirst)
		return valid, owns
	}
	if latest := p.latest(); latest >= 0 {
		return invalid, []int{latest}
	}
	return noSuch, nil
}

// shown is a membership as an institution may see it: with address (P12-d), without, or not at all.
func (p *insured) shown(view disclosure.Information, own int) []world.Eligibility {
	e := p.Members[own].Eligibility
	switch p.decide(view, disclosure.NoItem, disclosure.Institution, own) {
	case disclosure.Provided:
		return []world.Eligibility{e}
	case disclosure.AddressHidden:
		e.Address, e.PostNumber = "", ""
		return []world.Eligibility{e}
	case disclosure.Withheld, disclosure.NotOffered:
	}
	return nil
}

// eligibilities are the current memberships as an institution may see them.
func (p *insured) eligibilities(view disclosure.Information) (validity string, results []world.Eligibility) {
	validity, owns := p.current()
	results = []world.Eligibility{}
	for _, own := range owns {
		results = append(results, p.shown(view, own)...)
	}
	return validity, results
}

// certified are the memberships that a certificate stands for, which have begun on a day.
func (p *insured) certified(c *certificate, day disclosure.Date) (owns []int) {
	for own := range p.Members {
		if m := &p.Members[own]; c.isOf(m) && (c.Birthdate == "" || c.Birthdate == m.Birthdate) && p.begun(own, day) {
			owns = append(owns, own)
		}
	}
	return owns
}

// standing is the one of some memberships that stands for them on a day: one in force before one that has ended.
func (p *insured) standing(owns []int, day disclosure.Date) int {
	sorted := slices.SortedFunc(slices.Values(owns), p.newestFirst)
	for _, own := range sorted {
		if p.inForce(own, day) {
			return own
		}
	}
	return sorted[0]
}

// validityOf is that of one membership on a day.
func (p *insured) validityOf(own int, day disclosure.Date) string {
	if p.inForce(own, day) {
		return valid
	}
	for other := range p.memberships {
		if p.inForce(other, day) {
			return invalidNewer
		}
	}
	return invalid
}

// card is the person's card with a serial, nil if it is none of theirs.
func (p *insured) card(serial string) *world.Card {
	if at := slices.IndexFunc(p.Cards, func(c world.Card) bool { return c.CardSerial == serial }); at >= 0 {
		return &p.Cards[at]
	}
	return nil
}

// refusal is the code by which a card opens nothing on a day, empty if it does.
func refusal(c *world.Card, day disclosure.Date) string {
	past := func(last string) bool { return last != "" && disclosure.Date(last) < day }
	switch {
	case c.Status == world.CardSuspended:
		return "SIM-CARD-SUSPENDED"
	case c.Status == world.CardRevoked:
		return "SIM-CARD-REVOKED"
	case past(c.CardExpirationDate), past(c.CertificateExpirationDate):
		return "SIM-CARD-EXPIRED"
	case c.Status == world.CardLocked:
		return "SIM-CARD-LOCKED"
	}
	return ""
}
