package scenario

import "onshisim/sim/world"

// Actor is who does a step.
type Actor string

// The actors.
const (
	Insurer      Actor = "insurer"
	Agency       Actor = "agency"
	CardOffice   Actor = "cardOffice"
	Citizen      Actor = "citizen"
	Proxy        Actor = "proxy"
	Window       Actor = "window"
	Consultation Actor = "consultation"
	Pharmacy     Actor = "pharmacy"
	Disaster     Actor = "disaster"
	Time         Actor = "time"
	Operator     Actor = "operator"
)

// role says what the reports call an actor, and what its `as` names.
type role struct {
	actor Actor
	label string
	as    string // the field of the world document that `as` holds; empty: there is one of it, and no `as`
}

// roles are all actors, in the order of the documentation.
var roles = []role{
	{Insurer, "保険者", "insurerNumber"},
	{Agency, "情報照会者", "agencyCode"},
	{CardOffice, "市区町村・JPKI", ""},
	{Citizen, "マイナポータル", "cardSerial"},
	{Proxy, "マイナポータル代理人", "cardSerial"},
	{Window, "窓口", "medicalInstitutionCode"},
	{Consultation, "診察室", "medicalInstitutionCode"},
	{Pharmacy, "薬局", "medicalInstitutionCode"},
	{Disaster, "災害・障害時の画面", "medicalInstitutionCode"},
	{Time, "時計", ""},
	{Operator, "運用者", ""},
}

// roleOf finds an actor's role; ok is false for a word that names no actor.
func roleOf(actor Actor) (r role, ok bool) {
	for _, r := range roles {
		if r.actor == actor {
			return r, true
		}
	}
	return role{}, false
}

// names lists what `as` may hold for a field of the world, each with what a reader knows it by.
func names(doc world.Document, field string) map[string]string {
	known := map[string]string{}
	switch field {
	case "insurerNumber":
		for _, i := range doc.Insurers {
			known[i.InsurerNumber] = i.InsurerName
		}
	case "agencyCode":
		for _, a := range doc.Agencies {
			known[a.AgencyCode] = a.AgencyName
		}
	case "medicalInstitutionCode":
		for _, i := range doc.Institutions {
			known[i.MedicalInstitutionCode] = i.InstitutionName
		}
	case "cardSerial":
		for _, p := range doc.Persons {
			addCards(known, p)
		}
	}
	return known
}

// addCards adds a person's cards to the known ones.
func addCards(known map[string]string, person world.Person) {
	for _, c := range person.Cards {
		if c.CardSerial != "" {
			known[c.CardSerial] = person.Name
		}
	}
}
