package console

import (
	"net/url"
	"slices"

	"onshisim/sim/training/ask"
	"onshisim/sim/training/page"
	"onshisim/sim/world"
)

// shownInstitutions bounds the institutions to choose from: a nation has more than anyone reads.
const shownInstitutions = 100

// showMode shows the mode, to be changed.
func showMode(v *visit) {
	organisations := v.read("/organisations?limit=1000")
	if organisations == nil {
		return
	}
	mode := v.world.Mode()
	if v.view.Refusal == nil { // else the boxes stay as they were ticked
		v.fill(url.Values{"mode": {mode.Mode}, "areas": mode.Areas, "institutions": mode.Institutions, "systems": mode.Systems})
	}
	var institutions []ask.Fields
	var areas []string
	for _, each := range organisations["organisations"].([]any) {
		o := each.(ask.Fields)
		if o["role"] != "institution" || len(institutions) == shownInstitutions {
			continue
		}
		institutions = append(institutions, o)
		if area := o["area"].(string); area != "" && !slices.Contains(areas, area) {
			areas = append(areas, area)
		}
	}
	v.show("mode", "モード", map[string]any{
		"Path": v.here("/mode"), "Areas": areas, "Institutions": institutions, "Systems": systemOptions(), "Modes": []string{world.ModeNormal, world.ModeDisaster, world.ModeFailure},
	})
}

// systemOptions are the national systems as options.
func systemOptions() (options []page.Option) {
	for _, system := range world.Systems {
		options = append(options, page.Option{Value: system, Text: systems[system]})
	}
	return options
}

// belonging are the boxes that belong to a mode; those of the others may stay ticked, and are left alone.
var belonging = map[string][]string{world.ModeDisaster: {"areas"}, world.ModeFailure: {"institutions", "systems"}}

// setMode changes the mode.
func setMode(v *visit) {
	mode := ask.Fields{"mode": v.given("mode")}
	for _, boxes := range belonging[v.given("mode")] {
		mode[boxes] = v.ticked(boxes)
	}
	if _, err := v.askHere("PUT", "/mode", mode); v.refused(err) {
		showMode(v)
		return
	}
	v.done(v.here("/mode"), "mode")
}

// ticked are the boxes of a name that were ticked; never nil.
func (v *visit) ticked(name string) []string { return append([]string{}, v.PostForm[name]...) }
