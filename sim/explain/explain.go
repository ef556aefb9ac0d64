// Package explain tells what the flags do to one person: the table of page 12, each cell with its outcome and the reasons.
package explain

import (
	"onshisim/sim/disclosure"
	"onshisim/sim/journal"
	"onshisim/sim/world"
)

// Disclosure is what the flags do to a person at one moment.
type Disclosure struct {
	Mutant string          `json:"mutant" doc:"the wrong policy by which the world answers, so that the rows are not the notice's; empty: they are"`
	Rows   []DisclosureRow `json:"rows"`
}

// DisclosureRow is a line of the table of page 12 for one person, place and membership (資格), with what was decided and why.
type DisclosureRow struct {
	Rule                  string                 `json:"rule" doc:"of P12; of P13 for the initial registration"`
	Information           string                 `json:"information" enum:"selfInformation,initialRegistration,exchangeHistory,eligibility,medicines,checkups,medicalExpenses"`
	View                  string                 `json:"view" enum:"mynaportal,myNumberCard,certificate,disaster,both" doc:"how it is seen"`
	Item                  string                 `json:"item" enum:"eligibility,benefits,checkups," doc:"the specific personal information (特定個人情報), where the table leaves it to the asker"`
	Place                 string                 `json:"place" enum:"mynaportal,institution" doc:"where it is seen"`
	InsurerNumber         string                 `json:"insurerNumber" doc:"of the membership that the information is about; empty if there is none"`
	PersonalInsuredNumber string                 `json:"personalInsuredNumber"`
	Outcome               string                 `json:"outcome" enum:"notOffered,provided,addressHidden,withheld"`
	Reasons               []journal.RecordReason `json:"reasons" doc:"what made the outcome stricter; none: as for a person without flags"`
}

// Of explains a person by one look at the world.
func Of(p *world.Insured, look world.Look) []DisclosureRow {
	rows := []DisclosureRow{}
	for _, line := range disclosure.Lines() {
		for _, q := range questionsOf(line, p, look) {
			rows = append(rows, rowOf(line.Rule, p, q, look))
		}
	}
	return rows
}

// questionsOf are all questions that a line answers for a person.
func questionsOf(line disclosure.Line, p *world.Insured, look world.Look) (questions []disclosure.Question) {
	for _, item := range itemsOf(line) {
		for _, place := range disclosure.Places {
			for _, own := range ownsOf(line.View, p, look) {
				questions = append(questions, disclosure.Question{
					View: line.View, Place: place, Own: own, Item: item, Today: look.Today,
				})
			}
		}
	}
	return questions
}

// itemsOf are the items that can be asked for in a line; where the line has its own, there is nothing to ask.
func itemsOf(line disclosure.Line) []disclosure.Item {
	if line.Item == disclosure.AnyItem {
		return []disclosure.Item{disclosure.Eligibility, disclosure.Benefits, disclosure.CheckupItem}
	}
	return []disclosure.Item{disclosure.NoItem}
}

// ownsOf are the memberships that an information can be about: none in particular for a person without any.
func ownsOf(view disclosure.Information, p *world.Insured, look world.Look) []int {
	if view == disclosure.InitialRegistration || len(p.Members) == 0 {
		return []int{look.Latest(p)}
	}
	owns := make([]int, len(p.Members))
	for own := range owns {
		owns[own] = own
	}
	return owns
}

func rowOf(rule string, p *world.Insured, q disclosure.Question, look world.Look) DisclosureRow {
	verdict := look.Verdict(p, q)
	row := DisclosureRow{
		Rule: rule, Information: q.View.String(), View: q.View.Way(), Item: q.Item.String(), Place: q.Place.String(),
		Outcome: verdict.Outcome.String(), Reasons: journal.ReasonsInWords(verdict),
	}
	if q.Own >= 0 {
		row.InsurerNumber = p.Memberships[q.Own].InsurerNumber
		row.PersonalInsuredNumber = p.Memberships[q.Own].PersonalInsuredNumber
	}
	return row
}
