package journal

import (
	"encoding/json"
	"fmt"

	"onshisim/sim/problem"
)

// Expectation says how many of the requests after a number should match. Without any count: at least one.
type Expectation struct {
	// Match is a part of a Record, as JSON. Of an object only the named fields matter, at any depth. A text may have * for
	// any run of characters, and \* for a star; numbers (1 is 1.0), truth values and null are compared exactly. Of a list
	// each expected element has to match another actual one, in any order, others may be there; an empty list matches an
	// empty one. Go values are taken as encoding/json writes them.
	Match map[string]any `json:"match,omitempty" doc:"a part of an entry, without which any matches: named fields only, * in a text for any run of characters (\\* for a star), lists in part and in any order, an empty list for an empty one"`

	Exactly *int   `json:"exactly,omitempty" minimum:"0" doc:"how many have to match; not together with atLeast or atMost"`
	AtLeast *int   `json:"atLeast,omitempty" minimum:"0" doc:"1 if no count is given"`
	AtMost  *int   `json:"atMost,omitempty" minimum:"0"`
	After   uint64 `json:"after,omitempty" doc:"number after which entries count"`
}

// count is how many have to match.
type count struct {
	least, most int // most is -1 if there may be any number
}

func (c count) holds(matched int) bool {
	return matched >= c.least && (c.most < 0 || matched <= c.most)
}

func (c count) String() string {
	switch {
	case c.most == c.least:
		return fmt.Sprintf("exactly %s", entries(c.least))
	case c.most < 0:
		return fmt.Sprintf("at least %s", entries(c.least))
	case c.least == 0:
		return fmt.Sprintf("at most %s", entries(c.most))
	}
	return fmt.Sprintf("%d to %s", c.least, entries(c.most))
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

// count reads the three counts, and refuses those that contradict each other.
func (e *Expectation) count() (count, error) {
	for name, given := range map[string]*int{"exactly": e.Exactly, "atLeast": e.AtLeast, "atMost": e.AtMost} {
		if given != nil && *given < 0 {
			return count{}, problem.BadField("body."+name, "can't be negative")
		}
	}
	switch {
	case e.Exactly != nil && (e.AtLeast != nil || e.AtMost != nil):
		return count{}, problem.BadField("body.exactly", "can't stand beside atLeast or atMost: give exactly alone, or the others")
	case e.Exactly != nil:
		return count{*e.Exactly, *e.Exactly}, nil
	case e.AtLeast != nil && e.AtMost != nil && *e.AtMost < *e.AtLeast:
		return count{}, problem.BadField("body.atMost", "can't be less than atLeast")
	}
	c := count{least: 1, most: -1}
	if e.AtMost != nil {
		c = count{least: 0, most: *e.AtMost}
	}
	if e.AtLeast != nil {
		c.least = *e.AtLeast
	}
	return c, nil
}

// mostLevels bounds how deep a pattern nests: each list in a list is compared with every one that it might be.
const mostLevels = 12

func levels(value any) int {
	deepest := 0
	switch value := value.(type) {
	case map[string]any:
		for _, inner := range value {
			deepest = max(deepest, levels(inner))
		}
	case []any:
		for _, inner := range value {
			deepest = max(deepest, levels(inner))
		}
	default:
		return 0
	}
	return deepest + 1
}

// pattern reads Match as JSON has it, whether it came from JSON or from a Go test.
func (e *Expectation) pattern() (*pattern, error) {
	const path = "body.match"
	if e.Match == nil {
		return newPattern(path, map[string]any{})
	}
	data, err := json.Marshal(e.Match)
	if err != nil {
		return nil, problem.BadField(path, "can't be written as JSON")
	}
	match, ok := decode(data)
	if !ok {
		return nil, problem.BadField(path, "nests too deep")
	}
	if levels(match) > mostLevels {
		return nil, problem.BadField(path, "nests deeper than %d levels", mostLevels)
	}
	if err := checkFields(path, match, recordType); err != nil {
		return nil, err
	}
	return newPattern(path, match)
}
