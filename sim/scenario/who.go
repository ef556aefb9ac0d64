package scenario

import "onshisim/sim/world"

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
