// Package problem is the closed set of errors that a caller can meet: each has a kind, which sim/web maps to an HTTP
// status in one place, a stable code of our own (SIM-…), and where it applies the fields that are to be mended.
package problem

import (
	"fmt"
	"strings"
)

// Kind says what sort of refusal an Error is.
type Kind uint8

// The kinds, each with the HTTP status it becomes.
const (
	Unreadable      Kind = iota + 1 // 400: the request can't be read
	Unauthenticated                 // 401: no token, or one this world does not know
	Forbidden                       // 403: not yours, or not open now
	NotFound                        // 404: no such thing
	Conflict                        // 409: it contradicts what is there
	TooLarge                        // 413: over a bound
	Unsupported                     // 415: not of a content type that is read here
	Invalid                         // 422: a field's value can't be
	Unavailable                     // 503: a system is down, or the log can't be written
)

// Field names one bad field of a request.
type Field struct {
	Name    string // where it stands, as in "body.birthdate"
	Message string // what is wrong and what would be right
}

// Error is a refusal that its receiver can act on.
type Error struct {
	Kind   Kind
	Code   string // stable, "SIM-…"
	Detail string // one sentence: what is wrong, and the way out
	Fields []Field
	Cause  error // what it came from, for errors.Is; never shown
}

// Error joins code, detail and fields.
func (e *Error) Error() string {
	var text strings.Builder
	text.WriteString(e.Code + ": " + e.Detail)
	for _, f := range e.Fields {
		text.WriteString("; " + f.Name + ": " + f.Message)
	}
	return text.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// New makes an error of a kind.
func New(kind Kind, code, format string, args ...any) *Error {
	return &Error{Kind: kind, Code: code, Detail: fmt.Sprintf(format, args...)}
}

// BadField makes an Invalid error about one field.
func BadField(name, format string, args ...any) *Error {
	return &Error{
		Kind: Invalid, Code: "SIM-REQ-422", Detail: "A field's value can't be accepted; see errors.",
		Fields: []Field{{Name: name, Message: fmt.Sprintf(format, args...)}},
	}
}
