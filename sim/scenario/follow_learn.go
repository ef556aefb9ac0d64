package scenario

import (
	"cmp"
	"slices"
)

// learn remembers from the deeds what the player would have remembered had it played them, in the order in which they were
// done, and which of the scenario's words the trainee has others for.
func (f *follower) learn() {
	f.known, f.echoes = newSession("", f.scenario.World), map[string]bool{}
	done := []int{}
	for i, t := range f.ticks {
		if t.deed >= 0 {
			done = append(done, i)
		}
	}
	slices.SortFunc(done, func(a, b int) int { return cmp.Compare(f.ticks[a].deed, f.ticks[b].deed) })
	for _, i := range done {
		t, d := f.tasks[i], f.deeds[f.ticks[i].deed]
		if t.act.after != nil && t.known {
			t.act.after(f.known, newCall(t.act, t.step, t.with), d.answer())
		}
		f.known.save(d.answer(), t.step.Save)
		if t.step.Act == "registerMember" {
			f.learnWords(t, d)
		}
	}
}

// learnWords notes what a trainee registered in other words than the scenario's.
func (f *follower) learnWords(t *task, d *deed) {
	for name, value := range t.step.With {
		if t.act.places()[name] == inBody && !slices.Contains(ofMember, name) && compact(d.request()[name]) != compact(value) {
			f.echoes[echo(name, value)] = true
		}
	}
}
