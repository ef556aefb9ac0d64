package console

import (
	"net/http"
	"strconv"
	"strings"

	"onshisim/sim/training/ask"
	"onshisim/sim/world"
)

// showFaults shows the faults in force, and takes new ones.
func showFaults(v *visit) {
	faults := v.read("/faults")
	if faults == nil {
		return
	}
	v.liveHere()
	v.show("faults", "障害", map[string]any{"Path": v.here("/faults"), "Faults": faults["faults"], "Targets": v.targets()})
}

// targets are what a fault can be about, as options of a field.
func (v *visit) targets() (choices []string) {
	for _, system := range append([]string{world.Files}, world.Systems...) {
		operations := v.Operations[system]
		if system == world.Files {
			operations = world.FileMessages
		}
		choices = append(choices, system+"="+systems[system]+" すべて")
		for _, operation := range operations {
			choices = append(choices, system+"/"+operation+"="+systems[system]+" "+operation)
		}
	}
	return choices
}

// scriptFault adds a fault.
func scriptFault(v *visit) {
	system, operation, _ := strings.Cut(v.given("target"), "/")
	fault := ask.Fields{"system": system, "operation": operation}
	for _, name := range []string{"skip", "count"} {
		number, err := strconv.Atoi(v.given(name))
		if err != nil && v.given(name) != "" {
			v.refuse(http.StatusUnprocessableEntity, "数字で入力してください。", name)
			showFaults(v)
			return
		}
		fault[name] = number
	}
	switch kind := v.given("kind"); kind {
	case "delay":
		fault["delay"] = v.given("delay")
	case "status":
		fault["status"], _ = strconv.Atoi(v.given("status")) // what is no number is no status either
	default:
		fault[kind] = true
	}
	if _, err := v.askHere("POST", "/faults", fault); v.refused(err) {
		for _, part := range []string{"system", "operation"} {
			if wrong, ok := v.view.Form.Errors[part]; ok {
				v.view.Form.Errors["target"] = wrong
			}
		}
		showFaults(v)
		return
	}
	v.done(v.here("/faults"), "fault")
}

// clearFaults takes all faults out of force.
func clearFaults(v *visit) {
	if _, err := v.askHere("DELETE", "/faults", nil); v.refused(err) {
		showFaults(v)
		return
	}
	v.done(v.here("/faults"), "cleared")
}
