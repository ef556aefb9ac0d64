package openapitest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// documentPath is where every listener has its document.
const documentPath = "/openapi.json"

// document is an OpenAPI 3.1 document, as far as it can be checked against.
type document struct {
	OpenAPI    string
	Info       struct{ Title, Version string }
	Paths      map[string]map[string]*operation // by template and method in lower case
	Components struct{ SecuritySchemes map[string]any }

	templates []string // of Paths, one with a literal segment before one with a parameter in its place
	whole     any
	schemas   schemas
}

type operation struct {
	OperationID string
	Parameters  []parameter
	RequestBody *struct {
		Required bool
		Content  map[string]any
	}
	Responses map[string]response
	Security  []map[string]any
}

type parameter struct {
	Name, In string
	Required bool
}

type response struct {
	Description string
	Content     map[string]any
}

// documents are those that were read, by their text: tests make many listeners of a kind.
var documents sync.Map

// parse reads what a listener answered when it was asked for its document.
func parse(status int, text []byte) (*document, error) {
	if status != http.StatusOK {
		return nil, fmt.Errorf("%s: answers %d", documentPath, status)
	}
	if known, ok := documents.Load(string(text)); ok {
		return known.(*document), nil
	}
	d, err := newDocument(text)
	if err == nil {
		documents.Store(string(text), d)
	}
	return d, err
}

func newDocument(text []byte) (*document, error) {
	d := &document{}
	if err := json.Unmarshal(text, d); err != nil {
		return nil, fmt.Errorf("%s: %w", documentPath, err)
	}
	whole, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", documentPath, err)
	}
	d.whole, d.templates = whole, slices.Sorted(maps.Keys(d.Paths)) // a brace sorts after every letter
	return d, d.schemas.init(whole)
}

// template is the one that an escaped path fits, also below a world; empty if there is none.
func (d *document) template(path string) string {
	path = inner(path)
	for _, template := range d.templates {
		if fits(strings.Split(template, "/"), strings.Split(path, "/")) {
			return template
		}
	}
	return ""
}

// inner is a path without the prefix of a world: /w/{world}/… is served as /….
func inner(path string) string {
	rest, named := strings.CutPrefix(path, "/w/")
	if !named {
		return path
	}
	_, rest, _ = strings.Cut(rest, "/")
	return "/" + rest
}

func fits(template, path []string) bool {
	return slices.EqualFunc(template, path, func(want, segment string) bool {
		if strings.HasPrefix(want, "{") {
			return true
		}
		got, err := url.PathUnescape(segment)
		return err == nil && got == want
	})
}
