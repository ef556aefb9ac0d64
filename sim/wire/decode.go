package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"time"
)

// Decoder reads values of one type. It is safe for concurrent use.
type Decoder struct {
	pointer reflect.Type // to the type
	read    reader
}

// reader reads one value into v, which is zero, from an index, and gives the index behind it; below 0: it is not clean.
type reader func(data []byte, at int, v reflect.Value) (next int)

// NewDecoder compiles the strict decoder of a type, as for an event: names that the type does not have, or not spelt so,
// are not clean. Parts of it that have an UnmarshalJSON, or are of an unusual kind, are left to that and to encoding/json.
func NewDecoder(t reflect.Type) (*Decoder, error) { return (&decodings{}).decoder(t) }

// NewValidator compiles a decoder that also holds huma's rules, as for the body of a request. It fails for a type that has
// rules or parts which it does not know.
func NewValidator(t reflect.Type) (*Decoder, error) { return (&decodings{rules: true}).decoder(t) }

// Decode reads a text that is one JSON value, and says whether it is clean: else into is left half read. It has to point to
// a zero value. A json.RawMessage in it is a part of data, not a copy.
func (d *Decoder) Decode(data []byte, into any) (clean bool) {
	v := reflect.ValueOf(into)
	if v.Type() != d.pointer {
		panic(fmt.Sprintf("wire: the decoder of %s was given %s", d.pointer, v.Type()))
	}
	at := d.read(data, blank(data, 0), v.Elem())
	return at >= 0 && blank(data, at) == len(data)
}

// decodings compiles readers.
type decodings struct {
	rules  bool
	within []reflect.Type // structs that are being compiled: one that holds itself has no plan
}

func (c *decodings) decoder(t reflect.Type) (*Decoder, error) {
	read, err := c.of(t, nil)
	if err != nil {
		return nil, err
	}
	return &Decoder{reflect.PointerTo(t), read}, nil
}

// of compiles the reader of a type under the rules of the field that it stands in; nil: it has none.
func (c *decodings) of(t reflect.Type, rules *rules) (reader, error) {
	if t.Kind() == reflect.Pointer {
		return c.ofPointer(t, rules)
	}
	if c.rules && (ownSchema(t) || t != timeType && (has(t, unmarshalerType) || has(t, textUnmarshaler))) {
		return nil, fmt.Errorf("wire: %s has rules or a form of its own", t)
	}
	switch {
	case t == timeType:
		return readTime, nil
	case t == rawType && !c.rules:
		return readRaw, nil
	case has(t, unmarshalerType):
		return readByItself, nil
	case has(t, textUnmarshaler):
		return readByJSON, nil
	}
	switch t.Kind() {
	case reflect.Bool:
		return readBool, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return rules.ofInt()
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return rules.ofUint()
	case reflect.Float64:
		return rules.ofFloat()
	case reflect.String:
		return rules.ofText()
	case reflect.Slice:
		if t.Elem().Kind() != reflect.Uint8 {
			return c.ofSlice(t, rules)
		}
	case reflect.Map:
		if t.Key().Kind() == reflect.String && !has(t.Key(), textUnmarshaler) {
			return c.ofMap(t)
		}
	case reflect.Struct:
		return c.ofStruct(t)
	}
	if c.rules {
		return nil, fmt.Errorf("wire: there is no plan for %s", t)
	}
	return readByJSON, nil
}

func (c *decodings) ofPointer(t reflect.Type, rules *rules) (reader, error) {
	read, err := c.of(t.Elem(), rules)
	canBeNull := !c.rules // with them, it depends on more; a field that is not required never gets here
	return func(data []byte, at int, v reflect.Value) int {
		if canBeNull && isNull(data, at) {
			return word(data, at, "null")
		}
		v.Set(reflect.New(t.Elem()))
		return read(data, at, v.Elem())
	}, err
}

func (c *decodings) ofSlice(t reflect.Type, rules *rules) (reader, error) {
	read, err := c.of(t.Elem(), rules)
	canBeNull := !c.rules
	return func(data []byte, at int, v reflect.Value) int {
		if canBeNull && isNull(data, at) {
			return word(data, at, "null")
		}
		n := 0
		at = items(data, at, func(at int) int {
			if n == v.Cap() {
				v.Grow(1)
			}
			v.SetLen(n + 1)
			n++
			return read(data, at, v.Index(n-1))
		})
		if n == 0 {
			v.Set(reflect.MakeSlice(t, 0, 0))
		}
		return at
	}, err
}

func (c *decodings) ofMap(t reflect.Type) (reader, error) {
	read, err := c.of(t.Elem(), nil)
	forRequests := c.rules
	return func(data []byte, at int, v reflect.Value) int {
		if !forRequests && isNull(data, at) {
			return word(data, at, "null")
		}
		v.Set(reflect.MakeMap(t))
		return members(data, at, func(name []byte, at int) int {
			key := reflect.ValueOf(string(name)).Convert(t.Key())
			if v.MapIndex(key).IsValid() || forRequests && !compact(name) {
				return unclean
			}
			value := reflect.New(t.Elem()).Elem()
			at = read(data, at, value)
			v.SetMapIndex(key, value)
			return at
		})
	}, err
}

