package scenario

import (
	"strings"

	"onshisim/sim/world"
)

// whoDoes says for the reports who does a step: the actor, and who sits there or else which one it is.
func whoDoes(step Step, doc world.Document) string {
	r, ok := roleOf(step.Actor)
	if !ok {
		return string(step.Actor)
	}
	who := step.By
	if who == "" {
		who = names(doc, r.as)[step.As]
	}
	if who == "" {
		who = step.As
	}
	if who == "" {
		return r.label
	}
	return r.label + "（" + who + "）"
}

// personOf is who does a step without the actor; empty if whoDoes says no more than that.
func personOf(who string) string {
	_, person, _ := strings.Cut(who, "（")
	return strings.TrimSuffix(person, "）")
}
