package lesson

import (
	"context"
	"slices"

	"onshisim/sim/journal"
	"onshisim/sim/scenario"
	"onshisim/sim/world"
)

// Lesson is an exercise in a world, with how far it has come there. Several readers share it: nobody changes it.
type Lesson struct {
	Scenario *scenario.Scenario
	Progress scenario.Progress
	Persons  []string // ids of those about whom anything was decided, sorted

	times map[uint64]string // of the requests that did a step, by their numbers
}

// Of is the exercise that a world was assigned; nil if there is none.
func (s *Scenarios) Of(ctx context.Context, w *world.World) (*Lesson, error) {
	assigned, err := s.AssignedTo(w)
	if assigned == nil || err != nil {
		return nil, err
	}
	return s.followedIn(w).lessonOf(ctx, w, assigned)
}

// AssignedTo is the scenario that a world was assigned; nil if there is none, or none of that name any more.
func (s *Scenarios) AssignedTo(w *world.World) (*scenario.Scenario, error) {
	name, ok := Assigned(w)
	if !ok {
		return nil, nil
	}
	return s.Find(name)
}

// follow finds out how far a world is with its exercise, by all that was asked there.
func follow(ctx context.Context, w *world.World, assigned *scenario.Scenario) (*Lesson, error) {
	page, err := w.Journal().Read(ctx, journal.Query{})
	if err != nil {
		return nil, err
	}
	happened := scenario.Happened{Records: page.Entries, Dropped: page.Dropped, Now: w.Now(), Mode: w.Mode()}
	for _, id := range assigned.StagedPersons() {
		if p, known := w.Person(id); known {
			happened.Persons = append(happened.Persons, p.Document())
		}
	}
	l := &Lesson{Scenario: assigned, Progress: scenario.Follow(assigned, happened), times: map[uint64]string{}}
	l.keep(page.Entries)
	return l, nil
}

// keep takes from the records what pages show of them: the records themselves would be the whole journal once more.
func (l *Lesson) keep(records []journal.Record) {
	did := map[uint64]bool{}
	for i := range l.Progress.Steps {
		did[l.Progress.Steps[i].Record] = true
	}
	for i := range records {
		r := &records[i]
		if did[r.Number] {
			l.times[r.Number] = r.At
		}
		for j := range r.Decisions {
			if at, known := slices.BinarySearch(l.Persons, r.Decisions[j].Person); !known {
				l.Persons = slices.Insert(l.Persons, at, r.Decisions[j].Person)
			}
		}
	}
}

// At is when a step was done, by the world's clock; empty if it was not.
func (l *Lesson) At(step *scenario.StepProgress) string { return l.times[step.Record] }
