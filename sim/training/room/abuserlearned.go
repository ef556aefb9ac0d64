package room

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"onshisim/sim/training/page"
)

// learned is what an answer tells, in words, by the fields of the interface; what is empty there is absent here.
type learned map[string]string

// learnable are the fields that tell an abuser something new, what leads to where the victim lives or is treated first (P7-1,
// P10-2). Names, birthdates and the certificate's numbers are not among them: the abuser knows them, and searches by them.
var learnable = []struct {
	name string
	clue bool // it leads to the victim
}{
	{"address", true},
	{"postNumber", true},
	{"insurerName", true},
	{"institutionName", true},
	{"medicalInstitutionCode", true},
	{"medicineName", false},
	{"treatmentDate", false},
	{"date", false},
	{"treatmentMonth", false},
	{"qualificationValidity", false},
	{"message", false},
}

// verdicts are the fields that an answer without any record has too.
var verdicts = []string{"qualificationValidity", "message"}

// learnedFrom reads an answer and the records in it.
func learnedFrom(body json.RawMessage) learned {
	var answer map[string]any
	if json.Unmarshal(body, &answer) != nil {
		return nil
	}
	found := learned{}
	found.add(answer)
	for _, list := range []string{"candidates", "entries", "items", "results"} {
		records, _ := answer[list].([]any)
		for _, record := range records {
			fields, _ := record.(map[string]any)
			found.add(fields)
		}
	}
	if found["institutionName"] != "" {
		delete(found, "medicalInstitutionCode") // it tells nothing more
	}
	return found
}

// add notes what the fields of one object tell.
func (l learned) add(fields map[string]any) {
	for _, field := range learnable {
		text, _ := fields[field.name].(string)
		switch word := page.Word(field.name, text); {
		case word == "":
		case l[field.name] == "":
			l[field.name] = word
		case !slices.Contains(strings.Split(l[field.name], "、"), word):
			l[field.name] += "、" + word
		}
	}
}

// none says whether there was no record.
func (l learned) none() bool {
	for name := range l {
		if !slices.Contains(verdicts, name) {
			return false
		}
	}
	return true
}

// fact is something that an answer tells.
type fact struct {
	Label, Word string
	Clue        bool
}

// facts are what an answer tells, clues first.
func (l learned) facts() (facts []fact) {
	for _, field := range learnable {
		if l[field.name] != "" {
			facts = append(facts, fact{page.Label(field.name), l[field.name], field.clue})
		}
	}
	return facts
}

// Before is what a look tells without a flag.
func (l *look) Before() []fact { return l.before.facts() }

// After is what it tells with the flags of the measure; nothing when no record is left.
func (l *look) After() []fact {
	if l.after.none() {
		return nil
	}
	return l.after.facts()
}

// Verdict is what the screen says when no record is left; it can be empty.
func (l *look) Verdict() string { return cmp.Or(l.after["qualificationValidity"], l.after["message"]) }

// Hidden is what could be learned before and can't be any more.
func (l *look) Hidden() string { return hidden([]look{*l}) }

// hidden says in labels what some look told before and none tells after.
func hidden(looks []look) string {
	var labels []string
	for _, field := range learnable {
		var told, tells bool
		for i := range looks {
			told = told || looks[i].before[field.name] != ""
			tells = tells || looks[i].after[field.name] != ""
		}
		if told && !tells {
			labels = append(labels, page.Label(field.name))
		}
	}
	return strings.Join(labels, "、")
}
