package scenario

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"onshisim/sim/world"
)

// checker looks for the mistakes that a schema can't tell. It reads the tree as it is, so that a file with mistakes of
// the other kind still has these reported.
type checker struct {
	tree  *tree
	world world.Document
	saved map[string]bool
	cards map[string]string // the cards that there are by now, each with its owner
}

// check looks through the whole file. The document is the world that the steps are played in; nil when it is not known.
func (t *tree) check(doc *world.Document) {
	root, _ := t.value.(map[string]any)
	c := &checker{tree: t, saved: map[string]bool{}}
	if doc != nil {
		c.world, c.cards = *doc, names(*doc, "cardSerial")
	}
	c.noNames(root["world"], "world")
	steps, _ := root["steps"].([]any)
	for i, step := range steps {
		step, ok := step.(map[string]any)
		if !ok {
			continue
		}
		location := []string{"steps", strconv.Itoa(i)}
		for _, key := range []string{"as", "with", "sees", "hides"} {
			c.knownNames(step[key], append(location, key)...)
		}
		c.textInQuotes(step["sees"], append(location, "sees")...)
		if doc != nil {
			c.asKnown(step, append(location, "as")...)
		}
		c.learn(step)
	}
}

// learn notes what later steps may use.
func (c *checker) learn(step map[string]any) {
	saves, _ := step["save"].(map[string]any)
	for name := range saves {
		c.saved[name] = true
	}
	if step["act"] != "putPerson" || c.cards == nil {
		return
	}
	with, err := json.Marshal(step["with"])
	if err != nil {
		return
	}
	var person world.Person
	if json.Unmarshal(with, &person) == nil {
		addCards(c.cards, person)
	}
}

// asKnown checks that `as` names something of the world.
func (c *checker) asKnown(step map[string]any, location ...string) {
	as, _ := step["as"].(string)
	actor, _ := step["actor"].(string)
	role, ok := roleOf(Actor(actor))
	if !ok || as == "" || role.as == "" || strings.Contains(as, "${") {
		return
	}
	known := names(c.world, role.as)
	if role.as == "cardSerial" {
		known = c.cards
	}
	if _, ok := known[as]; !ok {
		c.tree.add(c.tree.at(location...), "the world has no %s with %s %q; %s", actor, role.as, as, expectOneOf(as, sortedKeys(known)))
	}
}

// knownNames checks that every ${name} was saved by an earlier step.
func (c *checker) knownNames(value any, location ...string) {
	eachText(value, location, func(text string, location []string) {
		used, broken := usedNames(text)
		if broken != "" {
			c.tree.add(c.tree.at(location...), "%s is no name; expected ${name}, of letters and digits", broken)
		}
		for _, name := range used {
			if !c.saved[name] {
				c.tree.add(c.tree.at(location...), "${%s} was not saved by a step before; %s", name, expectOneOf(name, sortedKeys(c.saved)))
			}
		}
	})
}

// noNames checks that the world uses no ${name}: nothing is saved before it is made.
func (c *checker) noNames(value any, location ...string) {
	eachText(value, location, func(text string, location []string) {
		if strings.Contains(text, "${") {
			c.tree.add(c.tree.at(location...), "a world can't use ${…}; expected the text itself")
		}
	})
}

// textInQuotes checks that what answers hold as text is not expected as a number, which it could never equal.
func (c *checker) textInQuotes(value any, location ...string) {
	switch value := value.(type) {
	case map[string]any:
		for key, inner := range value {
			here := append(slices.Clone(location), key)
			if number, ok := inner.(json.Number); ok && slices.Contains(textFields(), key) {
				c.tree.add(c.tree.at(here...), "answers have text here; write it in quotes: %q", number.String())
				continue
			}
			c.textInQuotes(inner, here...)
		}
	case []any:
		for i, inner := range value {
			c.textInQuotes(inner, append(slices.Clone(location), strconv.Itoa(i))...)
		}
	}
}

// eachText visits every text in a value, with its place.
func eachText(value any, location []string, visit func(text string, location []string)) {
	switch value := value.(type) {
	case string:
		visit(value, location)
	case map[string]any:
		for key, inner := range value {
			eachText(inner, append(slices.Clone(location), key), visit)
		}
	case []any:
		for i, inner := range value {
			eachText(inner, append(slices.Clone(location), strconv.Itoa(i)), visit)
		}
	}
}
