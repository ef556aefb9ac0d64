package client

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"onshisim/sim/problem"
)

// Error is an answer that is no success.
type Error struct {
	Method, URL string          // what was asked
	Status      int             // of HTTP
	Code        string          // stable, "SIM-…"; empty if the answer is not the simulator's
	Detail      string          // what is wrong, and the way out
	Fields      []problem.Field // what is to be mended; none where no field is to blame
}

// Error joins all of it.
func (e *Error) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s %s: %d %s: %s", e.Method, e.URL, e.Status, cmp.Or(e.Code, http.StatusText(e.Status)), e.Detail)
	for _, field := range e.Fields {
		text.WriteString("; " + field.Name + ": " + field.Message)
	}
	return text.String()
}

// longestDetail bounds what is quoted of an answer that is no problem document.
const longestDetail = 300

// refusal reads a problem document (RFC 9457); of anything else it quotes the beginning.
func refusal(response *http.Response) error {
	e := &Error{Method: response.Request.Method, URL: response.Request.URL.String(), Status: response.StatusCode}
	text, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return fmt.Errorf("%w; its body broke off: %w", e, err)
	}
	var answer struct {
		Code, Detail string
		Errors       []struct{ Field, Message string }
	}
	if json.Unmarshal(text, &answer) != nil || answer.Code == "" {
		e.Detail = fmt.Sprintf("%.*q", longestDetail, text)
		return e
	}
	e.Code, e.Detail = answer.Code, answer.Detail
	if e.Code == "SIM-REQ-404" {
		e.Detail += " Is this the control plane's URL, and not that of the national systems?"
	}
	for _, field := range answer.Errors {
		e.Fields = append(e.Fields, problem.Field{Name: field.Field, Message: field.Message})
	}
	return e
}
