// Package cp932 reads and writes Shift_JIS as Windows does (code page 932): JIS X 0208 with the characters of NEC and IBM
// to which 髙, 﨑, ① and ㈱ belong. The table is that of golang.org/x/text; what it leaves out, or writes with other bytes than
// Windows, is added here.
package cp932

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// substitute is the geta mark (〓), which printers set where a character was missing.
const substitute = 0x81AC

// Append appends the bytes of a text. A character that the code page lacks (𠮷, an emoji, a byte that isn't UTF-8) becomes
// one 〓. A letter and its combining mark become one character if there is one (か and U+3099 become が); otherwise the mark
// is left out, like a variation selector: 葛󠄀 is written as 葛.
func Append(to []byte, text string) []byte {
	to, _ = appendText(to, text)
	return to
}

// Representable says whether Append loses nothing: no character becomes 〓, and no variation selector or combining mark is
// left out. Signs that Windows has under another code point (〜 and ～) are the same character here.
func Representable(text string) bool {
	var room [256]byte
	_, whole := appendText(room[:0], text)
	return whole
}

// appendText is Append; whole says whether nothing was lost.
func appendText(to []byte, text string) (_ []byte, whole bool) {
	table := written()
	whole = true
	for i := 0; i < len(text); {
		if n := plain(text[i:]); n > 0 {
			to = append(to, text[i:i+n]...)
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		end := i + size + marks(text[i+size:])
		if end > i+size {
			var composed bool
			r, composed = compose(text[i:end], r, table)
			whole = whole && composed
		}
		i = end
		var known bool
		to, known = appendRune(to, r, table)
		whole = whole && known
	}
	return to, whole
}

// plain tells how many characters of ASCII a text begins with, less the last if a mark could follow it.
func plain(text string) int {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return max(0, i-1)
		}
	}
	return len(text)
}

func appendRune(to []byte, r rune, table *pairs) (_ []byte, known bool) {
	switch {
	case r < utf8.RuneSelf:
		return append(to, byte(r)), true
	case '｡' <= r && r <= 'ﾟ':
		return append(to, byte(r-'｡'+0xA1)), true
	case isMark(r): // with nothing before it that it could belong to
		return to, false
	case int(r) < len(table) && table[r] != 0:
		return append(to, byte(table[r]>>8), byte(table[r])), true
	}
	return append(to, substitute>>8, substitute&0xFF), false
}

// compose gives the one character that a letter and its marks are, or the letter alone. It isn't asked about a letter
// alone: normalization also replaces characters that the code page has (神, Å) by others.
func compose(cluster string, letter rune, table *pairs) (_ rune, whole bool) {
	normal := norm.NFC.String(cluster)
	r, size := utf8.DecodeRuneInString(normal)
	if size == len(normal) && int(r) < len(table) && table[r] != 0 {
		return r, true
	}
	return letter, false
}

// marks tells the length of the marks that a text begins with.
func marks(text string) int {
	for i, r := range text {
		if !isMark(r) {
			return i
		}
	}
	return len(text)
}

// isMark is true of what shows only together with the character before it: variation selectors, combining and enclosing
// marks, the joiners of an emoji.
func isMark(r rune) bool {
	return r >= 0x0300 && (unicode.Is(unicode.M, r) || r == '\u200C' || r == '\u200D')
}
