// Package protected knows what belongs to the protected persons (支援措置対象者) of a world and to nobody else, so that a
// text that turns up somewhere can be traced to its person, and through which view it may have come there by right.
package protected

import (
	"regexp"
	"slices"

	"onshisim/sim/disclosure"
	"onshisim/sim/leakscan"
	"onshisim/sim/matching"
	"onshisim/sim/world"
)

// Belongings are the texts of a world's protected persons: those for whom either flag is in force in any membership.
type Belongings struct {
	Items  []leakscan.Item // texts that protected persons alone have
	Shared []leakscan.Item // texts that others have too, so that they lead to nobody

	persons int                         // protected ones
	held    map[leakscan.Item][]holding // why a person has a text
}

// Of gathers the belongings of the protected persons of a world as it is now.
func Of(w *world.World) *Belongings {
	b := &Belongings{Items: []leakscan.Item{}, Shared: []leakscan.Item{}, held: map[leakscan.Item][]holding{}}
	var all []leakscan.Item
	theirs := map[string]bool{}
	for p := range w.PersonsWhoMayBeProtected() {
		if !isProtected(p) {
			continue
		}
		b.persons++
		for _, t := range textsOf(p) {
			if len(b.held[t.Item]) == 0 {
				all = append(all, t.Item)
			}
			b.held[t.Item] = append(b.held[t.Item], t.holding)
			theirs[leakscan.Key(t.Text)] = true
		}
	}
	others := othersHave(w, theirs)
	for _, item := range all {
		if others[leakscan.Key(item.Text)] {
			b.Shared = append(b.Shared, item)
		} else {
			b.Items = append(b.Items, item)
		}
	}
	return b
}

// isProtected says whether any flag is in force for a person, for a branch number as a whole or for one item.
func isProtected(p *world.Insured) bool {
	return slices.ContainsFunc(p.Members, func(m world.Member) bool {
		return m.Flags.NonDisclosure || m.Flags.SelfInformationBlocked || len(m.Flags.Items) > 0
	})
}

// othersHave says which of the texts somebody has whom no flag protects. Of a nation's persons only those who live with a
// protected one are looked at: no other has an address that is looked for, and its insurers have other members.
func othersHave(w *world.World, theirs map[string]bool) map[string]bool {
	others := map[string]bool{}
	have := func(p *world.Insured) {
		for _, t := range textsOf(p) {
			if folded := leakscan.Key(t.Text); theirs[folded] {
				others[folded] = true
			}
		}
	}
	for p := range w.PersonsWhoMayBeProtected() {
		if !isProtected(p) {
			have(p)
			continue
		}
		for _, with := range w.HouseholdOf(p) {
			if !isProtected(with) {
				have(with)
			}
		}
	}
	for _, text := range w.NationsInsurers() {
		if folded := leakscan.Key(text); theirs[folded] {
			others[folded] = true
		}
	}
	return others
}

// text is a text that leads to a person.
type text struct {
	leakscan.Item
	holding
}

// holding is why a person has a text: the membership that it stands under, -1 if under none, and the lines of P.12 in
// whose information it stands.
type holding struct {
	own   int
	lines []disclosure.Information
}

// prefecture is the beginning of an address that people leave out.
var prefecture = regexp.MustCompile(`^(?:.{2}[都道府県]|.{3}県)`)

// textsOf are the texts that lead to a person: where the person lives, who insures the person, where the person was. Of a
// nation's person that is the whole address alone: the rest is shared with many of whom nobody keeps a list.
func textsOf(p *world.Insured) (texts []text) {
	add := func(kind leakscan.Kind, of string, own int, lines ...disclosure.Information) {
		if of != "" {
			texts = append(texts, text{leakscan.Item{Person: p.ID, Kind: kind, Text: of}, holding{own, lines}})
		}
	}
	home := func(address, postNumber string, own int) {
		local := prefecture.ReplaceAllString(address, "")
		add(leakscan.Address, address, own, withAddress...)
		add(leakscan.Address, local, own, withAddress...)
		if p.IsResident() {
			return
		}
		add(leakscan.AddressBeginning, matching.AddressBeginning(address), own, withAddress...)
		add(leakscan.AddressBeginning, matching.AddressBeginning(local), own, withAddress...)
		add(leakscan.PostNumber, postNumber, own, withAddress...)
	}
	home(p.Address, p.PostNumber, -1)
	for own := range p.Members {
		home(p.Members[own].Address, p.Members[own].PostNumber, own)
	}
	if p.IsResident() {
		return texts
	}
	for own := range p.Members {
		m := &p.Members[own]
		add(leakscan.InsurerNumber, m.InsurerNumber, own, withInsurerNumber...)
		add(leakscan.InsurerName, m.InsurerName, own, withInsurerName...)
	}
	clinic := func(code, name, number string, line disclosure.Information) {
		own := p.Membership(number)
		add(leakscan.ClinicCode, code, own, line)
		add(leakscan.ClinicName, name, own, line)
	}
	for _, r := range p.Checkups() {
		clinic(r.MedicalInstitutionCode, r.InstitutionName, r.PersonalInsuredNumber, disclosure.Checkups)
	}
	for _, r := range p.Medicines() {
		clinic("", r.InstitutionName, r.PersonalInsuredNumber, disclosure.Medicines)
	}
	for _, r := range p.MedicalExpenses() {
		clinic(r.MedicalInstitutionCode, r.InstitutionName, r.PersonalInsuredNumber, disclosure.MedicalExpenses)
	}
	return texts
}
