package scenario

import (
	"slices"

	"onshisim/sim/world"
)

// taskText says who does what to whom.
func taskText(t *task, doc world.Document) string {
	text := whoDoes(t.shown(), doc) + "：" + t.act.label
	if name := subject(t.with, doc); name != "" {
		text += "（" + name + "）"
	}
	return text
}

// shown is the step without a name in as that is not known.
func (t *task) shown() Step {
	step := t.step
	if _, unknown := t.as.(anything); unknown {
		step.As = ""
	}
	return step
}

// subject is the name of the person whom an act's parameters point to; empty if they point to none of the world.
func subject(with map[string]any, doc world.Document) string {
	for _, p := range doc.Persons {
		known := []any{p.ID, p.IndividualNumber, p.PortalUserID, p.Name, p.NameKana}
		for _, c := range p.Cards {
			known = append(known, c.CardSerial)
		}
		for _, m := range p.Members {
			known = append(known, m.PersonalInsuredNumber)
			if with["insurerNumber"] == m.InsurerNumber && with["insuredIdentificationNumber"] == m.InsuredIdentificationNumber && with["insuredBranchNumber"] == m.InsuredBranchNumber {
				return p.Name
			}
		}
		for _, name := range []string{"id", "individualNumber", "portalUserId", "principal", "name", "nameKana", "cardSerial", "personalInsuredNumber"} {
			if value, given := with[name]; given && value != "" && slices.Contains(known, value) {
				return p.Name
			}
		}
	}
	return ""
}
