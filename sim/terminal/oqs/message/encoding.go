package message

import (
	"strings"

	"onshisim/sim/terminal/oqs/cp932"
)

// Encoding is one of the two in which messages are written.
type Encoding int

const (
	UTF8     Encoding = iota
	ShiftJIS          // with the characters of Windows, see cp932
)

// String is the label in an XML declaration.
func (e Encoding) String() string {
	if e == ShiftJIS {
		return "Shift_JIS"
	}
	return "UTF-8"
}

// Identifier is the encoding's CharacterCodeIdentifier.
func (e Encoding) Identifier() string {
	if e == ShiftJIS {
		return "1"
	}
	return "0"
}

// Other is the one that it isn't.
func (e Encoding) Other() Encoding {
	if e == ShiftJIS {
		return UTF8
	}
	return ShiftJIS
}

// append appends a text that needs no escaping.
func (e Encoding) append(to []byte, text string) []byte {
	if e == ShiftJIS {
		return cp932.Append(to, text)
	}
	return append(to, text...)
}

// labelled gives the encoding that programs know by a label.
func labelled(label string) (Encoding, bool) {
	switch strings.ToLower(label) {
	case "utf-8", "utf8":
		return UTF8, true
	case "shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "cswindows31j", "cp932", "ms932":
		return ShiftJIS, true
	}
	return UTF8, false
}
