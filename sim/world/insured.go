package world

import (
	"slices"
	"time"

	"onshisim/sim/disclosure"
	"onshisim/sim/population"
)

// Insured is an insured person (加入者) as the world holds it: the person document with the flags in force, and what has
// happened to the person. It is never changed once it can be reached: a change puts another in its place.
type Insured struct {
	Person
	Ordinal     uint64
	Memberships []disclosure.Membership // the members as the rule core sees them, index for index

	attempt          Registration            // the last initial registration that did not complete: reserved or failed
	registeredAt     time.Time               // when the initial registration with RegisteredCard completed
	FlagHistory      map[string][]FlagChange // by personal insured number
	ExchangeRecords  []ExchangeRecord
	inquirersHiding  []string          // codes of agencies whose own non-disclosure flag is in force for this person (P6-1)
	referenceNumbers map[string]string // by institution code
	formerNumbers    []string          // individual numbers given up

	nation *population.Nation // a resident's, while its records are those that the nation computes
}

// Membership is the index of the member with a personal insured number, -1 if there is none.
func (p *Insured) Membership(personalInsuredNumber string) int {
	for i := range p.Members { // a member is large, so none is copied
		if p.Members[i].PersonalInsuredNumber == personalInsuredNumber {
			return i
		}
	}
	return -1
}

// Card is the person's card with a serial; the serial comes from the card index and always exists.
func (p *Insured) Card(serial string) *Card {
	return &p.Cards[p.cardIndex(serial)]
}

func (p *Insured) cardIndex(serial string) int {
	return slices.IndexFunc(p.Cards, func(c Card) bool { return c.CardSerial == serial })
}

// ReferenceNumber is the number that an institution gave the person (照会番号), empty if it gave none.
func (p *Insured) ReferenceNumber(institutionCode string) string {
	return p.referenceNumbers[institutionCode]
}

// memberships shows members to the rule core.
func memberships(members []Member) []disclosure.Membership {
	return appendMemberships(make([]disclosure.Membership, 0, len(members)), members)
}

func appendMemberships(seen []disclosure.Membership, members []Member) []disclosure.Membership {
	for i := range members {
		m := &members[i]
		seen = append(seen, disclosure.Membership{
			InsurerNumber: m.InsurerNumber, PersonalInsuredNumber: m.PersonalInsuredNumber,
			Acquired: disclosure.Date(m.QualificationDate), Lost: disclosure.Date(m.DisqualificationDate), Flags: m.Flags.inForce(),
		})
	}
	return seen
}

// Registration is the state of a person's initial registration (初回登録) with one card.
type Registration struct {
	Status     string // "" none, else one of the constants
	CardSerial string
	At         time.Time // when it reached the status
}

// The states of a registration.
const (
	RegistrationReserved  = "reserved"
	RegistrationCompleted = "completed"
	RegistrationFailed    = "failed"
)
