package console

import (
	"cmp"
	"html/template"
	"slices"

	"onshisim/sim/explain"
	"onshisim/sim/training/lesson"
	"onshisim/sim/training/picture"
	"onshisim/sim/world"
)

// concerned is a person of a report.
type concerned struct {
	Name    string
	Table   template.HTML
	History []flagAct
}

// showReport is for printing: what a trainee did, forgot, and came to.
func showReport(v *visit) {
	l, err := v.scenarios.Of(v.Context(), v.world)
	if err != nil {
		v.fail(err)
		return
	}
	data := map[string]any{"World": v.listed(v.world), "Lesson": l, "Persons": v.concerned(l)}
	if l != nil {
		data["Steps"], data["Forgotten"], data["Done"] = stepsOf(l), remindersOf(l), doneOf(l.Progress.Counts)
	}
	v.show("report", "報告書 "+v.world.Name(), data)
}

// concerned are the persons whom anybody decided about, or whose flags were ever set.
func (v *visit) concerned(l *lesson.Lesson) (list []concerned) {
	var ids []string
	if l != nil {
		ids = slices.Clone(l.Persons)
	}
	for p := range v.world.PersonsWhoMayBeProtected() {
		ids = withNew(ids, p.ID)
	}
	slices.Sort(ids)
	look := v.world.Look(v.Context())
	for _, id := range ids {
		if p, known := v.world.Person(id); known && len(list) < shownPersons {
			list = append(list, concern(p, look))
		}
	}
	return list
}

// shownPersons bounds the persons of a report.
const shownPersons = 20

func concern(p *world.Insured, look world.Look) concerned {
	disclosed := explain.Disclosure{Rows: explain.Of(p, look)} // without the mutant, of which the page has warned already
	return concerned{cmp.Or(p.Name, p.ID), picture.Table(disclosed, picture.NamesOf(p)), historyOf(p)}
}
