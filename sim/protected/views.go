package protected

import (
	"slices"

	"onshisim/sim/disclosure"
	"onshisim/sim/leakscan"
	"onshisim/sim/world"
)

// View is one way by which a text may have come to a place by right.
type View struct {
	Information string `json:"information" enum:"members,inquiry,selfInformation,exchangeHistory,eligibility,medicines,checkups,medicalExpenses"`
	View        string `json:"view" enum:"intermediate,mynaportal,myNumberCard,certificate,disaster,both" doc:"how it is seen"`
	Place       string `json:"place" enum:"insurer,agency,mynaportal,institution" doc:"where it is seen"`
	Rule        string `json:"rule"`
}

// The lines of P.12 in whose information an address, an insurer's number and an insurer's name stand (P12-a to P12-g).
var (
	withAddress       = []disclosure.Information{disclosure.CardEligibility, disclosure.CertificateEligibility, disclosure.DisasterEligibility}
	withInsurerNumber = []disclosure.Information{
		disclosure.SelfInformation, disclosure.PortalEligibility, disclosure.CardEligibility, disclosure.CertificateEligibility,
		disclosure.DisasterEligibility, disclosure.Medicines, disclosure.Checkups, disclosure.MedicalExpenses,
	}
	withInsurerName = []disclosure.Information{
		disclosure.SelfInformation, disclosure.ExchangeHistory, disclosure.PortalEligibility, disclosure.CardEligibility,
		disclosure.CertificateEligibility, disclosure.DisasterEligibility,
	}
)

// Views are the ways by which an item may come out by right as the flags stand now: every view of P.12 that provides it,
// and what no flag closes, the intermediate server to the insurer itself and to inquiring agencies (P6-3).
func (b *Belongings) Views(look world.Look, p *world.Insured, item leakscan.Item) []View {
	views := []View{}
	add := func(v View) {
		if !slices.Contains(views, v) {
			views = append(views, v)
		}
	}
	for _, h := range b.held[item] {
		if h.own < 0 {
			continue
		}
		for _, v := range h.atIntermediate(item.Kind) {
			add(v)
		}
		for _, line := range disclosure.Lines() {
			if !slices.Contains(h.lines, line.View) {
				continue
			}
			for _, place := range placesOf(item.Kind) {
				if shows(look, p, line, place, h.own, item.Kind) {
					add(View{line.View.String(), line.View.Way(), place.String(), line.Rule})
				}
			}
		}
	}
	return views
}

// atIntermediate is who gets a text from the intermediate server whatever the flags: the insurer what it entered, and
// agencies what they inquire for, which has neither address nor the name of a clinic.
func (h holding) atIntermediate(kind leakscan.Kind) (views []View) {
	claims := len(h.lines) == 1 && h.lines[0] != disclosure.Checkups // they never pass through the intermediate server
	if claims {
		return nil
	}
	views = append(views, View{"members", "intermediate", "insurer", "P3-6"})
	switch kind {
	case leakscan.InsurerNumber, leakscan.InsurerName, leakscan.ClinicCode:
		views = append(views, View{"inquiry", "intermediate", "agency", "P6-3"})
	case leakscan.Address, leakscan.AddressBeginning, leakscan.PostNumber, leakscan.ClinicName:
	}
	return views
}

// placesOf are the places where a kind is shown: the name of a clinic in Mynaportal only (P12-e).
func placesOf(kind leakscan.Kind) []disclosure.Place {
	if kind == leakscan.ClinicName {
		return []disclosure.Place{disclosure.Portal}
	}
	return disclosure.Places[:]
}

// shows says whether a line shows a kind of text of a membership at a place now.
func shows(look world.Look, p *world.Insured, line disclosure.Line, place disclosure.Place, own int, kind leakscan.Kind) bool {
	q := disclosure.Question{View: line.View, Place: place, Own: own, Today: look.Today}
	if line.Item == disclosure.AnyItem {
		q.Item = disclosure.Eligibility
	}
	switch outcome := look.Verdict(p, q).Outcome; kind {
	case leakscan.Address, leakscan.AddressBeginning, leakscan.PostNumber:
		return outcome == disclosure.Provided
	default:
		return outcome == disclosure.Provided || outcome == disclosure.AddressHidden
	}
}
