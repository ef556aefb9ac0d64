package scenario

import "net/http"

// tickInOrder gives as many steps as possible a deed each so that both are in order; of several such ways the one that
// counts most, then the one with the earliest steps, each with its earliest deed.
func (f *follower) tickInOrder() {
	steps, deeds := len(f.tasks), len(f.deeds)
	best := make([][]int, steps+1) // of the steps and deeds from there on
	best[steps] = make([]int, deeds+1)
	for i := steps - 1; i >= 0; i-- {
		best[i] = make([]int, deeds+1)
		for j := deeds - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if worth := f.worth(i, j); worth > 0 {
				best[i][j] = max(best[i][j], worth+best[i+1][j+1])
			}
		}
	}
	f.ticks = make([]tick, steps)
	for i, j := 0, 0; i < steps; {
		f.ticks[i] = untouched
		worth := 0
		if j < deeds {
			worth = f.worth(i, j)
		}
		switch {
		case worth > 0 && best[i][j] == worth+best[i+1][j+1]:
			f.ticks[i].deed = j
			i, j = i+1, j+1
		case j < deeds && best[i][j] == best[i][j+1]:
			j++
		default:
			i++
		}
	}
}

// worth is what it counts that a deed did a step: first that it did, more than all else together; then that the step lasts, for
// looks are out of order rather than what they look at; and that it was seen right.
func (f *follower) worth(i, j int) int {
	if f.fits[i][j] == noFit || f.deeds[j].at.Before(f.tasks[i].from) {
		return 0
	}
	worth := 2*len(f.tasks) + 1
	if f.tasks[i].lasts() {
		worth++
	}
	if f.fits[i][j] == exact {
		worth++
	}
	return worth
}

// findFront finds how far the trainee is: to the last step whose deed tells that. What may be no more than a repetition of an
// earlier step does not, as when somebody logs in once more; nor does a look across something that may yet be done, for screens
// look by themselves. Beyond the front a deed counts only where no gap is before it.
func (f *follower) findFront() {
	f.front = -1
	missing := false
	for i, t := range f.tasks {
		switch j := f.ticks[i].deed; {
		case j < 0:
			missing = missing || t.trainee && t.lasts()
		case f.repeats(i) || missing && t.act.method == http.MethodGet:
		default:
			f.front, missing = i, false
		}
	}
	gap := false
	for i := f.front + 1; i < len(f.tasks); i++ {
		switch {
		case !f.tasks[i].trainee:
		case f.ticks[i].deed < 0:
			gap = true
		case gap:
			f.ticks[i] = untouched
		default:
			f.front = i
		}
	}
}

// repeats says whether the deed that did a step fits an earlier step that is done, with no movement of the clock between.
func (f *follower) repeats(i int) bool {
	for before := i - 1; before >= 0; before-- {
		if f.tasks[before].step.Actor == Time {
			return false
		}
		if f.ticks[before].deed >= 0 && f.fits[before][f.ticks[i].deed] != noFit {
			return true
		}
	}
	return false
}

// tickElsewhere gives the steps that are left a deed that did no other, where it was seen what the scenario says; beyond the
// front only what lasts, for to look at something earlier is not to look at it then.
func (f *follower) tickElsewhere() {
	used := make([]bool, len(f.deeds))
	for _, t := range f.ticks {
		if t.deed >= 0 {
			used[t.deed] = true
		}
	}
	for i, t := range f.tasks {
		if f.ticks[i].deed >= 0 || i > f.front && !t.lasts() {
			continue
		}
		for j := range f.deeds {
			if !used[j] && f.fits[i][j] == exact && !f.undone(t, j) {
				f.ticks[i], used[j] = tick{j, true}, true
				break
			}
		}
		if j, found := f.inOneAct(i); found && f.ticks[i].deed < 0 {
			f.ticks[i] = tick{j, true}
		}
	}
}
