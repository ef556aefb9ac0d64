package console

import (
	"net/http"
	"net/url"

	"onshisim/sim/training/lesson"
)

// putCheckpoint names the state as it is now. The names that assign exercises are not for it.
func putCheckpoint(v *visit) {
	if lesson.IsCheckpoint(v.given("checkpoint")) {
		v.refuse(http.StatusUnprocessableEntity, "「exercise.」で始まる名前は演習の割り当てに使います。ほかの名前にするか、「演習」の画面で割り当ててください。", "checkpoint")
		showWorld(v)
		return
	}
	v.actOnCheckpoint("PUT", "", "checkpoint")
}

// restoreCheckpoint makes the world what it was.
func restoreCheckpoint(v *visit) { v.actOnCheckpoint("POST", "/restore", "restored") }

// deleteCheckpoint forgets a name.
func deleteCheckpoint(v *visit) { v.actOnCheckpoint("DELETE", "", "forgotten") }

func (v *visit) actOnCheckpoint(method, act, done string) {
	name := v.given("checkpoint")
	if name == "" {
		v.refuse(422, "名前を入力してください。", "checkpoint")
		showWorld(v)
		return
	}
	if _, err := v.askHere(method, "/checkpoints/"+url.PathEscape(name)+act, nil); v.refused(err) {
		v.view.Form.Errors["checkpoint"] = v.view.Refusal.Text
		if wrong, ok := v.view.Form.Errors["name"]; ok {
			v.view.Form.Errors["checkpoint"] = wrong
		}
		showWorld(v)
		return
	}
	v.done(v.here(""), done)
}
