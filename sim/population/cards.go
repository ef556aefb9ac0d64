package population

import "slices"

// Card is a My Number card (マイナンバーカード).
type Card struct{ CardSerial, PIN, Status, CardExpirationDate, CertificateExpirationDate string }

// cardSerials is how many serials the cards are spread over; what stands before them is left to fixtures and to the cards
// that a world draws.
const (
	cardSerials     = 500_000_000_000
	firstCardSerial = 500_000_000_000
	cardsPerPerson  = 4 // in the domain; two at most exist
)

// cards are a person's in numbers: when each was issued, the current one last.
type cards struct {
	issued    [2]day
	count     int
	suspended bool
}

var (
	firstIssue        = on(2016, 2, 1)
	firstCurrentIssue = on(2017, 4, 2) // a certificate of this day is good past AsOf, whenever the birthday is
	lastIssue         = on(2021, 3, 25)
)

// Shares of a hundred, or of a thousand for rarer things.
const (
	cardHolders     = 70
	reissuedInMille = 40
	suspendedMille  = 3
	registered      = 60
)

func (n *Nation) cardsOf(r *resident) (c cards) {
	draws := n.keys.card.draw(r.drawing(drawCard))
	earliest := r.birth + 60
	first, last := max(firstCurrentIssue, earliest), lastIssue
	if draws%100 >= cardHolders || first > last {
		return c
	}
	issue := first + day(draws>>8%uint64(last-first+1))
	isReissued := draws>>40%1000 < reissuedInMille
	if r.flight.kind != noFlight && r.flight.reissue <= last {
		issue, isReissued = max(r.flight.reissue, first), true
	}
	first, last = max(firstIssue, earliest), issue-60
	if isReissued && first <= last {
		c.add(first + day(draws>>24%uint64(last-first+1)))
	}
	c.add(issue)
	c.suspended = draws>>52%1000 < suspendedMille
	return c
}

func (c *cards) add(issued day) {
	c.issued[c.count] = issued
	c.count++
}

// registeredOn is the day of the initial registration (初回登録) with the current card; ok is false without one. Flags
// that block it or blocked it were in force before the first day on which it was possible, or are still.
func (n *Nation) registeredOn(r *resident, c *cards, isBlocked bool) (d day, ok bool) {
	draws := n.keys.card.draw(r.drawing(drawRegistered))
	if c.count == 0 || c.suspended || isBlocked || draws%100 >= registered {
		return 0, false
	}
	first := max(on(2021, 3, 1), c.issued[c.count-1]+1)
	if r.flight.kind != noFlight {
		first = max(first, lastFlagAct+1)
	}
	return first + day(draws>>8%uint64(asOf-first)), true
}

// validBirthdays is how many birthdays after its issue a card and its certificate are good for (10 years, and 5 for
// minors; 5).
func validBirthdays(ageAtIssue int) (card, certificate int) {
	if ageAtIssue < 20 {
		return 5, 5
	}
	return 10, 5
}

// writeCards writes the cards, and gives the serial of the current one.
func (n *Nation) writeCards(t *text, r *resident, c *cards, p *Person) (current string) {
	p.Cards = slices.Grow(p.Cards[:0], c.count)[:c.count]
	for k := range p.Cards {
		serial := n.cards.of(uint64(r.index*cardsPerPerson + k))
		age := r.born.ageOn(c.issued[k])
		forCard, forCertificate := validBirthdays(age)
		current = t.writeCardSerial(firstCardSerial + serial)
		p.Cards[k] = Card{
			CardSerial:                current,
			PIN:                       t.writePIN(n.keys.pin.below(serial, 10_000)),
			Status:                    c.status(k),
			CardExpirationDate:        t.writeDay(r.born.turns(age + forCard)),
			CertificateExpirationDate: t.writeDay(r.born.turns(age + forCertificate)),
		}
	}
	return current
}

// status is that of one of the cards: the current one is the last.
func (c *cards) status(which int) string {
	switch {
	case which < c.count-1:
		return "revoked"
	case c.suspended:
		return "suspended"
	}
	return "valid"
}

const cardSerialPrefix = "C99"

func (t *text) writeCardSerial(n uint64) string {
	var b [len(cardSerialPrefix) + 12]byte
	putDigits(b[copy(b[:], cardSerialPrefix):], n)
	t.Write(b[:])
	return t.end()
}

func (t *text) writePIN(n uint64) string {
	t.writeDigits(n, 4)
	return t.end()
}
