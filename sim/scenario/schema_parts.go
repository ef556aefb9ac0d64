package scenario

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

func text() object { return object{"type": "string"} }

func nonEmpty() object { return object{"type": "string", "minLength": 1} }

func described(schema object, description string) object {
	schema["description"] = description
	return schema
}

// never matches nothing; the mistake says why.
func never(why string) object { return object{"not": object{}, "description": why} }

// exerciseSchema is the schema of what makes a scenario an exercise.
func exerciseSchema() object {
	return object{
		"type": "object", "description": "the trainee does the steps on the screens",
		"properties": object{
			"brief": described(nonEmpty(), "what the trainee is told, in Japanese: the situation, who to be on which screens, what to reach; not what will be seen"),
		},
		"required":             []any{"brief"},
		"additionalProperties": false,
	}
}

func when(condition, then, otherwise object) object {
	schema := object{"if": condition, "then": then}
	if otherwise != nil {
		schema["else"] = otherwise
	}
	return schema
}

func anys(words []string) []any {
	list := make([]any, len(words))
	for i, word := range words {
		list[i] = word
	}
	return list
}

// asObject gives a schema of huma's as plain JSON.
func asObject(schema *huma.Schema) object {
	data, err := json.Marshal(schema)
	if err != nil {
		panic("scenario: a schema can't be written: " + err.Error())
	}
	var plain object
	if err := json.Unmarshal(data, &plain); err != nil {
		panic("scenario: a schema can't be read: " + err.Error())
	}
	delete(plain, "$schema")
	allowNoList(plain)
	return plain
}

var pointerUnescapes = strings.NewReplacer("~1", "/", "~0", "~")

// fragment resolves a place in the schema, as the validator names it.
func fragment(url string) any {
	_, path, _ := strings.Cut(url, "#")
	here := schemaDocument()
	for _, part := range strings.Split(path, "/")[1:] {
		part = pointerUnescapes.Replace(part)
		switch within := here.(type) {
		case object:
			here = within[part]
		case []any:
			index, err := strconv.Atoi(part)
			if err != nil || index < 0 || index >= len(within) {
				return nil
			}
			here = within[index]
		default:
			return nil
		}
	}
	return here
}
