package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"onshisim/sim/problem"
)

// The bounds of a body's shape. No document here nests half as deep, and no field has a name half as long.
const (
	mostLevels  = 64
	longestName = 64
)

// checkJSON refuses what Go's decoder passes over in silence, each a value that never arrives as it was sent: a name given
// twice, of which the last would win, and text that can't be kept, which would change.
func checkJSON(data []byte) error {
	var whole json.RawMessage
	if err := json.Unmarshal(data, &whole); err != nil {
		message := "is not a JSON value, or more than one"
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			message += fmt.Sprintf(": see byte %d", syntax.Offset)
		}
		return unreadable("body", message)
	}
	if flaw := checkValue(json.NewDecoder(bytes.NewReader(data)), 0); flaw != nil {
		flaw.Fields[0].Name = "body" + flaw.Fields[0].Name
		return flaw
	}
	return nil
}

// checkValue reads one value of a body that is known to be JSON. The place is put together on the way back.
func checkValue(decoder *json.Decoder, level int) *problem.Error {
	token, err := decoder.Token()
	if err != nil { // all that is left to go wrong in valid JSON
		return unreadable("", "is a number out of range")
	}
	switch token := token.(type) {
	case string:
		return checkText(token)
	case json.Delim:
		if level == mostLevels {
			return unreadable("", fmt.Sprintf("nests deeper than %d levels", mostLevels))
		}
		if token == '{' {
			return checkObject(decoder, level)
		}
		return checkArray(decoder, level)
	}
	return nil
}

func checkObject(decoder *json.Decoder, level int) *problem.Error {
	seen := map[string]bool{}
	for decoder.More() {
		token, _ := decoder.Token() // a name, in valid JSON
		name := token.(string)
		if flaw := checkName(name, seen[name]); flaw != nil {
			return flaw
		}
		seen[name] = true
		if flaw := checkValue(decoder, level+1); flaw != nil {
			flaw.Fields[0].Name = "." + name + flaw.Fields[0].Name
			return flaw
		}
	}
	_, _ = decoder.Token() // the closing brace
	return nil
}

func checkArray(decoder *json.Decoder, level int) *problem.Error {
	for i := 0; decoder.More(); i++ {
		if flaw := checkValue(decoder, level+1); flaw != nil {
			flaw.Fields[0].Name = "[" + strconv.Itoa(i) + "]" + flaw.Fields[0].Name
			return flaw
		}
	}
	_, _ = decoder.Token() // the closing bracket
	return nil
}

// checkName refuses names that no field has and that huma's paths could not show: it cuts them at dots and brackets.
func checkName(name string, seen bool) *problem.Error {
	if flaw := checkText(name); flaw != nil {
		return flaw
	}
	if seen {
		return unreadable("."+name, "is given twice")
	}
	if name == "" || len(name) > longestName || strings.ContainsAny(name, ".[") {
		flaw := problem.BadField("."+name, "there is no such field")
		flaw.Fields[0].Name = flaw.Fields[0].Name[:min(len(name), longestName)+1]
		return flaw
	}
	return nil
}

// checkText refuses NUL, which PostgreSQL does not keep, and U+FFFD, which is what Go's decoder makes of broken UTF-8 and
// of half a surrogate pair.
func checkText(text string) *problem.Error {
	if strings.ContainsAny(text, "\x00\uFFFD") {
		return unreadable("", "holds NUL, U+FFFD or broken UTF-8")
	}
	return nil
}

func unreadable(field, message string) *problem.Error {
	return &problem.Error{
		Kind: problem.Unreadable, Code: codeOf(http.StatusBadRequest), Detail: details[http.StatusBadRequest],
		Fields: []problem.Field{{Name: field, Message: message}},
	}
}
