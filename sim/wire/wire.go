// Package wire is the quick way between JSON and the program's own types. A plan is compiled once per type, by reflection,
// from the tags that encoding/json and huma go by, and then runs over bytes without building anything in between.
//
// It stands beside encoding/json and huma, never in their place. An Encoder writes the very bytes that encoding/json
// writes. A Decoder answers only "clean" or "not clean": what it takes for clean, encoding/json (and with rules: huma)
// takes too, for the same value; what is not clean may be odd, wrong or beyond the plan, and goes the ordinary way, which
// accepts it or finds the words. So a rule of the wire format stands in one place, and is only held quickly here.
package wire

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

var (
	timeType          = reflect.TypeFor[time.Time]()
	rawType           = reflect.TypeFor[json.RawMessage]()
	marshalerType     = reflect.TypeFor[json.Marshaler]()
	textMarshalerType = reflect.TypeFor[encoding.TextMarshaler]()
	unmarshalerType   = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler   = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// has says whether a type or a pointer to it has the methods of an interface.
func has(t, methods reflect.Type) bool {
	return t.Implements(methods) || reflect.PointerTo(t).Implements(methods)
}

// field is a field of a struct, or of what is embedded in it, as it stands in JSON.
type field struct {
	reflect.StructField
	name                string
	path                []int // of indexes
	omitEmpty, omitZero bool
}

// of is the field in a value of the struct.
func (f *field) of(v reflect.Value) reflect.Value {
	for _, index := range f.path {
		v = v.Field(index)
	}
	return v
}

// fieldsOf are the fields of a struct in the order in which encoding/json writes them. It gives up where two have one name,
// which encoding/json settles by rules of its own, and where a pointer is embedded.
func fieldsOf(t reflect.Type) ([]field, error) {
	fields, err := fieldsWithin(t, nil)
	for i := range fields {
		if slices.ContainsFunc(fields[:i], func(f field) bool { return strings.EqualFold(f.name, fields[i].name) }) {
			return nil, fmt.Errorf("wire: %s has two fields %q", t, fields[i].name)
		}
	}
	return fields, err
}

func fieldsWithin(t reflect.Type, path []int) (fields []field, err error) {
	for i := range t.NumField() {
		f := field{StructField: t.Field(i), path: append(slices.Clip(path), i)}
		tag, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if tag == "-" && options == "" || !f.IsExported() && !f.Anonymous {
			continue
		}
		if f.Anonymous && tag == "" {
			if f.Type.Kind() != reflect.Struct {
				return nil, fmt.Errorf("wire: %s embeds %s, which is no struct", t, f.Type)
			}
			within, err := fieldsWithin(f.Type, f.path)
			if err != nil {
				return nil, err
			}
			fields = append(fields, within...)
			continue
		}
		if !f.IsExported() {
			continue
		}
		if f.name = tag; tag == "" {
			f.name = f.Name
		}
		for option := range strings.SplitSeq(options, ",") {
			switch option {
			case "omitempty":
				f.omitEmpty = true
			case "omitzero":
				f.omitZero = true
			case "":
			default:
				return nil, fmt.Errorf("wire: %s.%s has the option %q", t, f.Name, option)
			}
		}
		if strings.ContainsFunc(f.name, func(c rune) bool { return c < ' ' || c > '~' || strings.ContainsRune(`"\<>&',`, c) }) {
			return nil, fmt.Errorf("wire: %s.%s has the unusual name %q", t, f.Name, f.name)
		}
		fields = append(fields, f)
	}
	return fields, nil
}
