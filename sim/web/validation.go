package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
)

// Messages that end in the name of the field that they are about; fieldErrors moves it to where it belongs.
const (
	missing    = "is required: "
	unsuitable = "is out of range or of another type: "
)

// mostErrors bounds an answer: a body may be wrong in more places than anyone reads.
const mostErrors = 100

// init sets what huma keeps in variables of its package: once, before anybody can read them.
func init() {
	huma.NewError = newError
	huma.NewErrorWithContext = func(_ huma.Context, status int, text string, errs ...error) huma.StatusError {
		return newError(status, text, errs...)
	}
	huma.ErrorFormatter = formatWithoutErrors
	huma.ValidateStrictCasing = true
	huma.DefaultArrayNullable = false
	validation.MsgUnexpectedProperty = "there is no such field"
	validation.MsgExpectedRequiredProperty = missing + "%s"
	validation.MsgExpectedRFC3339Date = "expected a date that exists, as in 2021-04-01"
	validation.MsgExpectedRFC3339DateTime = "expected an instant (RFC 3339), as in 2021-04-01T09:00:00+09:00"
}

// formatWithoutErrors formats huma's messages, but drops the errors in them: they quote the value that was sent.
func formatWithoutErrors(format string, args ...any) string {
	if len(args) == 1 {
		if _, ok := args[0].(error); ok {
			return strings.TrimSuffix(format, ": %v")
		}
	}
	return fmt.Sprintf(format, args...)
}

// newError is huma's constructor for every error that it finds by itself.
func newError(status int, text string, errs ...error) huma.StatusError {
	for _, err := range errs {
		if known, ok := errors.AsType[*Problem](err); ok {
			return known
		}
	}
	if status >= http.StatusInternalServerError {
		return unexpected(errors.Join(append([]error{errors.New(text)}, errs...)...))
	}
	return newProblem(status, fieldErrors(errs)...)
}

// fieldErrors keeps place and message and leaves the value, which may be a PIN. It sorts them: huma goes through maps.
func fieldErrors(errs []error) []FieldError {
	found := make([]FieldError, 0, len(errs))
	for _, err := range errs {
		place, message := "", "can't be accepted"
		var known huma.ErrorDetailer
		if errors.As(err, &known) {
			place, message = known.ErrorDetail().Location, known.ErrorDetail().Message
		}
		found = append(found, fieldError(place, message))
	}
	slices.SortFunc(found, func(a, b FieldError) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Message, b.Message))
	})
	found = slices.Compact(found)
	return found[:min(len(found), mostErrors)]
}

func fieldError(place, message string) FieldError {
	for _, about := range []string{missing, unsuitable} {
		if name, ok := strings.CutPrefix(message, about); ok {
			return FieldError{Field: place + "." + name, Message: strings.TrimSuffix(about, ": ")}
		}
	}
	return FieldError{Field: place, Message: message}
}
