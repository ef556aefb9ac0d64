package web

import (
	"encoding/binary"
	"encoding/hex"
	"net/http"
)

// requestIDHeader bears the id of a request, in both directions.
const requestIDHeader = "X-Request-Id"

// longestRequestID bounds what a client may call its request.
const longestRequestID = 64

// requestID is the client's name for its request, if it is 1 to 64 of A-Z, a-z, 0-9, dot, underscore and dash; else 32 random
// hex digits. They are drawn before anything is known about the request and count nothing, so they tell nothing (QA-3).
func (s *Server) requestID(header http.Header) string {
	if given := header[requestIDHeader]; len(given) == 1 && isRequestID(given[0]) {
		return given[0]
	}
	var drawn [16]byte
	binary.BigEndian.PutUint64(drawn[:8], s.random())
	binary.BigEndian.PutUint64(drawn[8:], s.random())
	var text [2 * len(drawn)]byte
	hex.Encode(text[:], drawn[:])
	return string(text[:])
}

func isRequestID(text string) bool {
	if text == "" || len(text) > longestRequestID {
		return false
	}
	for _, c := range []byte(text) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '.', c == '_', c == '-':
		default:
			return false
		}
	}
	return true
}
