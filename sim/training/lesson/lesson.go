// Package lesson knows which exercise (演習) a world is for, and how far whoever sits there has come with it.
package lesson

import (
	"strings"

	"onshisim/sim/world"
)

// mark is what the names of checkpoints begin with that assign an exercise to a world. The checkpoint is also the way back to
// the beginning.
const mark = "exercise."

// Checkpoint is the name of the checkpoint that assigns a scenario to a world, as in exercise.flows.p16-dependant.
func Checkpoint(scenario string) string { return mark + strings.ReplaceAll(scenario, "/", ".") }

// IsCheckpoint says whether a checkpoint assigns a scenario.
func IsCheckpoint(name string) bool { return strings.HasPrefix(name, mark) }

// Assigned is the name of the scenario that a world was assigned last.
func Assigned(w *world.World) (scenario string, ok bool) {
	var last world.Checkpoint
	for _, c := range w.Checkpoints() {
		if IsCheckpoint(c.Name) && c.Position >= last.Position {
			last, ok = c, true
		}
	}
	return strings.ReplaceAll(strings.TrimPrefix(last.Name, mark), ".", "/"), ok
}
