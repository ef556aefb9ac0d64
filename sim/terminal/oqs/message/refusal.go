package message

import (
	"errors"
	"fmt"
)

// The codes of refusals. Those of the real interface aren't public: these can't be mistaken for them.
const (
	CodeDTD      = "SIM-OQS-DTD"      // a DOCTYPE or another directive
	CodeEncoding = "SIM-OQS-ENCODING" // neither UTF-8 nor Shift_JIS
	CodeBytes    = "SIM-OQS-BYTES"    // bytes that aren't of the declared encoding
	CodeDepth    = "SIM-OQS-DEPTH"    // elements too deep in each other
	CodeSize     = "SIM-OQS-SIZE"     // too many elements or attributes, too long a name
	CodeXML      = "SIM-OQS-XML"      // not well-formed, or not a message's form
	CodeEmpty    = "SIM-OQS-EMPTY"    // nothing in the file
)

// Refusal is why a document can't be read.
type Refusal struct {
	Code       string
	Message    string // names the line, and the way out
	Line       int
	incomplete bool
}

// Error is the code and the message.
func (r *Refusal) Error() string { return r.Code + ": " + r.Message }

// Incomplete says whether the error is that the document ends too early: a client may still be writing it.
func Incomplete(err error) bool {
	var refusal *Refusal
	return errors.As(err, &refusal) && refusal.incomplete
}

// refuse makes a refusal whose message begins with its line.
func refuse(code string, line int, format string, args ...any) *Refusal {
	return &Refusal{Code: code, Line: line, Message: fmt.Sprintf("line %d: ", line) + fmt.Sprintf(format, args...)}
}

// endsEarly is the refusal of a document whose rest is missing.
func endsEarly(line int, format string, args ...any) *Refusal {
	refusal := refuse(CodeXML, line, format, args...)
	refusal.incomplete = true
	return refusal
}
