package mutant

import (
	"strings"
)

const (
	shownInList         = 10 // characters of an address in the list of candidates (P5-3)
	shownOfMunicipality = 6  // about how many prefecture and municipality take
)

func wholeAddress(a *answer) {
	if !a.is("disaster/search") {
		return
	}
	a.each("candidates", func(o map[string]any) {
		listed, _ := o["address"].(string)
		for _, p := range a.persons {
			for i := range p.Members {
				if m := &p.Members[i]; listed != "" && strings.HasPrefix(m.Address, listed) && m.Name == o["name"] {
					o["address"] = m.Address
				}
			}
		}
	})
}

func listHiddenAddress(a *answer) {
	if !a.is("disaster/search") {
		return
	}
	a.each("candidates", func(o map[string]any) {
		for _, m := range a.newest() {
			if o["address"] == "" && m.Name == o["name"] {
				o["address"] = beginning(m.Address, shownInList)
			}
		}
	})
}

func showMunicipality(a *answer) {
	if !a.is(inDisaster) {
		return
	}
	a.each("results", func(o map[string]any) {
		if m, known := a.member(o); known && o["address"] == "" {
			o["address"] = beginning(m.Address, shownOfMunicipality)
		}
	})
}

// beginning is the first characters of a text.
func beginning(text string, characters int) string {
	whole := []rune(text)
	return string(whole[:min(len(whole), characters)])
}

func hideInsurerName(a *answer) {
	if !a.is(inDisaster, "disaster/search") {
		return
	}
	for _, list := range []string{"results", "candidates"} {
		a.each(list, func(o map[string]any) {
			if o["address"] == "" {
				o["insurerName"] = ""
			}
		})
	}
}
