package openapitest

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// home is a URL for the document, so that its references have something to stand under; nothing is fetched.
const home = "http://openapi.invalid" + documentPath

// schemas are a document's, each compiled when it is first wanted.
type schemas struct {
	mu       sync.Mutex
	compiler *jsonschema.Compiler
	compiled map[string]*jsonschema.Schema
	flawless map[[sha256.Size]byte]struct{} // places with bodies; most answers are given again and again
}

// mostFlawless bounds what is remembered while a fuzz test runs.
const mostFlawless = 1 << 16

func (s *schemas) init(whole any) error {
	s.compiler, s.compiled = jsonschema.NewCompiler(), map[string]*jsonschema.Schema{}
	s.flawless = map[[sha256.Size]byte]struct{}{}
	s.compiler.DefaultDraft(jsonschema.Draft2020)
	s.compiler.AssertFormat()
	s.compiler.RegisterFormat(integer("int32", math.MinInt32, math.MaxInt32))
	s.compiler.RegisterFormat(integer("int64", math.MinInt64, math.MaxInt64))
	s.compiler.RegisterFormat(integer("uint64", 0, math.MaxUint64))
	return s.compiler.AddResource(home, whole)
}

// integer is a format of OpenAPI that JSON Schema does not have.
func integer(name string, least int64, most uint64) *jsonschema.Format {
	return &jsonschema.Format{Name: name, Validate: func(v any) error {
		number, ok := v.(json.Number)
		if !ok {
			return nil
		}
		value, ok := new(big.Int).SetString(number.String(), 10)
		if !ok || value.Cmp(big.NewInt(least)) < 0 || value.Cmp(new(big.Int).SetUint64(most)) > 0 {
			return errors.New("out of its range")
		}
		return nil
	}}
}

// at is the schema at a place in the document.
func (s *schemas) at(place string) (*jsonschema.Schema, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	schema, known := s.compiled[place]
	if !known {
		var err error
		if schema, err = s.compiler.Compile(home + "#" + (&url.URL{Path: place}).EscapedPath()); err != nil {
			return nil, err
		}
		s.compiled[place] = schema
	}
	return schema, nil
}

var escaped = strings.NewReplacer("~", "~0", "/", "~1")

// place is a JSON pointer to what has these names, one in the other.
func place(names ...string) string {
	var pointer strings.Builder
	for _, name := range names {
		pointer.WriteString("/" + escaped.Replace(name))
	}
	return pointer.String()
}

// flaw is one way in which a body is not what its schema says.
type flaw struct {
	at   []string
	kind jsonschema.ErrorKind
}

// String names the place, so that the flaw can be found in a large body.
func (f flaw) String() string {
	return fmt.Sprintf("at %q: %s", place(f.at...), f.kind.LocalizedString(message.NewPrinter(language.English)))
}

// ofNull says whether it is that a null stands there.
func (f flaw) ofNull() bool {
	switch failed := f.kind.(type) {
	case *kind.Type:
		return failed.Got == "null"
	case *kind.Enum:
		return failed.Got == nil
	}
	return false
}

// flaws are those of a body, by the schema at a place in the document.
func (s *schemas) flaws(place string, text []byte) ([]flaw, error) {
	key := sha256.Sum256(slices.Concat([]byte(place), []byte{0}, text))
	s.mu.Lock()
	_, flawless := s.flawless[key]
	s.mu.Unlock()
	if flawless {
		return nil, nil
	}
	found, err := s.validate(place, text)
	if err == nil && len(found) == 0 {
		s.mu.Lock()
		defer s.mu.Unlock()
		if len(s.flawless) == mostFlawless {
			clear(s.flawless)
		}
		s.flawless[key] = struct{}{}
	}
	return found, err
}

func (s *schemas) validate(place string, text []byte) ([]flaw, error) {
	schema, err := s.at(place)
	if err != nil {
		return nil, err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("the body is no JSON: %w", err)
	}
	var failure *jsonschema.ValidationError
	if err := schema.Validate(value); err == nil || !errors.As(err, &failure) {
		return nil, err
	}
	return leaves(failure), nil
}

// leaves are what a failure comes down to: the failures that have no further cause.
func leaves(failure *jsonschema.ValidationError) (found []flaw) {
	if len(failure.Causes) == 0 {
		return []flaw{{failure.InstanceLocation, failure.ErrorKind}}
	}
	for _, cause := range failure.Causes {
		found = append(found, leaves(cause)...)
	}
	return found
}
