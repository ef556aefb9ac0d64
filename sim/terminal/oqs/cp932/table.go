package cp932

import (
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// pairs holds the two bytes of each character of the basic plane, 0 where there are none.
type pairs [1 << 16]uint16

// written is the table read the other way round. A character that stands in it twice is written as Windows does: at its
// first place, where the NEC selection of IBM's characters (leads ED and EE) counts for nothing. So the signs ∪ ∩ ¬ ∵ ≒ ≡
// ∫ √ ⊥ ∠ have the bytes of JIS X 0208 rather than those of NEC's row 13, Ⅰ and ㈱ those of row 13 rather than IBM's, and
// 髙 and ⅰ those of IBM.
//
// Source: Microsoft KB 170559, "Conversion problem between Shift-JIS and Unicode".
var written = sync.OnceValue(func() *pairs {
	var table pairs
	for lead := firstLead; lead <= lastLead; lead++ {
		if !isLead(byte(lead)) || lead == necSelected || lead == necSelected+1 {
			continue
		}
		for trail := 0x40; trail <= 0xFC; trail++ {
			if r, ok := pair(byte(lead), byte(trail)); ok && table[r] == 0 {
				table[r] = uint16(lead<<8 | trail)
			}
		}
	}
	// The text of other systems has these for signs that Windows knows by another code point.
	for _, twin := range twins {
		table[twin.other] = table[twin.windows]
	}
	return &table
})

const (
	firstLead, lastLead = 0x81, 0xFC
	necSelected         = 0xED
)

// twins are characters that the tables of JIS, Apple and Unicode have where Windows has another for the same sign. The yen
// sign is among them: Windows itself writes it as the byte 5C, which is read again as a backslash.
var twins = []struct{ other, windows rune }{
	{'\u301C', '～'}, // 〜 wave dash
	{'\u2212', '－'}, // − minus
	{'\u2016', '∥'}, // ‖ double bar
	{'\u2014', '―'}, // — dash
	{'\u00A2', '￠'},
	{'\u00A3', '￡'},
	{'\u00AC', '￢'},
	{'\u00A5', '￥'},
}

func isLead(b byte) bool { return firstLead <= b && b <= 0x9F || 0xE0 <= b && b <= lastLead }

// decoder keeps no state, so that all can share it.
var decoder = japanese.ShiftJIS.NewDecoder()

// pair gives the character of two bytes, if they are one.
func pair(lead, trail byte) (rune, bool) {
	text, err := decoder.Bytes([]byte{lead, trail})
	r, size := utf8.DecodeRune(text)
	return r, err == nil && size == len(text) && r != utf8.RuneError
}
