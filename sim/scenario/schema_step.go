package scenario

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// stepSchema is the schema of one step: for each actor its acts, for each act its parameters.
func stepSchema(registry huma.Registry) object {
	actors, cases := []any{}, []any{}
	for _, r := range roles {
		actors = append(actors, string(r.actor))
		cases = append(cases, actorCase(r))
	}
	for _, a := range acts {
		cases = append(cases, actCase(a, registry))
	}
	return object{
		"type": "object",
		"properties": object{
			"title": described(nonEmpty(), "what happens, in Japanese"),
			"actor": object{"type": "string", "enum": actors, "description": "who does it"},
			"by":    described(nonEmpty(), "who sits there, in words"),
			"as":    described(nonEmpty(), "which one: insurerNumber, agencyCode, medicalInstitutionCode or cardSerial"),
			"act":   described(nonEmpty(), "what the actor does"),
			"with":  object{"type": "object", "description": "the parameters of the act"},
			"rules": object{"type": "array", "items": object{"$ref": "#/$defs/ruleId"}, "description": "rules that this step shows beside the scenario's"},
			"sees": object{
				"type": "object", "description": "fields of the answer, those that are named; a number under status is the HTTP status",
				"properties": object{"status": object{
					"type": []any{"integer", "string"}, "minimum": 100, "maximum": 599,
					"pattern": "^$|^[^0-9]", "patternDescription": "an HTTP status, without quotes, or the answer's own word",
				}},
				"dependentRequired": object{"code": []any{"status"}},
			},
			"hides": object{"type": "array", "items": nonEmpty(), "description": "texts that occur nowhere in the answer"},
			"save": object{
				"type": "object", "description": "name: path of a field of the answer, for later as ${name}",
				"patternProperties":    object{"^[A-Za-z][A-Za-z0-9]*$": nonEmpty()},
				"additionalProperties": false, "patternDescription": "a name of letters and digits",
			},
		},
		"required":             []any{"title", "actor", "act"},
		"additionalProperties": false,
		"allOf":                cases,
	}
}

// actorCase is what follows from an actor: its acts, and whether it is one of several.
func actorCase(r role) object {
	then := object{"properties": object{"act": object{"type": "string", "enum": anys(actNames(r.actor))}}, "required": []any{"as"}}
	if r.as == "" {
		then = object{"properties": object{
			"act": object{"type": "string", "enum": anys(actNames(r.actor))},
			"as":  never("there is one " + string(r.actor) + " in a world; expected no as here"),
		}}
	}
	return when(object{"properties": object{"actor": object{"const": string(r.actor)}}, "required": []any{"actor"}}, then, nil)
}

// actCase is what follows from an act: its parameters.
func actCase(a act, registry huma.Registry) object {
	actors := []any{}
	for _, actor := range a.actors {
		actors = append(actors, string(actor))
	}
	then := object{"properties": object{"with": never(a.name + " has no parameters; expected no with here")}}
	if a.with != nil {
		parameters := asObject(registry.Schema(reflect.TypeOf(a.with), false, ""))
		parameters["description"] = a.label
		then = object{"properties": object{"with": parameters}}
		if parameters["required"] != nil {
			then["required"] = []any{"with"}
		}
	}
	return when(object{
		"properties": object{"actor": object{"enum": actors}, "act": object{"const": a.name}},
		"required":   []any{"actor", "act"},
	}, then, nil)
}
