package room

import (
	"onshisim/sim/scenario"
	"onshisim/sim/training/page"
)

// exerciseTitle is the title of the exercise that the world is for; empty if it is for none.
func (v *visit) exerciseTitle() string {
	assigned, err := v.lessons.AssignedTo(v.world)
	if assigned == nil || err != nil {
		return ""
	}
	return assigned.Title
}

// task is a step of the exercise as the trainee may know it: what is to be seen is told only once it was done.
type task struct {
	Sign, State, Class, Text, Saw string
	Entries                       []entry
}

// states are the signs and words of what became of a step. What was forgotten is the instructor's to say.
var states = map[scenario.State]task{
	scenario.Done:       {Sign: "✓", State: "済み", Class: "good"},
	scenario.Different:  {Sign: "✓", State: "済み", Class: "good"},
	scenario.OutOfOrder: {Sign: "✓", State: "済み(順序が前後)", Class: "good"},
}

// showExercise shows what is to be done in the world, and what of it was done.
func showExercise(v *visit) {
	lesson, err := v.lessons.Of(v.Context(), v.world)
	if err != nil {
		v.fail(err)
		return
	}
	if lesson == nil {
		v.lost()
		return
	}
	tasks := []task{}
	for i := range lesson.Progress.Steps {
		step := &lesson.Progress.Steps[i]
		if !step.Trainee {
			continue
		}
		shown, done := states[step.State]
		shown.Text, shown.Entries = step.Task, entriesOf(step)
		if done {
			shown.Saw = page.Saw(step.Status, step.Code, step.Saw)
		} else {
			shown.Sign, shown.State, shown.Class = "□", "まだ", "soft"
		}
		tasks = append(tasks, shown)
	}
	brief := "" // the summary of a scenario tells what will be seen
	if lesson.Scenario.Exercise != nil {
		brief = lesson.Scenario.Exercise.Brief
	}
	counts := lesson.Progress.Counts
	v.show("exercise", lesson.Scenario.Title, map[string]any{
		"Brief": brief, "Cast": v.here("/room/cast"), "Tasks": tasks, "Done": counts.Done + counts.Different + counts.OutOfOrder, "All": counts.Steps,
	})
}
