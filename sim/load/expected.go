package load

import (
	"bytes"
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
)

// expected is what the answer has to be: a status with a whole body, or with the code of a refusal.
type expected struct {
	Status int      `json:"status"`
	Code   string   `json:"code,omitempty"`
	Body   any      `json:"body,omitempty"`
	rules  []string // by which it has to be so

	inAnyOrder string // a list of the body whose order says nothing
}

func answers(body any, rules []string) expected {
	return expected{Status: http.StatusOK, Body: body, rules: rules}
}

func refuses(code string, rules ...string) expected {
	return expected{Status: http.StatusForbidden, Code: code, rules: rules}
}

// holds says whether an answer is the expected one.
func (e *expected) holds(status int, answer []byte) bool {
	if status != e.Status {
		return false
	}
	if e.Code != "" {
		return codeOf(answer) == e.Code
	}
	body, err := json.Marshal(e.Body)
	if err != nil {
		return false
	}
	if bytes.Equal(body, bytes.TrimSpace(answer)) {
		return true
	}
	var got, want any
	if json.Unmarshal(answer, &got) != nil || json.Unmarshal(body, &want) != nil {
		return false
	}
	if e.inAnyOrder != "" {
		inOrder(got, e.inAnyOrder)
		inOrder(want, e.inAnyOrder)
	}
	return reflect.DeepEqual(got, want)
}

// inOrder sorts a list of an answer by its entries' texts.
func inOrder(answer any, list string) {
	fields, _ := answer.(map[string]any)
	entries, _ := fields[list].([]any)
	slices.SortFunc(entries, func(a, b any) int {
		one, _ := json.Marshal(a) // what came from JSON
		other, _ := json.Marshal(b)
		return bytes.Compare(one, other)
	})
}

// codeOf is the code of a problem document, empty if it is none.
func codeOf(answer []byte) string {
	var problem struct{ Code string }
	_ = json.Unmarshal(answer, &problem) // what is none has no code
	return problem.Code
}

// tree is a value as JSON has it.
func tree(value any) (t any) {
	text, err := json.Marshal(value)
	if err != nil || json.Unmarshal(text, &t) != nil {
		return nil
	}
	return t
}

// seen reads what nobody can know before, as drawn ids, out of an answer.
func seen[T any](answer []byte) (fields T) {
	_ = json.Unmarshal(answer, &fields) // an answer that can't be read is no expected one either
	return fields
}
