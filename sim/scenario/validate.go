package scenario

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// validate notes everything in which the tree departs from the schema.
func (t *tree) validate() {
	var failure *jsonschema.ValidationError
	if errors.As(compiled().Validate(t.value), &failure) {
		t.addFailure(failure)
	}
}

// addFailure notes what a validation failure comes down to: the failures that have no further cause.
func (t *tree) addFailure(failure *jsonschema.ValidationError) {
	if len(failure.Causes) > 0 {
		for _, cause := range failure.Causes {
			t.addFailure(cause)
		}
		return
	}
	here := t.at(failure.InstanceLocation...)
	broken, _ := fragment(failure.SchemaURL).(object)
	switch failed := failure.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		for _, name := range failed.Properties {
			t.add(t.keyAt(failure.InstanceLocation, name), "%s", expectKey(name, broken))
		}
	case *kind.Required:
		for _, name := range failed.Missing {
			t.addMissing(here, name)
		}
	case *kind.DependentRequired:
		t.add(t.keyAt(failure.InstanceLocation, failed.Prop), "expected %s beside it, as in status: 403", strings.Join(failed.Missing, ", "))
	case *kind.Type:
		t.add(here, "%s", expectType(failed, here.written))
	case *kind.Enum:
		t.add(here, "%s", expectEnum(failed))
	case *kind.Pattern:
		t.add(here, "%q is not accepted; expected %s", failed.Got, orElse(broken["patternDescription"], failed.Want))
	case *kind.Not:
		t.add(here, "%s", orElse(broken["description"], "expected nothing here"))
	case *kind.MinLength:
		t.add(here, "the text is empty; expected some text")
	default:
		t.add(here, "%s", failed.LocalizedString(message.NewPrinter(language.English)))
	}
}

// keyAt is where a key stands in an object.
func (t *tree) keyAt(location []string, name string) spot {
	here := t.at(append(slices.Clone(location), name)...)
	if here.key != nil {
		return *here.key
	}
	return here
}

// addMissing notes that an object lacks a key.
func (t *tree) addMissing(here spot, name string) {
	if here.key != nil {
		here.line, here.column = here.key.line, here.key.column
	}
	here.field = strings.TrimPrefix(here.field+"."+name, ".")
	if name == "world" {
		t.add(here, "expected this key, or base, to take another scenario's")
		return
	}
	t.add(here, "expected this key")
}

// expectKey says which keys an object may have.
func expectKey(got string, schema object) string {
	if known, ok := schema["properties"].(object); ok {
		return "there is no such key here; " + expectOneOf(got, sortedKeys(known))
	}
	return fmt.Sprintf("%q is not accepted; expected %s", got, orElse(schema["patternDescription"], "another key"))
}

// expectType says which type was expected, and how to write it.
func expectType(failed *kind.Type, written string) string {
	want := failed.Want[0]
	if want == "null" && len(failed.Want) > 1 {
		want = failed.Want[1]
	}
	switch {
	case want == "string" && (failed.Got == "number" || failed.Got == "boolean"):
		return fmt.Sprintf("expected text; write it in quotes: %q", written)
	case want == "string" && failed.Got == "null":
		return "nothing stands here; expected text"
	case want == "boolean" && failed.Got == "string":
		return fmt.Sprintf("expected true or false, without quotes, not %q", written)
	case (want == "integer" || want == "number") && failed.Got == "string":
		return fmt.Sprintf("expected a number, without quotes, not %q", written)
	}
	return fmt.Sprintf("expected %s, not %s", typeWords[want], typeWords[failed.Got])
}

var typeWords = map[string]string{
	"string":  "text",
	"number":  "a number",
	"integer": "a whole number",
	"boolean": "true or false",
	"array":   "a list",
	"object":  "key: value lines",
	"null":    "nothing",
}

// expectEnum says which words were expected.
func expectEnum(failed *kind.Enum) string {
	var known []string
	for _, word := range failed.Want {
		if word, ok := word.(string); ok && word != "" {
			known = append(known, word)
		}
	}
	got := fmt.Sprint(failed.Got)
	return fmt.Sprintf("%q is not known here; %s", got, expectOneOf(got, known))
}

// orElse gives a text of the schema, or another one if the schema has none.
func orElse(written any, otherwise string) string {
	if text, ok := written.(string); ok {
		return text
	}
	return otherwise
}

// sortedKeys lists an object's keys.
func sortedKeys[V any](of map[string]V) []string {
	keys := make([]string, 0, len(of))
	for key := range of {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