// place is a field with the reader of its value.
type place struct {
	field
	read reader
}

// mostFields is how many bits there are to note which fields were given.
const mostFields = 64

func (c *decodings) ofStruct(t reflect.Type) (reader, error) {
	fields, err := fieldsOf(t)
	if err == nil && slices.Contains(c.within, t) || len(fields) > mostFields {
		err = fmt.Errorf("wire: %s holds itself, or has more than %d fields", t, mostFields)
	}
	if err == nil && c.rules {
		err = knownRules(t)
	}
	if err != nil {
		if c.rules {
			return nil, err
		}
		return readByJSON, nil
	}
	c.within = append(c.within, t)
	defer func() { c.within = c.within[:len(c.within)-1] }()
	places := make([]place, len(fields))
	byName := make(map[string]int, len(fields))
	var required uint64
	for i, f := range fields {
		rules, err := c.rulesOf(f)
		if err != nil {
			return nil, err
		}
		if rules.isRequired() {
			required |= 1 << i
		}
		read, err := c.of(f.Type, rules)
		if err != nil {
			return nil, err
		}
		places[i], byName[f.name] = place{f, read}, i
	}
	canBeNull := !c.rules
	return func(data []byte, at int, v reflect.Value) int {
		if canBeNull && isNull(data, at) {
			return word(data, at, "null")
		}
		var given uint64
		next := 0 // most send the fields in their order
		at = members(data, at, func(name []byte, at int) int {
			i := next
			if i >= len(places) || places[i].name != string(name) {
				var known bool
				if i, known = byName[string(name)]; !known {
					return unclean
				}
			}
			if given&(1<<i) != 0 {
				return unclean
			}
			given |= 1 << i
			next = i + 1
			if isNull(data, at) && required&(1<<i) == 0 && !places[i].takesNull() {
				return word(data, at, "null")
			}
			return places[i].read(data, at, places[i].of(v))
		})
		if required&^given != 0 {
			return unclean
		}
		return at
	}, nil
}

// takesNull says whether null is a value of the field; to others it says nothing.
func (p *place) takesNull() bool { return p.Type == rawType || has(p.Type, unmarshalerType) }

func readBool(data []byte, at int, v reflect.Value) int {
	if at < len(data) && data[at] == 't' {
		v.SetBool(true)
		return word(data, at, "true")
	}
	return word(data, at, "false")
}

func readTime(data []byte, at int, v reflect.Value) int {
	from := at
	plain, at := text(data, at)
	if at < 0 || len(plain) != at-from-2 { // with escapes
		return unclean
	}
	var t time.Time
	if t.UnmarshalJSON(data[from:at]) != nil {
		return unclean
	}
	v.Set(reflect.ValueOf(t))
	return at
}

func readRaw(data []byte, at int, v reflect.Value) int {
	from := at
	if at = skip(data, at, 0); at >= 0 {
		v.SetBytes(data[from:at:at])
	}
	return at
}

// readByItself leaves a value to its UnmarshalJSON.
func readByItself(data []byte, at int, v reflect.Value) int {
	from := at
	if at = skip(data, at, 0); at < 0 || v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(data[from:at:at]) != nil {
		return unclean
	}
	return at
}

// readByJSON leaves a value to encoding/json.
func readByJSON(data []byte, at int, v reflect.Value) int {
	from := at
	if at = skip(data, at, 0); at < 0 {
		return unclean
	}
	decoder := json.NewDecoder(bytes.NewReader(data[from:at]))
	decoder.DisallowUnknownFields()
	if decoder.Decode(v.Addr().Interface()) != nil {
		return unclean
	}
	return at
}

// integer reads a whole number without a fraction or an exponent.
func integer(data []byte, at int) (digits string, next int) {
	from := at
	if at = number(data, at); at < 0 {
		return "", unclean
	}
	return string(data[from:at]), at
}

func readInt(data []byte, at int, v reflect.Value) int {
	digits, at := integer(data, at)
	if at < 0 {
		return unclean
	}
	n, err := strconv.ParseInt(digits, 10, v.Type().Bits())
	if err != nil {
		return unclean
	}
	v.SetInt(n)
	return at
}

func readUint(data []byte, at int, v reflect.Value) int {
	digits, at := integer(data, at)
	if at < 0 {
		return unclean
	}
	n, err := strconv.ParseUint(digits, 10, v.Type().Bits())
	if err != nil {
		return unclean
	}
	v.SetUint(n)
	return at
}

func readFloat(data []byte, at int, v reflect.Value) int {
	digits, at := integer(data, at)
	if at < 0 {
		return unclean
	}
	f, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return unclean
	}
	v.SetFloat(f)
	return at
}
