package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/disclosure"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

func (h *handler) mountDisclosure(g huma.API) {
	web.Register(g, huma.Operation{
		OperationID: "get-disclosure", Method: http.MethodGet, Path: "/worlds/{world}/persons/{id}/disclosure",
		Summary: "The table of page 12 for this person now, with the reasons",
		Description: "One row per line of the table, place and membership (資格); the initial registration asks the latest alone. " +
			"Exchange records may be hidden beyond this, each by its own code (不開示コード) or its inquirer's flag.",
	}, h.getDisclosure)
}

type disclosureOutput struct {
	Body struct {
		Mutant string          `json:"mutant" doc:"the wrong policy by which the world answers, so that the rows are not the notice's; empty: they are"`
		Rows   []disclosureRow `json:"rows"`
	}
}

type disclosureRow struct {
	Rule                  string             `json:"rule" doc:"of P12; of P13 for the initial registration"`
	Information           string             `json:"information" enum:"selfInformation,initialRegistration,exchangeHistory,eligibility,medicines,checkups,medicalExpenses"`
	View                  string             `json:"view" enum:"mynaportal,myNumberCard,certificate,disaster,both" doc:"how it is seen"`
	Item                  string             `json:"item" enum:"eligibility,benefits,checkups," doc:"the specific personal information (特定個人情報), where the table leaves it to the asker"`
	Place                 string             `json:"place" enum:"mynaportal,institution" doc:"where it is seen"`
	InsurerNumber         string             `json:"insurerNumber" doc:"of the membership that the information is about; empty if there is none"`
	PersonalInsuredNumber string             `json:"personalInsuredNumber"`
	Outcome               string             `json:"outcome" enum:"notOffered,provided,addressHidden,withheld"`
	Reasons               []disclosureReason `json:"reasons" doc:"the flags that count; none: as for a person without flags"`
}

type disclosureReason struct {
	Flag                  string `json:"flag" enum:"nonDisclosure,selfInformationBlocked"`
	InsurerNumber         string `json:"insurerNumber"`
	PersonalInsuredNumber string `json:"personalInsuredNumber"`
	Rule                  string `json:"rule"`
}

func (h *handler) getDisclosure(ctx context.Context, in *PersonPath) (*disclosureOutput, error) {
	w, p, err := h.person(ctx, in)
	if err != nil {
		return nil, err
	}
	out := &disclosureOutput{}
	out.Body.Mutant, out.Body.Rows = w.Mutant(), []disclosureRow{}
	look := w.Look(ctx)
	for _, line := range disclosure.Lines() {
		for _, q := range questionsOf(line, p, look) {
			out.Body.Rows = append(out.Body.Rows, rowOf(line.Rule, p, q, look))
		}
	}
	return out, nil
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

func rowOf(rule string, p *world.Insured, q disclosure.Question, look world.Look) disclosureRow {
	verdict := look.Verdict(p, q)
	row := disclosureRow{
		Rule: rule, Information: q.View.String(), View: q.View.Way(), Item: q.Item.String(), Place: q.Place.String(),
		Outcome: verdict.Outcome.String(), Reasons: []disclosureReason{},
	}
	if q.Own >= 0 {
		row.InsurerNumber = p.Memberships[q.Own].InsurerNumber
		row.PersonalInsuredNumber = p.Memberships[q.Own].PersonalInsuredNumber
	}
	for _, r := range verdict.Reasons {
		row.Reasons = append(row.Reasons, disclosureReason{r.Flag.String(), r.InsurerNumber, r.PersonalInsuredNumber, r.Rule})
	}
	return row
}
