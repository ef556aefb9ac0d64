package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"time"
)

// Encoder appends values of one type as JSON. It is safe for concurrent use.
type Encoder struct {
	pointer reflect.Type // to the type
	append  appender
}

// appender appends one value.
type appender func(to []byte, v reflect.Value) ([]byte, error)

// Escape says which characters of a text an Encoder writes as escapes.
type Escape bool

// What encoding/json does by itself, and after SetEscapeHTML(false).
const (
	EscapeHTML Escape = true
	EscapeLess Escape = false
)

// NewEncoder compiles the encoder of a type. Parts of it that have methods of their own for JSON, or are of an unusual kind,
// are handed on to encoding/json.
func NewEncoder(t reflect.Type, escape Escape) *Encoder {
	c := encodings{escape: escape}
	return &Encoder{reflect.PointerTo(t), c.of(t)}
}

// Append appends the value that a pointer points to, just as encoding/json writes the pointer, without a line's end.
func (e *Encoder) Append(to []byte, pointer any) ([]byte, error) {
	v := reflect.ValueOf(pointer)
	if v.Type() != e.pointer {
		return nil, fmt.Errorf("wire: the encoder of %s was given %s", e.pointer, v.Type())
	}
	return e.append(to, v.Elem())
}

// encodings compiles appenders.
type encodings struct {
	escape Escape
	within []reflect.Type // structs that are being compiled: one that holds itself has no plan
}

func (c *encodings) of(t reflect.Type) appender {
	switch {
	case t == timeType:
		return appendTime
	case has(t, marshalerType) || has(t, textMarshalerType):
		return c.byItself(t)
	}
	switch t.Kind() {
	case reflect.Bool:
		return func(to []byte, v reflect.Value) ([]byte, error) { return strconv.AppendBool(to, v.Bool()), nil }
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(to []byte, v reflect.Value) ([]byte, error) { return strconv.AppendInt(to, v.Int(), 10), nil }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(to []byte, v reflect.Value) ([]byte, error) { return strconv.AppendUint(to, v.Uint(), 10), nil }
	case reflect.Float64:
		return appendFloat
	case reflect.String:
		safe := &safeText
		if c.escape {
			safe = &safeHTML
		}
		return func(to []byte, v reflect.Value) ([]byte, error) { return appendText(to, v.String(), safe), nil }
	case reflect.Pointer:
		return orNull(c.of(t.Elem()), reflect.Value.Elem)
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return c.byItself(t)
		}
		return appendList(c.of(t.Elem()))
	case reflect.Struct:
		return c.ofStruct(t)
	}
	return c.byItself(t)
}

// byItself hands values on to encoding/json.
func (c *encodings) byItself(t reflect.Type) appender {
	escape := bool(c.escape)
	return func(to []byte, v reflect.Value) ([]byte, error) {
		if v.CanAddr() {
			v = v.Addr()
		}
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(escape)
		if err := encoder.Encode(v.Interface()); err != nil {
			return nil, fmt.Errorf("wire: %s: %w", t, err)
		}
		return append(to, bytes.TrimSuffix(text.Bytes(), []byte("\n"))...), nil
	}
}

// part is a field with what stands before it.
type part struct {
	field
	before string // a comma, its name and a colon
	append appender
	omit   func(reflect.Value) bool // nil: it is never left out
}

func (c *encodings) ofStruct(t reflect.Type) appender {
	fields, err := fieldsOf(t)
	if err != nil || slices.Contains(c.within, t) {
		return c.byItself(t)
	}
	c.within = append(c.within, t)
	defer func() { c.within = c.within[:len(c.within)-1] }()
	parts := make([]part, 0, len(fields))
	for _, f := range fields {
		p := part{field: f, before: `,"` + f.name + `":`, append: c.of(f.Type)}
		switch {
		case f.omitZero:
			return c.byItself(t)
		case f.omitEmpty:
			p.omit = isEmpty
		}
		parts = append(parts, p)
	}
	return func(to []byte, v reflect.Value) ([]byte, error) {
		start := len(to)
		for i := range parts {
			p := &parts[i]
			value := p.of(v)
			if p.omit != nil && p.omit(value) {
				continue
			}
			to = append(to, p.before...)
			var err error
			if to, err = p.append(to, value); err != nil {
				return nil, err
			}
		}
		if len(to) == start {
			return append(to, "{}"...), nil
		}
		to[start] = '{' // in place of the first comma
		return append(to, '}'), nil
	}
}

// isEmpty is what encoding/json leaves out with omitempty.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	default:
		return v.IsZero()
	}
}

func orNull(appendValue appender, value func(reflect.Value) reflect.Value) appender {
	return func(to []byte, v reflect.Value) ([]byte, error) {
		if v.IsNil() {
			return append(to, "null"...), nil
		}
		return appendValue(to, value(v))
	}
}

func appendList(appendItem appender) appender {
	return func(to []byte, v reflect.Value) (_ []byte, err error) {
		if v.IsNil() {
			return append(to, "null"...), nil
		}
		to = append(to, '[')
		for i := range v.Len() {
			if i > 0 {
				to = append(to, ',')
			}
			if to, err = appendItem(to, v.Index(i)); err != nil {
				return nil, err
			}
		}
		return append(to, ']'), nil
	}
}

func appendTime(to []byte, v reflect.Value) ([]byte, error) {
	var at time.Time
	if v.CanAddr() {
		at = *v.Addr().Interface().(*time.Time)
	} else {
		at = v.Interface().(time.Time)
	}
	to, err := at.AppendText(append(to, '"'))
	if err != nil {
		return nil, fmt.Errorf("wire: %w", err)
	}
	return append(to, '"'), nil
}

// appendFloat writes a number as ECMAScript does, which encoding/json follows.
func appendFloat(to []byte, v reflect.Value) ([]byte, error) {
	f := v.Float()
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return nil, fmt.Errorf("wire: %v is no number in JSON", f)
	}
	format := byte('f')
	if size := math.Abs(f); size != 0 && (size < 1e-6 || size >= 1e21) {
		format = 'e'
	}
	to = strconv.AppendFloat(to, f, format, -1, 64)
	if n := len(to); format == 'e' && n >= 4 && to[n-4] == 'e' && (to[n-3] == '-' || to[n-3] == '+') && to[n-2] == '0' {
		to[n-2] = to[n-1] // e-09 is written e-9
		to = to[:n-1]
	}
	return to, nil
}
