package scenario

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// nothing is what a mismatch says in the place of a value that is not there.
const nothing = "(なし)"

// compare holds an answer against what a step is to see and what it is not to.
func compare(a *answer, sees map[string]any, hides []string) []Mismatch {
	found := compareStatus(a, sees)
	for _, name := range sortedKeys(sees) {
		if _, isStatus := sees[name].(json.Number); name == "status" && isStatus {
			continue
		}
		fields, _ := a.value.(map[string]any)
		got, there := fields[name]
		found = append(found, compareValue(name, sees[name], got, there)...)
	}
	for _, text := range hides {
		found = append(found, findHidden(a, text)...)
	}
	return found
}

// compareStatus holds the HTTP status against the expected one, which is any success unless a number says otherwise.
func compareStatus(a *answer, sees map[string]any) []Mismatch {
	want, given := sees["status"].(json.Number)
	switch {
	case !given && a.ok(), given && want.String() == strconv.Itoa(a.status):
		return nil
	case !given:
		want = "2xx"
	}
	return []Mismatch{{Path: "status", Expected: want.String(), Got: a.refusal()}}
}

// compareValue holds one value against the expected one: the named fields of an object, lists element by element.
func compareValue(path string, want, got any, there bool) []Mismatch {
	if !there {
		return []Mismatch{{Path: path, Expected: compact(want), Got: nothing}}
	}
	switch want := want.(type) {
	case map[string]any:
		fields, ok := got.(map[string]any)
		if !ok {
			break
		}
		var found []Mismatch
		for _, name := range sortedKeys(want) {
			inner, there := fields[name]
			found = append(found, compareValue(path+"."+name, want[name], inner, there)...)
		}
		return found
	case []any:
		list, ok := got.([]any)
		if !ok {
			break
		}
		if len(list) != len(want) {
			return []Mismatch{{Path: path, Expected: fmt.Sprintf("%d件 %s", len(want), compact(want)), Got: fmt.Sprintf("%d件 %s", len(list), compact(list))}}
		}
		var found []Mismatch
		for i := range want {
			found = append(found, compareValue(fmt.Sprintf("%s[%d]", path, i), want[i], list[i], true)...)
		}
		return found
	default:
		if sameScalar(want, got) {
			return nil
		}
	}
	return []Mismatch{{Path: path, Expected: compact(want), Got: compact(got)}}
}

// sameScalar compares single values; 1 and 1.0 are one number.
func sameScalar(want, got any) bool {
	a, isNumber := want.(json.Number)
	b, alsoNumber := got.(json.Number)
	if !isNumber || !alsoNumber {
		_, isObject := got.(map[string]any)
		_, isList := got.([]any)
		return !isObject && !isList && want == got
	}
	x, xErr := a.Float64()
	y, yErr := b.Float64()
	return a == b || xErr == nil && yErr == nil && x == y
}

// requestID is what an answer calls its request: drawn at random, so that four digits stand in it now and then.
const requestID = "X-Request-Id"

// findHidden looks for a text in all of an answer: as it came, as JSON has it after its escapes, and in the header but for the
// request's id.
func findHidden(a *answer, text string) []Mismatch {
	if text == "" {
		return []Mismatch{{Path: "hides", Expected: "隠すべき文字列", Got: "空文字列"}}
	}
	var found []Mismatch
	report := func(path, in string) {
		found = append(found, Mismatch{Path: path, Expected: "「" + text + "」が出ない", Got: in})
	}
	eachString("", a.value, func(path, in string) {
		if strings.Contains(in, text) {
			report(path, in)
		}
	})
	if len(found) == 0 && strings.Contains(string(a.body), text) {
		report("body", excerpt(string(a.body), text))
	}
	for _, name := range sortedKeys(a.header) {
		if name != requestID && slices.ContainsFunc(a.header[name], func(value string) bool { return strings.Contains(value, text) }) {
			report("header "+name, strings.Join(a.header[name], ", "))
		}
	}
	return found
}

// eachString visits every string of a JSON value, its keys among them.
func eachString(path string, value any, visit func(path, text string)) {
	switch value := value.(type) {
	case string:
		visit(path, value)
	case json.Number:
		visit(path, value.String())
	case map[string]any:
		for _, key := range sortedKeys(value) {
			inner := strings.TrimPrefix(path+"."+key, ".")
			visit(inner, key)
			eachString(inner, value[key], visit)
		}
	case []any:
		for i, element := range value {
			eachString(fmt.Sprintf("%s[%d]", path, i), element, visit)
		}
	}
}

// excerpt gives the part of a long text around where another stands in it.
func excerpt(in, text string) string {
	const around = 20
	before, after, _ := strings.Cut(in, text)
	head, tail := []rune(before), []rune(after)
	if len(head) > around {
		head = append([]rune("…"), head[len(head)-around:]...)
	}
	if len(tail) > around {
		tail = append(tail[:around:around], '…')
	}
	return string(head) + text + string(tail)
}
