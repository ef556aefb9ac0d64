package scenario

import (
	"maps"
	"slices"
	"time"

	"onshisim/sim/journal"
	"onshisim/sim/world"
)

// Happened is what is known of the world of an exercise: what was asked there, and how it stands.
type Happened struct {
	Records []journal.Record // the oldest first
	Dropped uint64           // how many before them the journal no longer has
	Now     time.Time
	Mode    world.Mode
	Persons []world.Person // those that StagedPersons names, as far as they exist
}

// Follow holds what happened in a world against the steps of a scenario. Who did it, a trainee or PlayStep, makes no
// difference.
func Follow(s *Scenario, h Happened) Progress {
	f := newFollower(s, h)
	f.round(true)
	for range s.Steps { // each round can make known what one more step saves
		before, known := slices.Clone(f.ticks), maps.Clone(f.known.saved)
		f.round(h.Dropped > 0)
		if slices.Equal(before, f.ticks) && maps.Equal(known, f.known.saved) {
			break
		}
	}
	return f.progress()
}

// follower finds out which deeds did which steps.
type follower struct {
	scenario *Scenario
	happened Happened
	from     []time.Time // of each step: the world's time before which it can't be done
	deeds    []*deed
	reads    map[string]string // cardReadId → cardSerial

	tasks  []*task
	fits   [][]fit
	ticks  []tick
	front  int // the last step that tells that the trainee is beyond all before it; -1: none
	known  *session
	echoes map[string]bool // what of the scenario the trainee words differently
}

// tick says which deed did a step.
type tick struct {
	deed      int // its index; -1: none
	elsewhere bool
}

var untouched = tick{deed: -1}

func newFollower(s *Scenario, h Happened) *follower {
	f := &follower{scenario: s, happened: h, from: instants(s), reads: map[string]string{}, known: newSession("", s.World)}
	for i := range h.Records {
		d := deedOf(&h.Records[i])
		f.deeds = append(f.deeds, d)
		if id := d.cardRead(); id != "" {
			f.reads[id] = d.asked("cardSerial")
		}
	}
	return f
}

// round gives the steps their deeds by what is known so far, and learns from that. As long as a name is not known it
// stands for any value, if guessing is allowed; else the step can't have been done.
func (f *follower) round(guessing bool) {
	f.tasks, f.fits = make([]*task, len(f.scenario.Steps)), make([][]fit, len(f.scenario.Steps))
	for i := range f.scenario.Steps {
		f.tasks[i] = f.taskOf(i)
		f.fits[i] = make([]fit, len(f.deeds))
		if t := f.tasks[i]; t.trainee && (t.known || guessing) {
			for j := range f.deeds {
				f.fits[i][j] = f.fit(t, j)
			}
		}
	}
	f.tickInOrder()
	f.findFront()
	f.tickElsewhere()
	f.learn()
}

// progress puts it into words.
func (f *follower) progress() Progress {
	p := Progress{Incomplete: f.happened.Dropped > 0, known: f.known, Steps: make([]StepProgress, len(f.tasks))}
	staged := f.stagedStates()
	for i, t := range f.tasks {
		step := StepProgress{Title: t.step.Title, Task: taskText(t, f.scenario.World), Trainee: t.trainee, State: staged[i], Rules: t.step.Rules, Inputs: []Input{}, Mismatches: []Mismatch{}}
		if len(step.Rules) == 0 {
			step.Rules = f.scenario.Rules
		}
		if t.trainee {
			step.State, step.Seat, step.Inputs = f.state(i), f.seatOf(i), f.inputsOf(i)
		}
		if j := f.ticks[i].deed; j >= 0 {
			done := f.deeds[j].record
			step.Record, step.Status, step.Code, step.Saw = done.Number, done.Status, done.Code, saw(f.deeds[j].answer())
			if f.fits[i][j] == differs {
				step.Mismatches = compare(f.deeds[j].answer(), t.sees, t.hides)
			}
		}
		p.Steps[i] = step
	}
	p.sumUp()
	return p
}

// state is that of a step of the trainee.
func (f *follower) state(i int) State {
	t, done := f.tasks[i], f.ticks[i]
	switch {
	case done.elsewhere:
		return OutOfOrder
	case done.deed >= 0 && f.fits[i][done.deed] == exact:
		return Done
	case done.deed >= 0:
		return Different
	case i > f.front:
		return Open
	case t.lasts():
		return Forgotten
	}
	return Skipped
}
