package scenario

import (
	"reflect"
	"slices"
	"strings"
)

// act is one thing that an actor can do: one call of the interface.
type act struct {
	actors  []Actor
	name    string
	label   string // what the reports call it
	lasting bool   // left out, something is missing in the systems afterwards; the others look, or ask what is to be seen
	method  string
	path    string // {…} are filled from `with`, or from what the player remembers; under /worlds it is the control plane's
	with    any    // a value of the type whose fields are the keys of `with`; nil: the act takes none
	before  func(*session, *call) error
	after   func(*session, *call, *answer)
}

// The places of a parameter, as the tag `in` of its field says; the body if the tag is absent.
const (
	inPath   = "path"
	inQuery  = "query"
	inPlayer = "player" // not sent: it tells the player which of the things that it remembers is meant
	inBody   = "body"
)

// findAct finds what an actor calls by a name.
func findAct(actor Actor, name string) (act, bool) {
	for _, a := range acts {
		if a.name == name && slices.Contains(a.actors, actor) {
			return a, true
		}
	}
	return act{}, false
}

// actNames lists what an actor can do, in the table's order.
func actNames(actor Actor) []string {
	var found []string
	for _, a := range acts {
		if slices.Contains(a.actors, actor) {
			found = append(found, a.name)
		}
	}
	return found
}

// control says whether the act goes to the control plane's listener.
func (a act) control() bool { return strings.HasPrefix(a.path, "/worlds/") }

// places says for each key of `with` where it goes.
func (a act) places() map[string]string {
	found := map[string]string{}
	if a.with == nil {
		return found
	}
	for _, field := range reflect.VisibleFields(reflect.TypeOf(a.with)) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if field.Anonymous || name == "" {
			continue
		}
		if _, shadowed := found[name]; shadowed {
			continue
		}
		found[name] = inBody
		if place := field.Tag.Get("in"); place != "" {
			found[name] = place
		}
	}
	return found
}

// hasBody says whether any key of `with` goes to the body.
func (a act) hasBody() bool {
	for _, place := range a.places() {
		if place == inBody {
			return true
		}
	}
	return false
}
