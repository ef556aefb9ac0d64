package console

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"onshisim/sim/scenario"
	"onshisim/sim/training/ask"
	"onshisim/sim/training/lesson"
	"onshisim/sim/world"
)

// showExercise shows how far the trainee is, and plays steps.
func showExercise(v *visit) {
	l, err := v.scenarios.Of(v.Context(), v.world)
	if err != nil {
		v.fail(err)
		return
	}
	v.liveHere()
	data := map[string]any{"Path": v.here("/exercise"), "Base": v.here(""), "Scenarios": v.choices(), "Lesson": l, "Plays": v.Stage.Client != nil}
	if l != nil {
		data["Steps"], data["Forgotten"] = stepsOf(l), remindersOf(l)
	}
	v.show("exercise", "演習", data)
}

// assignExercise chooses a scenario to be played step by step: in this world from now on, or in a new one of its own.
func assignExercise(v *visit) {
	name := v.given("scenario")
	if v.given("where") == "new" {
		other := v.given("name")
		if !world.IsName(other) {
			v.refuse(http.StatusUnprocessableEntity, "新しい世界の名前を、英小文字・数字・「.」「_」「-」で入力してください。", "name")
			showExercise(v)
			return
		}
		if v.refused(v.make(other, name)) {
			v.view.Form.Errors["name"] = v.view.Refusal.Text
			showExercise(v)
			return
		}
		v.done(worldPath(other)+"/exercise", "made")
		return
	}
	if v.refused(v.assign(name)) {
		showExercise(v)
		return
	}
	v.done(v.here("/exercise"), "assigned")
}

// assign makes the present state of the world the beginning of an exercise, in place of any other.
func (v *visit) assign(name string) error {
	s, err := v.scenarios.Find(name)
	if err != nil {
		return err
	}
	if s == nil || len(s.Steps) == 0 {
		return &ask.Refusal{Status: http.StatusUnprocessableEntity, Code: "SIM-REQ-422", Fields: map[string]string{"scenario": "has no steps"}}
	}
	for _, c := range v.world.Checkpoints() {
		if lesson.IsCheckpoint(c.Name) {
			if _, err := v.askHere("DELETE", "/checkpoints/"+c.Name, nil); err != nil {
				return err
			}
		}
	}
	if _, err := v.askHere("DELETE", "/journal", nil); err != nil {
		return err
	}
	_, err = v.askHere("PUT", "/checkpoints/"+lesson.Checkpoint(name), nil)
	return err
}

// playStep does one step in the world, as the scenario has it.
func playStep(v *visit) {
	l, err := v.scenarios.Of(v.Context(), v.world)
	if err != nil {
		v.fail(err)
		return
	}
	step, err := strconv.Atoi(v.given("step"))
	if err != nil || l == nil || step < 0 || step >= len(l.Scenario.Steps) || v.Stage.Client == nil {
		v.lost()
		return
	}
	played := scenario.PlayStep(v.Context(), v.Stage, v.world.Name(), l.Scenario, l.Progress, step)
	if played.Verdict == scenario.Failed {
		v.refuse(http.StatusConflict, fmt.Sprintf("手順%dを行いましたが、シナリオのとおりになりませんでした。%s", step+1, whyNot(&played)), "step")
		showExercise(v)
		return
	}
	v.done(v.here("/exercise"), "played")
}

// whyNot says in what a step went otherwise.
func whyNot(played *scenario.StepResult) string {
	words := []string{played.Failure}
	for _, m := range played.Mismatches {
		words = append(words, m.String())
	}
	return strings.TrimSpace(strings.Join(words, " "))
}

// restartExercise makes the world what it was at the beginning, without what has been asked since.
func restartExercise(v *visit) {
	name, ok := lesson.Assigned(v.world)
	if !ok {
		v.lost()
		return
	}
	_, err := v.askHere("POST", "/checkpoints/"+lesson.Checkpoint(name)+"/restore", nil)
	if err == nil {
		_, err = v.askHere("DELETE", "/journal", nil)
	}
	if v.refused(err) {
		showExercise(v)
		return
	}
	v.done(v.here("/exercise"), "restarted")
}
