package scenario

import (
	"bytes"
	"encoding/json"
	"reflect"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"onshisim/sim/guidance"
	"onshisim/sim/world"
)

// object is a JSON object of the schema.
type object = map[string]any

// Schema is the JSON Schema (2020-12) of a scenario file. The world's part comes from the types that the server reads it
// into, the acts' part from the table of acts.
func Schema() []byte { return bytes.Clone(schemaText()) }

var schemaText = sync.OnceValue(func() []byte {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(buildSchema()); err != nil {
		panic("scenario: the schema can't be written: " + err.Error())
	}
	return text.Bytes()
})

const schemaURL = "scenario.schema.json"

// compiled is the schema, ready to check files with.
var compiled = sync.OnceValue(func() *jsonschema.Schema {
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(schemaURL, schemaDocument()); err != nil {
		panic("scenario: the schema can't be read: " + err.Error())
	}
	return compiler.MustCompile(schemaURL)
})

// schemaDocument is the schema as a JSON value.
var schemaDocument = sync.OnceValue(func() any {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaText()))
	if err != nil {
		panic("scenario: the schema is not JSON: " + err.Error())
	}
	return document
})

// buildSchema puts the schema together.
func buildSchema() object {
	registry := huma.NewMapRegistry("#/$defs/", huma.DefaultSchemaNamer)
	worldRef := asObject(registry.Schema(reflect.TypeFor[world.Document](), true, ""))
	rules := []any{}
	for _, rule := range guidance.Rules() {
		rules = append(rules, rule.ID)
	}
	step := stepSchema(registry)
	defs := object{"step": step, "ruleId": object{"type": "string", "enum": rules, "description": "a rule of the notice"}}
	for name, schema := range registry.Map() {
		defs[name] = asObject(schema)
	}
	for _, def := range defs {
		allowNames(def)
	}
	return object{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   "A scenario of the eligibility verification simulator",
		"type":    "object",
		"properties": object{
			"title":    described(nonEmpty(), "what the scenario shows, in Japanese"),
			"summary":  described(text(), "more about it"),
			"exercise": exerciseSchema(),
			"rules":    object{"type": "array", "items": object{"$ref": "#/$defs/ruleId"}, "description": "the rules that it shows"},
			"base":     described(nonEmpty(), "the scenario whose world this one takes, without .yaml"),
			"world":    worldRef,
			"steps":    object{"type": "array", "items": object{"$ref": "#/$defs/step"}},
		},
		"required":             []any{"title"},
		"additionalProperties": false,
		"allOf": []any{
			when(object{"required": []any{"base"}},
				object{"properties": object{"world": never("a file with base takes that file's world; expected one of the two")}},
				object{"required": []any{"world"}}),
			when(object{"required": []any{"steps"}}, object{"required": []any{"rules"}}, nil),
			when(object{"required": []any{"exercise"}}, object{"required": []any{"steps"}}, nil),
		},
		"$defs": defs,
	}
}

// allowNoList lets nothing stand where a list is asked for, as in a key whose list is yet to be written. huma does so or
// not as a variable of its package says, which is others' to set.
func allowNoList(schema any) {
	switch schema := schema.(type) {
	case object:
		if schema["type"] == "array" {
			schema["type"] = []any{"array", "null"}
		}
		for _, inner := range schema {
			allowNoList(inner)
		}
	case []any:
		for _, inner := range schema {
			allowNoList(inner)
		}
	}
}

// allowNames lets ${name} stand where a pattern or a length is asked for; that it was saved is checked apart.
func allowNames(schema any) {
	switch schema := schema.(type) {
	case object:
		if pattern, ok := schema["pattern"].(string); ok && schema["type"] == "string" {
			schema["pattern"] = pattern + `|\$\{[A-Za-z][A-Za-z0-9]*\}`
		}
		for _, inner := range schema {
			allowNames(inner)
		}
	case []any:
		for _, inner := range schema {
			allowNames(inner)
		}
	}
}
