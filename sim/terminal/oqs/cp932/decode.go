package cp932

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A SyntaxError says where bytes are no text of the code page.
type SyntaxError struct {
	Offset    int    // of the character's first byte
	Bytes     []byte // of the character
	Truncated bool   // the data end after the first of two bytes
}

// Error names the byte offset.
func (e *SyntaxError) Error() string {
	if e.Truncated {
		return fmt.Sprintf("offset %d: the character that begins with % X has no second byte", e.Offset, e.Bytes)
	}
	return fmt.Sprintf("offset %d: % X is no character of Shift_JIS (code page 932)", e.Offset, e.Bytes)
}

// Decode gives the text of bytes. Both forms of a character that the code page has twice are read. The error is a
// *SyntaxError: undefined bytes are refused, and so are vendors' own characters (外字, F040 to F9FC), which mean something
// on their own machines only.
func Decode(data []byte) (string, error) {
	decoded, err := decoder.Bytes(data)
	if err != nil {
		return "", err
	}
	if text := string(decoded); !strings.ContainsAny(text, "\uFFFD\u0080") {
		return text, nil
	}
	return "", firstMistake(data)
}

// firstMistake looks for what the decoder has replaced by U+FFFD, or let through as the control character of byte 80.
func firstMistake(data []byte) error {
	for i := 0; i < len(data); {
		c := data[i]
		switch {
		case c < utf8.RuneSelf, 0xA1 <= c && c <= 0xDF:
			i++
		case !isLead(c):
			return &SyntaxError{Offset: i, Bytes: data[i : i+1]}
		case i+1 == len(data):
			return &SyntaxError{Offset: i, Bytes: data[i:], Truncated: true}
		default:
			if _, ok := pair(c, data[i+1]); !ok {
				return &SyntaxError{Offset: i, Bytes: data[i : i+2]}
			}
			i += 2
		}
	}
	return nil
}
