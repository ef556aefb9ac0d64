// Package load asks HTTP servers as fast as they answer, over connections that stay open, and looks at every answer. It
// writes and reads the bytes itself, so that on a small machine the servers have most of the processor.
package load

import "bytes"

// Request is a request as its bytes on the wire, and the answer that is right.
type Request struct {
	Wire   []byte
	Answer Answer
}

// Answer is a body that is right: fixed parts, between which there is a JSON string of any content.
type Answer struct{ fixed [][]byte }

// Anything is an answer of which only the status matters.
var Anything = Answer{}

// Expect makes of a body the answer that is right, whatever the named fields hold there; those that are empty stay so.
func Expect(body []byte, varying ...string) Answer {
	rest := bytes.Clone(body)
	var fixed [][]byte
	for at := 0; ; {
		from, to := next(rest[at:], varying)
		if from < 0 {
			return Answer{append(fixed, rest[at:])}
		}
		fixed = append(fixed, rest[at:at+from])
		at += to
	}
}

// next finds the first value of a named field that is not empty.
func next(body []byte, fields []string) (from, to int) {
	from = -1
	for _, field := range fields {
		name := []byte(`"` + field + `":"`)
		at := bytes.Index(body, name)
		if at < 0 {
			continue
		}
		begin := at + len(name)
		if length := bytes.IndexByte(body[begin:], '"'); length > 0 && (from < 0 || begin < from) {
			from, to = begin, begin+length
		}
	}
	return from, to
}

// Is says whether a body is that answer.
func (a Answer) Is(body []byte) bool {
	if a.fixed == nil {
		return true
	}
	for i, part := range a.fixed {
		if !bytes.HasPrefix(body, part) {
			return false
		}
		body = body[len(part):]
		if i == len(a.fixed)-1 {
			break
		}
		if body = body[max(bytes.IndexByte(body, '"'), 0):]; len(body) == 0 {
			return false
		}
	}
	return len(body) == 0
}
