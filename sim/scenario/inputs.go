package scenario

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"onshisim/sim/world"
)

// Input is one thing that a step gives: a trainee enters or ticks it, or finds by it which of the things on the screens is meant.
type Input struct {
	Field   string `json:"field"`   // the interface's name of it, as in verification.method; of a list each element has one
	Value   string `json:"value"`   // empty if it is not known
	Name    string `json:"name"`    // whose it is, a person or an organisation; empty if nobody's
	Unknown bool   `json:"unknown"` // an earlier step is to make it known
	Free    bool   `json:"free"`    // any other will do
}

// reader puts what a step gives into inputs, by what the steps before it made known.
type reader struct {
	doc    world.Document
	saved  map[string]string
	inputs []Input
}

// inputsOf is what a step gives, in the order of its act's parameters, and what it withholds.
func (f *follower) inputsOf(i int) []Input {
	step, act := f.scenario.Steps[i], f.tasks[i].act
	r := &reader{doc: f.scenario.World, saved: f.known.saved, inputs: []Input{}}
	if act.with != nil {
		r.read("", reflect.TypeOf(act.with), step.With)
	}
	if _, given := step.With["reason"]; step.Act == "setFlags" && !given {
		r.inputs = append(r.inputs, Input{Field: "reason"}) // for which it is refused
	}
	for _, name := range f.withheld(i) {
		r.inputs = append(r.inputs, Input{Field: "consents." + name, Value: "false"})
	}
	for k := range r.inputs {
		in := &r.inputs[k]
		in.Free = slices.Contains(ownWords, in.Field) && in.Value != ""
	}
	return r.inputs
}

// seatOf is where a step is done: the organisation whose screens they are, or the card of who is logged in; nothing where there
// is one seat for all.
func (f *follower) seatOf(i int) Input {
	step := f.scenario.Steps[i]
	r, _ := roleOf(step.Actor)
	if r.as == "" {
		return Input{}
	}
	read := &reader{doc: f.scenario.World, saved: f.known.saved}
	read.leaf(r.as, step.As)
	return read.inputs[0]
}

// read goes through a value by the type of what it is read into, which has an order.
func (r *reader) read(path string, kind reflect.Type, value any) {
	switch value := value.(type) {
	case map[string]any:
		for kind.Kind() == reflect.Pointer {
			kind = kind.Elem()
		}
		for _, field := range reflect.VisibleFields(kind) {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if inner, given := value[name]; given && !field.Anonymous {
				r.read(strings.TrimPrefix(path+"."+name, "."), field.Type, inner)
			}
		}
	case []any:
		for _, element := range value {
			r.read(path, kind.Elem(), element)
		}
	default:
		r.leaf(path, value)
	}
}

// leaf adds one value.
func (r *reader) leaf(path string, value any) {
	in := Input{Field: path}
	switch value := value.(type) {
	case string:
		text, err := fillText(value, r.saved)
		in.Value, in.Unknown = text, err != nil
	case bool, json.Number:
		in.Value = compact(value)
	}
	in.Name = ownerOf(r.doc, path, in.Value)
	r.inputs = append(r.inputs, in)
}

// ownerOf is the name of whose number or code a value is.
func ownerOf(doc world.Document, field, value string) string {
	switch field {
	case "principal", "portalUserId", "personalInsuredNumber", "individualNumber":
		return subject(map[string]any{field: value}, doc)
	case "providerInsurerNumber":
		field = "insurerNumber"
	}
	return names(doc, field)[value]
}
