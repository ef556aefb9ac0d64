package wire

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// rules are what huma holds a field to, from its tags; nil: nothing.
type rules struct {
	required             bool
	minLength, maxLength int // in characters; below 0: no bound
	matches              func(text []byte) bool
	enum                 []string
	minimum, maximum     *float64
}

func (r *rules) isRequired() bool { return r != nil && r.required }

// otherRules are tags by which huma also goes. A type that has one goes the ordinary way.
var otherRules = []string{
	"default", "encoding", "timeFormat", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems",
	"minProperties", "maxProperties", "dependentRequired", "readOnly", "writeOnly", "hidden", "nullable", "contentType",
}

// ownMethods are those by which a type tells huma what it is, or is asked by huma for more.
var ownMethods = []string{"Schema", "TransformSchema", "Resolve"}

func ownSchema(t reflect.Type) bool {
	for _, name := range ownMethods {
		if _, own := reflect.PointerTo(t).MethodByName(name); own {
			return true
		}
	}
	return false
}

// knownRules fails for a struct that huma sees in another way than encoding/json: it passes over what is embedded under a
// name of this package's own.
func knownRules(t reflect.Type) error {
	for i := range t.NumField() {
		f := t.Field(i)
		if _, open := f.Tag.Lookup("additionalProperties"); open || f.Anonymous && !f.IsExported() {
			return fmt.Errorf("wire: %s.%s is not for everybody, or for more than is known", t, f.Name)
		}
	}
	return nil
}

func (c *decodings) rulesOf(f field) (*rules, error) {
	if !c.rules {
		return nil, nil //nolint:nilnil // there are none, and nothing is wrong with that
	}
	for _, tag := range otherRules {
		if _, given := f.Tag.Lookup(tag); given {
			return nil, fmt.Errorf("wire: %s has the rule %s", f.Name, tag)
		}
	}
	r := &rules{required: !f.omitEmpty && !f.omitZero, minLength: unbounded, maxLength: unbounded}
	if required, given := f.Tag.Lookup("required"); given {
		r.required = required == "true"
	}
	if enum := f.Tag.Get("enum"); enum != "" {
		r.enum = strings.Split(enum, ",")
	}
	for tag, length := range map[string]*int{"minLength": &r.minLength, "maxLength": &r.maxLength} {
		if text := f.Tag.Get(tag); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil {
				return nil, fmt.Errorf("wire: %s: %w", f.Name, err)
			}
			*length = n
		}
	}
	for tag, bound := range map[string]**float64{"minimum": &r.minimum, "maximum": &r.maximum} {
		if text := f.Tag.Get(tag); text != "" {
			n, err := strconv.ParseFloat(text, 64)
			if err != nil {
				return nil, fmt.Errorf("wire: %s: %w", f.Name, err)
			}
			*bound = &n
		}
	}
	return r, r.shape(f)
}

const unbounded = -1

// shape adds the rule about what a text looks like.
func (r *rules) shape(f field) (err error) {
	pattern, format := f.Tag.Get("pattern"), f.Tag.Get("format")
	if t := textOf(f.Type); t == nil { // no text, so huma asks for no shape
		return nil
	}
	switch {
	case pattern != "" && format != "":
		return fmt.Errorf("wire: %s has a pattern and a format", f.Name)
	case pattern != "":
		r.matches, err = newPattern(pattern)
	case format == "date":
		r.matches = isDate
	case format == "date-time":
		r.matches = isInstant
	case format != "":
		return fmt.Errorf("wire: %s has the format %q", f.Name, format)
	}
	return err
}

// textOf is the text that a type is or that its items are; nil: it is none.
func textOf(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() == reflect.String {
		return t
	}
	return nil
}

func (r *rules) ofText() (reader, error) {
	if r == nil {
		r = &rules{minLength: unbounded, maxLength: unbounded}
	}
	return func(data []byte, at int, v reflect.Value) int {
		plain, at := text(data, at)
		if at < 0 {
			return unclean
		}
		if !r.fit(plain) {
			return unclean
		}
		v.SetString(string(plain))
		return at
	}, nil
}

// fit says whether a text fits.
func (r *rules) fit(text []byte) bool {
	switch {
	case r.maxLength >= 0 && len(text) > r.maxLength && utf8.RuneCount(text) > r.maxLength,
		len(text) < r.minLength, r.minLength > 1 && utf8.RuneCount(text) < r.minLength,
		r.matches != nil && !r.matches(text):
		return false
	}
	return r.enum == nil || slices.ContainsFunc(r.enum, func(word string) bool { return word == string(text) })
}

func (r *rules) ofInt() (reader, error) {
	return r.ofNumber(readInt, func(v reflect.Value) float64 { return float64(v.Int()) })
}

func (r *rules) ofUint() (reader, error) {
	return r.ofNumber(readUint, func(v reflect.Value) float64 { return float64(v.Uint()) })
}

func (r *rules) ofFloat() (reader, error) { return r.ofNumber(readFloat, reflect.Value.Float) }

func (r *rules) ofNumber(read reader, value func(reflect.Value) float64) (reader, error) {
	if r == nil || r.enum == nil && r.minimum == nil && r.maximum == nil {
		return read, nil
	}
	if r.enum != nil {
		return nil, fmt.Errorf("wire: there is no plan for numbers out of %v", r.enum)
	}
	return func(data []byte, at int, v reflect.Value) int {
		at = read(data, at, v)
		if n := value(v); r.minimum != nil && n < *r.minimum || r.maximum != nil && n > *r.maximum {
			return unclean
		}
		return at
	}, nil
}

// isDate says whether a text is a day of the calendar, as in 2021-04-01.
func isDate(text []byte) bool {
	if len(text) != len(time.DateOnly) || text[4] != '-' || text[7] != '-' {
		return false
	}
	year, month, day := 0, 0, 0
	for i, c := range text {
		digit := int(c - '0')
		switch {
		case i == 4 || i == 7:
		case c < '0' || c > '9':
			return false
		case i < 4:
			year = 10*year + digit
		case i < 7:
			month = 10*month + digit
		default:
			day = 10*day + digit
		}
	}
	return 1 <= month && month <= 12 && 1 <= day && day <= daysIn(year, month)
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// isInstant says whether a text is an instant (RFC 3339).
func isInstant(text []byte) bool {
	_, err := time.Parse(time.RFC3339, string(text))
	return err == nil
}

// Rules are what huma holds a field of text to whose value comes as it is, as in a path. A text that does not fit goes the
// ordinary way.
func Rules(f reflect.StructField) (fits func(text string) bool, err error) {
	rules, err := (&decodings{rules: true}).rulesOf(field{StructField: f})
	if err != nil {
		return nil, err
	}
	return func(text string) bool { return rules.fit([]byte(text)) }, nil
}
