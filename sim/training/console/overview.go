package console

import (
	"io"
	"net/http"
	"net/url"
	"time"

	"onshisim/sim/mutant"
	"onshisim/sim/training/ask"
	"onshisim/sim/world"
)

// shownRequests is how many requests of late the overview shows.
const shownRequests = 8

// showWorld is the overview of a world.
func showWorld(v *visit) {
	checkpoints, faults := v.read("/checkpoints"), ask.Fields(nil)
	if checkpoints != nil {
		faults = v.read("/faults")
	}
	if faults == nil {
		return
	}
	records, err := v.latest(shownRequests)
	if err != nil {
		v.fail(err)
		return
	}
	v.liveHere()
	now := v.world.Now().In(world.JST)
	v.fill(url.Values{"date": {now.Format(time.DateOnly)}, "time": {now.Format("15:04")}, "mutant": {v.world.Mutant()}})
	v.show("world", "世界 "+v.world.Name(), map[string]any{
		"World": v.listed(v.world), "Base": v.here(""), "Checkpoints": checkpoints["checkpoints"], "Faults": faults["faults"],
		"Mode": v.world.Mode(), "Mutants": mutantChoices(), "Requests": v.requests(records, shownRequests),
	})
}

// mutantChoices are the wrong rules as options of a field.
func mutantChoices() []string {
	choices := []string{"=事務連絡どおり"}
	for _, m := range mutant.All() {
		choices = append(choices, m.Name+"="+m.Rule+" "+m.Japanese)
	}
	return choices
}

// setMutant makes the world answer by a wrong rule, or by the notice again.
func setMutant(v *visit) {
	if _, err := v.askHere("PUT", "/mutant", ask.Fields{"name": v.given("mutant")}); v.refused(err) {
		v.view.Form.Errors["mutant"] = v.view.Refusal.Text
		showWorld(v)
		return
	}
	v.done(v.here(""), "mutant")
}

// exportEvents downloads the world as its events, as the control plane streams them.
func exportEvents(v *visit) {
	request, err := http.NewRequestWithContext(v.Context(), http.MethodGet, v.Plane.Base+"/worlds/"+url.PathEscape(v.world.Name())+"/events", http.NoBody)
	if err != nil {
		panic(err) // the path is a world's
	}
	request.Header.Set("Authorization", "Bearer "+v.Token)
	answer, err := v.Plane.Client.Do(request)
	if err != nil || answer.StatusCode != http.StatusOK {
		v.fail(&ask.Refusal{Status: http.StatusBadGateway, Cause: err})
		return
	}
	defer answer.Body.Close()
	h := v.ResponseWriter.Header()
	h.Set("Content-Type", answer.Header.Get("Content-Type"))
	h.Set("Content-Disposition", `attachment; filename="`+v.world.Name()+`.jsonl"`)
	_, _ = io.Copy(v.ResponseWriter, answer.Body) // fails when nobody is there any more
}
