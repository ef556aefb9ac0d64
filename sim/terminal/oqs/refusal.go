package oqs

import (
	"fmt"

	"onshisim/sim/terminal/oqs/message"
)

// refuse says why a request gets an error file instead of an answer.
func refuse(code, format string, args ...any) *message.Refusal {
	return &message.Refusal{Code: code, Message: fmt.Sprintf(format, args...)}
}

// rejection is why a request that was understood is not carried out; it stands in the answer.
type rejection struct{ code, message string }

func (r *rejection) Error() string { return r.code + ": " + r.message }

func reject(code, format string, args ...any) *rejection {
	return &rejection{code, fmt.Sprintf(format, args...)}
}
