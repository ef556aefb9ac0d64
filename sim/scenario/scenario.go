// Package scenario reads scenario files, plays them against the simulator, and reports who saw what.
//
// A scenario is a YAML file with a world and steps; each step is one act of one actor and what that actor sees.
// The player is a client of the two listeners and nothing else, so a scenario plays the same in process and by URL.
package scenario

import (
	"encoding/json"

	"onshisim/sim/world"
)

// Scenario is one file: a world, then what its people do in it.
type Scenario struct {
	Name    string         `json:"-"` // its path in fixtures without .yaml, as in "qa/qa-3"
	Title   string         `json:"title"`
	Summary string         `json:"summary"`
	Rules   []string       `json:"rules"`
	Base    string         `json:"base"`  // the scenario whose world this one takes; empty: World is its own
	World   world.Document `json:"world"` // with Base: that scenario's world
	Steps   []Step         `json:"steps"`

	Exercise *Exercise `json:"exercise"` // nil: it is none

	given   json.RawMessage // the world as written, which is what the control plane gets
	written map[string]any  // the file as written, but for the world
}

// Step is one act of one actor, and what that actor is to see.
type Step struct {
	Line  int               `json:"-"` // where it begins in its file
	Title string            `json:"title"`
	Actor Actor             `json:"actor"`
	By    string            `json:"by"` // who sits there, in words
	As    string            `json:"as"` // which insurer, agency, institution or card
	Act   string            `json:"act"`
	With  map[string]any    `json:"with"`
	Rules []string          `json:"rules"`
	Sees  map[string]any    `json:"sees"`  // fields of the answer; a number under "status" is the HTTP status
	Hides []string          `json:"hides"` // texts that occur nowhere in the answer
	Save  map[string]string `json:"save"`  // name → path of a field of the answer
}
