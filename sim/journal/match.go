package journal

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"onshisim/sim/problem"
)

// longestList bounds the elements of an expected list: each is tried on each of the actual ones.
const longestList = 100

// pattern is an expected value, made ready to be held against many.
type pattern struct {
	raw    any // as it was given
	leaves int // single values in it, at least 1

	fields []fieldPattern // of an object
	list   []*pattern
	text   glob
}

type fieldPattern struct {
	name string
	*pattern
}

// difference is one place where a value is not as expected.
type difference struct {
	field     string // from where it is held against something, as in ".items[0].name"
	want, got any
	absent    bool // there is no value, or no element is left that could match
	weight    int  // 1 for a wrong single value; more if a whole object or list is missing
}

// newPattern makes a JSON value ready; path names it in an error.
func newPattern(path string, raw any) (*pattern, error) {
	p := &pattern{raw: raw}
	switch raw := raw.(type) {
	case map[string]any:
		for _, name := range sortedKeys(raw) {
			inner, err := newPattern(path+"."+name, raw[name])
			if err != nil {
				return nil, err
			}
			p.fields = append(p.fields, fieldPattern{name, inner})
			p.leaves += inner.leaves
		}
	case []any:
		if len(raw) > longestList {
			return nil, problem.BadField(path, "names %d elements; at most %d of a list can be expected", len(raw), longestList)
		}
		for i, element := range raw {
			inner, err := newPattern(fmt.Sprintf("%s[%d]", path, i), element)
			if err != nil {
				return nil, err
			}
			p.list = append(p.list, inner)
			p.leaves += inner.leaves
		}
	case string:
		p.text = newGlob(raw)
	}
	p.leaves = max(p.leaves, 1)
	return p, nil
}

// compare says where a value is not as expected: nowhere if it matches.
func (p *pattern) compare(got any) []difference {
	matches := false
	switch want := p.raw.(type) {
	case map[string]any:
		if object, ok := got.(map[string]any); ok {
			return p.compareObject(object)
		}
	case []any:
		if list, ok := got.([]any); ok {
			return p.compareList(list)
		}
	case string:
		text, ok := got.(string)
		matches = ok && p.text.matches(text)
	case json.Number:
		number, ok := got.(json.Number)
		matches = ok && sameNumber(want, number)
	case bool:
		matches = got == want
	case nil:
		matches = got == nil
	}
	if matches {
		return nil
	}
	return []difference{{want: p.raw, got: got, weight: p.leaves}}
}

// compareObject looks at the fields that are named and at no others.
func (p *pattern) compareObject(got map[string]any) (found []difference) {
	for _, field := range p.fields {
		value, ok := got[field.name]
		if !ok {
			found = append(found, difference{field: "." + field.name, want: field.raw, absent: true, weight: 1 + field.leaves})
			continue
		}
		found = append(found, within("."+field.name, field.compare(value))...)
	}
	return found
}

// compareList gives each expected element an actual one of its own; those that match none are held against the nearest
// that is left.
func (p *pattern) compareList(got []any) (found []difference) {
	if len(p.list) == 0 && len(got) > 0 {
		return []difference{{want: p.raw, got: got, weight: p.leaves}}
	}
	fits := make([][]int, len(p.list))
	for i, want := range p.list {
		for j := range got {
			if len(want.compare(got[j])) == 0 {
				fits[i] = append(fits[i], j)
			}
		}
	}
	pairs := pair(fits, len(got))
	for i, want := range p.list {
		if pairs.of(i) {
			continue
		}
		j, differences := pairs.nearestLeft(want, got)
		if j < 0 {
			found = append(found, difference{want: want.raw, got: got, absent: true, weight: 1 + want.leaves})
			continue
		}
		pairs[j] = i
		found = append(found, within("["+strconv.Itoa(j)+"]", differences)...)
	}
	return found
}

// within puts the place of a value before the places inside it.
func within(field string, found []difference) []difference {
	for i := range found {
		found[i].field = field + found[i].field
	}
	return found
}

func weigh(found []difference) (weight int) {
	for i := range found {
		weight += found[i].weight
	}
	return weight
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
