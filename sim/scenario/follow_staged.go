package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"onshisim/sim/world"
)

// instants are the world's times that the clock is to have reached at each step; zero as long as none is known.
func instants(s *Scenario) []time.Time {
	now := instant(s.World.Now)
	at := make([]time.Time, len(s.Steps))
	for i, step := range s.Steps {
		switch {
		case step.Actor == Time && step.Act == "setClock":
			now = instant(step.With["now"])
		case step.Actor == Time && !now.IsZero():
			now = now.Add(duration(step.With["duration"]))
		}
		at[i] = now
	}
	return at
}

// instant reads an instant; zero if it is none.
func instant(value any) time.Time {
	at, err := time.Parse(time.RFC3339, fmt.Sprint(value))
	if err != nil {
		return time.Time{}
	}
	return at
}

// duration reads a duration as the clock takes it, as in 1d12h; 0 if it is none.
func duration(value any) time.Duration {
	days, rest, ok := strings.Cut(fmt.Sprint(value), "d")
	if !ok {
		days, rest = "0", days
	}
	whole, err := strconv.Atoi(days)
	if err != nil {
		return 0
	}
	part, err := time.ParseDuration(rest)
	if err != nil && rest != "" {
		return 0
	}
	return time.Duration(whole)*24*time.Hour + part
}

// Reached counts the steps whose time by the scenario's clock has come. Of two instants at which it is the same, Follow makes
// the same.
func (s *Scenario) Reached(now time.Time) (count int) {
	for _, at := range instants(s) {
		if !at.IsZero() && !now.Before(at) {
			count++
		}
	}
	return count
}

// StagedPersons are the ids of the persons whom the instructor's steps put into the world or change.
func (s *Scenario) StagedPersons() []string {
	ids := []string{}
	for _, step := range s.Steps {
		if id, ok := step.With["id"].(string); ok && step.Actor == Operator && step.Act != "explain" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// stagedStates are the states of the instructor's steps, which no journal has. Such a step is done when the world is so, with
// those of its kind before it, or when the trainee is beyond it.
func (f *follower) stagedStates() map[int]State {
	states := map[int]State{}
	waiting := map[string]bool{} // kinds of which a step is open
	for i, t := range f.tasks {
		kind := t.act.path
		if t.step.Actor == Time {
			kind = string(Time)
		}
		switch {
		case t.trainee:
		case t.step.Act == "explain":
			states[i] = NotNeeded
		case i < f.front || !waiting[kind] && f.stands(t):
			states[i] = Done
		default:
			states[i], waiting[kind] = Open, true
		}
	}
	return states
}

// stands says whether the world is as an instructor's step makes it.
func (f *follower) stands(t *task) bool {
	switch t.step.Act {
	case "setMode":
		return sameMode(t, f.happened.Mode)
	case "putPerson", "putRecords":
		return slices.ContainsFunc(f.happened.Persons, t.holds)
	}
	return !t.from.IsZero() && !f.happened.Now.Before(t.from)
}

func sameMode(t *task, mode world.Mode) bool {
	return agrees(t.with["mode"], mode.Mode) && sameTexts(t.with["areas"], mode.Areas) &&
		sameTexts(t.with["institutions"], mode.Institutions) && sameTexts(t.with["systems"], mode.Systems)
}

// sameTexts compares lists in whichever order; none is an empty one.
func sameTexts(want any, got []string) bool {
	list := make([]any, len(got))
	for i, text := range got {
		list[i] = text
	}
	return sameItems(want, list)
}

// holds says whether a person's document has all that a step puts into it.
func (t *task) holds(person world.Person) bool {
	var document map[string]any
	return recode(person, &document) == nil && agrees(t.with, document)
}
