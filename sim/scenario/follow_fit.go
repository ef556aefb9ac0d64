package scenario

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"onshisim/sim/matching"
)

// fit says whether a deed is what a task asks for.
type fit byte

const (
	noFit   fit = iota
	differs     // it is, but something else was seen
	exact       // it is, and what was seen is what the step says
)

// fit holds a deed against a task.
func (f *follower) fit(t *task, j int) fit {
	d := f.deeds[j]
	if d.record.Method != t.act.method || !f.samePath(t, d) || !t.sameQuery(d) || !t.expects(d.record.Status) || !t.sameActor(d) || !f.sameBody(t, j) {
		return noFit
	}
	if !d.record.AnswerCut && len(compare(d.answer(), t.sees, t.hides)) > 0 {
		return differs
	}
	return exact
}

// samePath compares the path with the act's. A card read or a candidate that the player would remember may be any, but a
// read has to be of the same card.
func (f *follower) samePath(t *task, d *deed) bool {
	if len(t.path) != len(d.segments) {
		return false
	}
	for i, part := range t.path {
		name, isParameter := strings.CutPrefix(part, "{")
		name = strings.TrimSuffix(name, "}")
		want, given := t.with[name]
		switch {
		case !isParameter:
			if part != d.segments[i] {
				return false
			}
		case given:
			if !agrees(want, d.segments[i]) {
				return false
			}
		case name == "cardReadId":
			if serial, known := f.reads[d.segments[i]]; known && !agrees(t.with["cardSerial"], serial) {
				return false
			}
		}
	}
	return true
}

// paging are the query parameters that only cut a list into pages.
var paging = []string{"limit", "cursor"}

func (t *task) sameQuery(d *deed) bool {
	for name, place := range t.act.places() {
		want, given := t.with[name]
		if place != inQuery || !given && slices.Contains(paging, name) {
			continue
		}
		if !given {
			want = ""
		}
		if _, any := want.(anything); !any && fmt.Sprint(want) != d.query.Get(name) {
			return false
		}
	}
	return true
}

// sameActor compares who asked. Nobody is let in where a system is down, so that nobody can be told there.
func (t *task) sameActor(d *deed) bool {
	actor := d.record.Actor
	r, _ := roleOf(t.step.Actor)
	switch {
	case t.step.Act == "logIn":
		return agrees(t.as, d.asked("cardSerial"))
	case actor.Role == "":
		return t.sees["status"] == json.Number(strconv.Itoa(d.record.Status))
	case r.as == "cardSerial":
		return agrees(t.as, actor.CardSerial)
	case r.as == "":
		return true
	}
	return agrees(t.as, actor.Code)
}

// ownWords are the fields of a request that a trainee words differently.
var ownWords = []string{"reason", "appliedOn", "askedBy"}

// ofMember are the fields that count when a member is registered.
var ofMember = []string{"individualNumber", "qualificationDate", "disqualificationDate"}

// sameBody compares what was sent. A request that was refused at the door was not read.
func (f *follower) sameBody(t *task, j int) bool {
	d := f.deeds[j]
	if d.record.Request == nil && !d.answer().ok() {
		return true
	}
	switch t.step.Act {
	case "setFlags":
		return f.sameFlags(t, j)
	case "readCard":
		return t.sameRead(d)
	}
	for name, place := range t.act.places() {
		want, given := t.with[name]
		if place != inBody || !given || slices.Contains(ownWords, name) || t.step.Act == "registerMember" && !slices.Contains(ofMember, name) {
			continue
		}
		got := d.request()[name]
		if name == "qualificationConfirmationDate" && got == nil {
			got, _, _ = strings.Cut(d.record.At, "T")
		}
		if !agrees(want, got) {
			return false
		}
	}
	return true
}

// agrees compares what a trainee sent with what a step gives: the fields that it names, texts as a clerk may type them. What
// is absent is false, or empty.
func agrees(want, got any) bool {
	switch want := want.(type) {
	case anything:
		return true
	case string:
		text, ok := got.(string)
		return (ok || got == nil) && matching.Fold(want) == matching.Fold(text)
	case bool:
		given, ok := got.(bool)
		return (ok || got == nil) && want == given
	case map[string]any:
		fields, ok := got.(map[string]any)
		for name, inner := range want {
			ok = ok && agrees(inner, fields[name])
		}
		return ok
	case []any:
		list, ok := got.([]any)
		return ok && slices.EqualFunc(want, list, agrees)
	}
	return sameScalar(want, got)
}
