package picture

import (
	"cmp"
	"slices"
	"strconv"

	"onshisim/sim/explain"
	"onshisim/sim/world"
)

// Names are the names of insurers by their insurer numbers.
type Names map[string]string

// NamesOf are the names of the insurers of a person.
func NamesOf(p *world.Insured) Names {
	names := Names{}
	for i := range p.Members {
		names[p.Members[i].InsurerNumber] = p.Members[i].InsurerName
	}
	return names
}

// of is an insurer's name, or its number if there is none.
func (n Names) of(insurerNumber string) string { return cmp.Or(n[insurerNumber], insurerNumber) }

// membership is one of a person's memberships (資格) as a legend has it.
type membership struct {
	Letter, Name, InsurerNumber, PersonalInsuredNumber string
	Latest                                             bool
}

// letter names a membership as the notice does, by its place in their order: A, B, C.
func letter(own int) string {
	const letters = 26
	if own >= letters {
		return strconv.Itoa(own + 1)
	}
	return string(rune('A' + own))
}

// legend is a person's memberships in their order, as rows of the table tell them: the initial registration is a question to
// the latest alone.
func legend(rows []explain.DisclosureRow, names Names) []membership {
	var found []membership
	latest := ""
	for i := range rows {
		row := &rows[i]
		if row.Information == "initialRegistration" {
			latest = row.PersonalInsuredNumber
		} else if row.PersonalInsuredNumber != "" && at(found, row.PersonalInsuredNumber) < 0 {
			found = append(found, membership{letter(len(found)), names.of(row.InsurerNumber), row.InsurerNumber, row.PersonalInsuredNumber, false})
		}
	}
	if own := at(found, latest); own >= 0 {
		found[own].Latest = true
	}
	return found
}

// at is the index of the membership under a number, -1 if there is none.
func at(members []membership, personalInsuredNumber string) int {
	return slices.IndexFunc(members, func(m membership) bool { return m.PersonalInsuredNumber == personalInsuredNumber })
}

// letterOf is the letter of the membership under a number; empty if there is none.
func letterOf(members []membership, personalInsuredNumber string) string {
	if own := at(members, personalInsuredNumber); own >= 0 {
		return members[own].Letter
	}
	return ""
}
