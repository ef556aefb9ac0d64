package scenario

import "slices"

// flagNames are the two flags, as requests and answers call them.
var flagNames = []string{"nonDisclosure", "selfInformationBlocked"}

// flags are those that a step sets or lifts, by name.
func (t *task) flags() map[string]any {
	given := map[string]any{}
	for _, name := range flagNames {
		if value, ok := t.with[name]; ok {
			given[name] = value
		}
	}
	return given
}

// sameFlags compares by the state that was reached, so that two acts can do what the scenario does in one; the last of
// them has to be about one of the flags. One that is refused reaches none: what it asked for is compared.
func (f *follower) sameFlags(t *task, j int) bool {
	d := f.deeds[j]
	if !sameItems(t.with["items"], d.request()["items"]) {
		return false
	}
	if d.answer().ok() && !d.record.AnswerCut {
		return f.isAbout(t, j) && t.inForce(d.answer())
	}
	for name, want := range t.flags() {
		if d.request()[name] != want {
			return false
		}
	}
	return true
}

// isAbout says whether a deed is about a flag of the step's: it asks for what the step does to it, and where it asks for more
// than the step, as a form does that always sends both flags, it also changes it.
func (f *follower) isAbout(t *task, j int) bool {
	request, more := f.deeds[j].request(), false
	for _, name := range flagNames {
		_, asked := request[name]
		_, given := t.with[name]
		more = more || asked && !given
	}
	for name, want := range t.flags() {
		if request[name] == want && (!more || f.flagBefore(j, name) != want) {
			return true
		}
	}
	return false
}

// flagBefore is a flag of a member before a deed on it: as the last answer about its flags had it, or else the world at its
// beginning.
func (f *follower) flagBefore(j int, name string) any {
	path := f.deeds[j].segments
	for _, d := range slices.Backward(f.deeds[:j]) {
		if slices.Equal(d.segments, path) && d.answer().ok() {
			if set, ok := d.answer().at(name); ok {
				return set
			}
		}
	}
	for _, p := range f.scenario.World.Persons {
		for _, m := range p.Members {
			if slices.Contains(path, m.PersonalInsuredNumber) {
				return name == flagNames[0] && m.Flags.NonDisclosure || name == flagNames[1] && m.Flags.SelfInformationBlocked
			}
		}
	}
	return false
}

// inForce says whether an answer has the flags as the step leaves them, for the branch number as a whole or for its items.
func (t *task) inForce(a *answer) bool {
	items, _ := t.with["items"].([]any)
	for name, want := range t.flags() {
		if len(items) == 0 {
			if got, _ := a.at(name); got != want {
				return false
			}
		}
		for _, item := range items {
			if itemFlag(a, item, name) != want {
				return false
			}
		}
	}
	return true
}

// itemFlag is the flag of one item in an answer; one that is not there is lifted.
func itemFlag(a *answer, item any, name string) bool {
	listed, _ := a.at("items")
	list, _ := listed.([]any)
	for _, element := range list {
		if fields, _ := element.(map[string]any); fields["item"] == item {
			set, _ := fields[name].(bool)
			return set
		}
	}
	return false
}

// sameItems compares the items that flags are set for, in whichever order.
func sameItems(want, got any) bool {
	wanted, _ := want.([]any)
	listed, _ := got.([]any)
	has := func(list []any) func(any) bool { return func(item any) bool { return !slices.Contains(list, item) } }
	return !slices.ContainsFunc(wanted, has(listed)) && !slices.ContainsFunc(listed, has(wanted))
}

// undone says whether a later act took back what a deed did to the flags that a task is about.
func (f *follower) undone(t *task, j int) bool {
	if t.step.Act != "setFlags" {
		return false
	}
	return slices.ContainsFunc(f.deeds[j+1:], func(d *deed) bool {
		return d.record.Method == t.act.method && f.samePath(t, d) && d.answer().ok() && !d.record.AnswerCut && !t.inForce(d.answer())
	})
}

// inOneAct finds the deed of a later step that also did what this one asks for: one act may be about both flags.
func (f *follower) inOneAct(i int) (deed int, found bool) {
	t := f.tasks[i]
	if t.step.Act != "setFlags" || !t.lasts() {
		return 0, false
	}
	for k := i + 1; k < len(f.tasks); k++ {
		j, other := f.ticks[k].deed, f.tasks[k]
		if j < 0 || f.ticks[k].elsewhere || other.step.Act != "setFlags" || f.fits[i][j] == noFit {
			continue
		}
		request, own := f.deeds[j].request(), true
		for name, want := range t.flags() {
			_, others := other.flags()[name]
			own = own && !others && request[name] == want
		}
		if own {
			return j, true
		}
	}
	return 0, false
}
