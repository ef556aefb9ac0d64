package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"onshisim/sim/problem"
)

// Problem is the body of every answer that is not a success (RFC 9457).
type Problem struct {
	Type   string       `json:"type" format:"uri-reference" doc:"The code as a URI" example:"urn:onshisim:problem:SIM-REQ-422"`
	Title  string       `json:"title" doc:"The status in words" example:"Unprocessable Entity"`
	Status int          `json:"status" doc:"The HTTP status" example:"422"`
	Detail string       `json:"detail" doc:"What is wrong, and the way out"`
	Code   string       `json:"code" doc:"Stable, for programs" example:"SIM-REQ-422"`
	Errors []FieldError `json:"errors" doc:"The fields that are to be mended; empty where none is to blame"`

	cause error // for the log; never shown
}

// FieldError names one bad field.
type FieldError struct {
	Field   string `json:"field" doc:"Where it stands" example:"body.birthdate"`
	Message string `json:"message" doc:"What is wrong with it, without the value that was sent"`
}

// statuses maps the kinds of refusal to HTTP.
var statuses = [...]int{
	problem.Unreadable:      http.StatusBadRequest,
	problem.Unauthenticated: http.StatusUnauthorized,
	problem.Forbidden:       http.StatusForbidden,
	problem.NotFound:        http.StatusNotFound,
	problem.Conflict:        http.StatusConflict,
	problem.TooLarge:        http.StatusRequestEntityTooLarge,
	problem.Unsupported:     http.StatusUnsupportedMediaType,
	problem.Invalid:         http.StatusUnprocessableEntity,
	problem.Unavailable:     http.StatusServiceUnavailable,
}

// details are the texts for what is refused before a handler sees it.
var details = map[int]string{
	http.StatusBadRequest:            "The request can't be read; see errors.",
	http.StatusNotFound:              "There is nothing under this path.",
	http.StatusMethodNotAllowed:      "This path does not answer to this method; the header Allow names those that it does.",
	http.StatusRequestEntityTooLarge: "The body is too large.",
	http.StatusUnsupportedMediaType:  "The body has to be JSON in UTF-8, sent as Content-Type: application/json.",
	http.StatusUnprocessableEntity:   "A field's value can't be accepted; see errors.",

	http.StatusRequestHeaderFieldsTooLarge: fmt.Sprintf("The header has more than %d fields.", mostFields),
}

const codeUnexpected = "SIM-500"

func codeOf(status int) string { return "SIM-REQ-" + strconv.Itoa(status) }

// newProblem is a refusal made before a handler saw the request.
func newProblem(status int, errs ...FieldError) *Problem {
	detail := cmp.Or(details[status], http.StatusText(status)+".")
	return (&Problem{Status: status, Code: codeOf(status), Detail: detail, Errors: errs}).complete()
}

// problemOf is the one place where errors become answers.
func problemOf(err error) *Problem {
	if known, ok := errors.AsType[*Problem](err); ok {
		return known
	}
	if refusal, ok := errors.AsType[*problem.Error](err); ok && refusal.Kind > 0 && int(refusal.Kind) < len(statuses) {
		return ofRefusal(refusal)
	}
	if route, ok := errors.AsType[*echo.HTTPError](err); ok && route.Code < http.StatusInternalServerError {
		return newProblem(route.Code)
	}
	return unexpected(err)
}

func ofRefusal(refusal *problem.Error) *Problem {
	p := &Problem{Status: statuses[refusal.Kind], Code: refusal.Code, Detail: refusal.Detail}
	for _, field := range refusal.Fields {
		p.Errors = append(p.Errors, FieldError{Field: field.Name, Message: field.Message})
	}
	if p.Status >= http.StatusInternalServerError { // ours to mend, so the log should know why
		p.cause = refusal.Cause
	}
	return p.complete()
}

func unexpected(cause error) *Problem {
	p := &Problem{Status: http.StatusInternalServerError, Code: codeUnexpected, Detail: "Something failed here, not in your request."}
	p.cause = cause
	return p.complete()
}

func (p *Problem) complete() *Problem {
	p.Type = "urn:onshisim:problem:" + p.Code
	p.Title = http.StatusText(p.Status)
	if p.Errors == nil {
		p.Errors = []FieldError{}
	}
	return p
}

// Error makes a Problem an error, which is how huma takes it from a handler.
func (p *Problem) Error() string { return fmt.Sprintf("%d %s: %s", p.Status, p.Code, p.Detail) }

// GetStatus is the HTTP status; huma asks for it.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of RFC 9457; huma asks for it.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders are the headers that the status demands; huma asks for them.
func (p *Problem) GetHeaders() http.Header {
	switch p.Status {
	case http.StatusUnauthorized:
		return http.Header{"Www-Authenticate": {"Bearer"}}
	case http.StatusServiceUnavailable:
		return http.Header{"Retry-After": {"1"}}
	default:
		return nil
	}
}
