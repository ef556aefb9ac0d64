package simtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Answer is what a national system answered.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// String is the answer in one line.
func (a *Answer) String() string {
	return strings.TrimSpace(fmt.Sprintf("%d %s %s", a.Status, http.StatusText(a.Status), a.Body))
}

// JSON reads the body as JSON into a value.
func (a *Answer) JSON(t TB, into any) {
	t.Helper()
	if err := json.Unmarshal(a.Body, into); err != nil {
		t.Fatalf("simtest: the answer can't be read into a %T: %v: %s", into, err, a)
	}
}

// Field is a value of the body by its place, as in "results.0.address": a string, float64, bool, nil, map[string]any or
// []any, as encoding/json reads them.
func (a *Answer) Field(t TB, place string) any {
	t.Helper()
	var value any
	a.JSON(t, &value)
	names := strings.Split(place, ".")
	for i, name := range names {
		inner, found := inside(value, name)
		if !found {
			t.Fatalf("simtest: the answer has no %q: %s holds %s: %s", place, strings.Join(append([]string{"it"}, names[:i]...), "."), held(value), a)
		}
		value = inner
	}
	return value
}

// inside is what an object or a list has under a name or a number.
func inside(value any, name string) (inner any, found bool) {
	switch value := value.(type) {
	case map[string]any:
		inner, found = value[name]
	case []any:
		if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(value) {
			return value[i], true
		}
	}
	return inner, found
}

// held says what there is to choose from.
func held(value any) string {
	switch value := value.(type) {
	case map[string]any:
		return "the fields " + strings.Join(slices.Sorted(maps.Keys(value)), ", ")
	case []any:
		return fmt.Sprintf("%d elements", len(value))
	}
	return fmt.Sprintf("nothing but %v", value)
}
