package journal

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"onshisim/sim/problem"
)

// recordType is what a Match is held against; its JSON tags are the known names, its enum tags the known words.
var recordType = reflect.TypeFor[Record]()

// fieldName is the JSON name of a field.
func fieldName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// checkFields refuses what no record can ever match: an unknown name, a value of another kind, a word that the field never
// has. Else an expectation of none would hold for a misspelling.
func checkFields(path string, want any, kind reflect.Type) error {
	switch kind.Kind() {
	case reflect.Struct:
		fields, ok := want.(map[string]any)
		if !ok {
			return problem.BadField(path, "has to be an object, as in a record of the journal")
		}
		return checkObject(path, fields, kind)
	case reflect.Slice:
		list, ok := want.([]any)
		if !ok {
			return problem.BadField(path, "has to be a list, as in a record of the journal")
		}
		for i, element := range list {
			if err := checkFields(fmt.Sprintf("%s[%d]", path, i), element, kind.Elem()); err != nil {
				return err
			}
		}
	case reflect.String:
		if _, ok := want.(string); !ok {
			return problem.BadField(path, "has to be a text")
		}
	case reflect.Bool:
		if _, ok := want.(bool); !ok {
			return problem.BadField(path, "has to be true or false")
		}
	case reflect.Int, reflect.Int64, reflect.Uint64:
		if _, ok := want.(json.Number); !ok {
			return problem.BadField(path, "has to be a number")
		}
	}
	return nil // the bodies can be anything
}

func checkObject(path string, fields map[string]any, kind reflect.Type) error {
	for _, name := range sortedKeys(fields) {
		field, ok := fieldOf(kind, name)
		inner := path + "." + name
		if !ok {
			return problem.BadField(inner, "is no field of a record; the nearest is %q", nearest(name, fieldNames(kind)))
		}
		if err := checkFields(inner, fields[name], field.Type); err != nil {
			return err
		}
		if enum, closed := field.Tag.Lookup("enum"); closed {
			if err := checkWord(inner, fields[name].(string), strings.Split(enum, ",")); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkWord refuses a text or pattern that is none of the words of a field.
func checkWord(path, pattern string, words []string) error {
	if slices.ContainsFunc(words, newGlob(pattern).matches) {
		return nil
	}
	return problem.BadField(path, "is never %q; the nearest that it can be is %q", pattern, nearest(pattern, words))
}

func fieldOf(kind reflect.Type, name string) (reflect.StructField, bool) {
	for i := range kind.NumField() {
		if f := kind.Field(i); fieldName(f) == name {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

func fieldNames(kind reflect.Type) (names []string) {
	for i := range kind.NumField() {
		names = append(names, fieldName(kind.Field(i)))
	}
	return names
}

// plain is a value of a record as JSON has it: objects as maps, lists as []any, numbers as json.Number.
func plain(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Struct:
		object := make(map[string]any, v.NumField())
		for i := range v.NumField() {
			object[fieldName(v.Type().Field(i))] = plain(v.Field(i))
		}
		return object
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plain(v.Index(i))
		}
		return list
	case reflect.Int, reflect.Int64:
		return json.Number(strconv.FormatInt(v.Int(), 10))
	case reflect.Uint64:
		return json.Number(strconv.FormatUint(v.Uint(), 10))
	}
	return v.Interface() // a text, a truth value, or a body, which is as JSON has it
}
