package leakscan

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// Encoding names the encoding in which an item was found. What is written in ASCII alone counts as UTF-8 unless the rest
// of its line tells of Shift_JIS.
type Encoding string

const (
	UTF8     Encoding = "UTF-8"
	ShiftJIS Encoding = "Shift_JIS" // with the extensions of code page 932
	UTF16    Encoding = "UTF-16"    // of either byte order
)

// decode gives the first character of a text and the bytes it takes, U+FFFD for what is none, and no bytes only for no
// text. What is none never takes an ASCII character with it, so that a wrong reading comes to its senses there.
type decode func(text []byte) (r rune, size int)

// charset is one way to read bytes as characters.
type charset struct {
	encoding Encoding
	unit     int                // bytes of an ASCII character
	plain    decode             // the characters as they stand
	octets   decode             // what the octets of percent escapes spell
	spelt    *[utf8.UTFMax]byte // room for them, so that no escape takes its own
}

var byteOrderMarks = []struct {
	mark  string
	order binary.ByteOrder // nil for UTF-8
}{
	{"\xEF\xBB\xBF", nil},
	{"\xFF\xFE", binary.LittleEndian},
	{"\xFE\xFF", binary.BigEndian},
}

// charsetsOf gives the ways to read a text, the likelier one first, and the length of its byte order mark.
func charsetsOf(text []byte) (charsets [2]charset, mark int) {
	plain8, plainJIS, spelt := decode(utf8.DecodeRune), shiftJIS().decode, new([utf8.UTFMax]byte)
	for _, bom := range byteOrderMarks {
		if len(text) < len(bom.mark) || string(text[:len(bom.mark)]) != bom.mark {
			continue
		}
		mark = len(bom.mark)
		if bom.order != nil {
			plain16 := decodeUTF16(bom.order)
			return [2]charset{{UTF16, 2, plain16, plain8, spelt}, {UTF16, 2, plain16, plainJIS, spelt}}, mark
		}
	}
	return [2]charset{{UTF8, 1, plain8, plain8, spelt}, {ShiftJIS, 1, plainJIS, plainJIS, spelt}}, mark
}

func decodeUTF16(order binary.ByteOrder) decode {
	return func(text []byte) (rune, int) {
		if len(text) < 2 {
			return utf8.RuneError, len(text)
		}
		r := rune(order.Uint16(text))
		if !utf16.IsSurrogate(r) {
			return r, 2
		}
		if len(text) >= 4 {
			if pair := utf16.DecodeRune(r, rune(order.Uint16(text[2:]))); pair != utf8.RuneError {
				return pair, 4
			}
		}
		return utf8.RuneError, 2
	}
}
