package scenario

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// task is what a step asks for, as far as its names are known.
type task struct {
	step    Step // as written, but for as
	act     act
	path    []string // the segments of the act's
	as      any
	with    map[string]any
	sees    map[string]any // what of it matters
	hides   []string
	from    time.Time // the world's time before which it can't be done
	trainee bool
	known   bool // all its names are

	withheld []string // consents that a card read is to go without
}

// anything stands where any value will do.
type anything struct{}

// taskOf makes the task of a step.
func (f *follower) taskOf(i int) *task {
	step := f.scenario.Steps[i]
	a, _ := findAct(step.Actor, step.Act)
	names := filler{saved: f.known.saved, echoes: f.echoes}
	t := &task{step: step, act: a, path: strings.Split(a.path, "/"), from: f.from[i], trainee: !a.control(), withheld: f.withheld(i)}
	t.as = names.fill("", step.As)
	t.with, _ = names.fill("", step.With).(map[string]any)
	t.known = !names.unknown
	t.sees, _ = mattering(names.fill("", step.Sees)).(map[string]any)
	if isSuccess(t.sees["status"]) {
		delete(t.sees, "status")
	}
	for _, text := range step.Hides {
		if text, err := fillText(text, f.known.saved); err == nil {
			t.hides = append(t.hides, text)
		}
	}
	if as, ok := t.as.(string); ok {
		t.step.As = as
	}
	return t
}

// filler puts in what is known, and anything where that does not count or is not known.
type filler struct {
	saved   map[string]string
	echoes  map[string]bool
	unknown bool // a name was not known
}

// fill does so in a value that stands under a key.
func (f *filler) fill(key string, value any) any {
	if f.echoes[echo(key, value)] {
		return anything{}
	}
	switch value := value.(type) {
	case string:
		text, err := fillText(value, f.saved)
		if err != nil {
			f.unknown = true
			return anything{}
		}
		return text
	case map[string]any:
		filled := make(map[string]any, len(value))
		for name, inner := range value {
			filled[name] = f.fill(name, inner)
		}
		return filled
	case []any:
		filled := make([]any, len(value))
		for i, inner := range value {
			filled[i] = f.fill("", inner)
		}
		return filled
	}
	return value
}

// echo is the mark of a value under a key.
func echo(key string, value any) string {
	if key == "" {
		return ""
	}
	return key + "=" + compact(value)
}

// unimportant are the fields of answers that hold a trainee's own words and times.
var unimportant = []string{"history", "at", "inquiredAt", "reason", "appliedOn"}

// mattering is what of an expectation has to hold in an exercise.
func mattering(expected any) any {
	switch expected := expected.(type) {
	case map[string]any:
		kept := make(map[string]any, len(expected))
		for name, inner := range expected {
			if inner = mattering(inner); inner != (anything{}) && !slices.Contains(unimportant, name) {
				kept[name] = inner
			}
		}
		return kept
	case []any:
		kept := make([]any, len(expected))
		for i, inner := range expected {
			if kept[i] = mattering(inner); kept[i] == (anything{}) {
				return anything{}
			}
		}
		return kept
	}
	return expected
}

// isSuccess says whether a value is an HTTP status of success.
func isSuccess(status any) bool {
	number, ok := status.(json.Number)
	return ok && strings.HasPrefix(number.String(), "2")
}

// expects says whether a step can end with an HTTP status: of the class of the one that it expects, any success if it
// expects none.
func (t *task) expects(status int) bool {
	want, given := t.sees["status"].(json.Number)
	if !given {
		return status/100 == 2
	}
	return strings.HasPrefix(want.String(), strconv.Itoa(status/100))
}

// lasts says whether something is missing in the systems when the step is left out; not if it is to be refused.
func (t *task) lasts() bool {
	_, refused := t.sees["status"].(json.Number)
	code, _ := t.sees["code"].(string)
	return t.act.lasting && !refused && code == "" && t.sees["status"] != "failed"
}
