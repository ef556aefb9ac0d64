package leakscan

import (
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// pairs holds the characters of two bytes of Shift_JIS with the extensions of code page 932, 0 where there is none. The
// decoder of x/text knows them; asking it for each character of a text would cost more than all the rest.
type pairs [1 << 16]uint16

var shiftJIS = sync.OnceValue(func() *pairs {
	var table pairs
	decoder := japanese.ShiftJIS.NewDecoder()
	for lead := 0x81; lead <= 0xFC; lead++ {
		for trail := 0x40; trail <= 0xFC; trail++ {
			text, err := decoder.Bytes([]byte{byte(lead), byte(trail)})
			if r, size := utf8.DecodeRune(text); err == nil && size == len(text) && r != utf8.RuneError {
				table[lead<<8|trail] = uint16(r)
			}
		}
	}
	return &table
})

func (p *pairs) decode(text []byte) (rune, int) {
	if len(text) == 0 {
		return utf8.RuneError, 0
	}
	lead := text[0]
	switch {
	case lead < utf8.RuneSelf:
		return rune(lead), 1
	case lead >= 0xA1 && lead <= 0xDF: // half-width katakana
		return '｡' + rune(lead-0xA1), 1
	case len(text) == 1:
		return utf8.RuneError, 1
	}
	trail := text[1]
	if r := p[int(lead)<<8|int(trail)]; r != 0 {
		return rune(r), 2
	}
	if isLead(lead) && trail >= 0x80 && trail <= 0xFC {
		return utf8.RuneError, 2 // a character of a vendor's own (外字)
	}
	return utf8.RuneError, 1
}

func isLead(b byte) bool { return b >= 0x81 && b <= 0x9F || b >= 0xE0 && b <= 0xFC }
