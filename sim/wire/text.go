package wire

import (
	"unicode/utf8"
)

// safeText and safeHTML are the bytes that stand for themselves in a text.
var (
	safeText = safe("")
	safeHTML = safe("<>&")
)

func safe(but string) (safe [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		safe[c] = c != '"' && c != '\\'
	}
	for _, c := range but {
		safe[c] = false
	}
	return safe
}

// appendText appends a text with the escapes of encoding/json.
func appendText(to []byte, text string, safe *[256]bool) []byte {
	to = append(to, '"')
	from := 0 // what stands before it is appended
	for i := 0; i < len(text); {
		c := text[i]
		if safe[c] {
			i++
			continue
		}
		if isKanji(c) && i+2 < len(text) && isContinuation(text[i+1]) && isContinuation(text[i+2]) {
			i += 3
			continue
		}
		size := 1
		escape := ""
		if c >= utf8.RuneSelf {
			var r rune
			r, size = utf8.DecodeRuneInString(text[i:])
			switch {
			case r == utf8.RuneError && size == 1:
				escape = `\ufffd`
			case r == '\u2028':
				escape = `\u2028`
			case r == '\u2029':
				escape = `\u2029`
			default:
				i += size
				continue
			}
		}
		to = append(to, text[from:i]...)
		if escape == "" {
			to = appendEscape(to, c)
		}
		to = append(to, escape...)
		i += size
		from = i
	}
	to = append(to, text[from:]...)
	return append(to, '"')
}

func appendEscape(to []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(to, '\\', c)
	case '\b':
		return append(to, `\b`...)
	case '\f':
		return append(to, `\f`...)
	case '\n':
		return append(to, `\n`...)
	case '\r':
		return append(to, `\r`...)
	case '\t':
		return append(to, `\t`...)
	}
	const hex = "0123456789abcdef"
	return append(to, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}

// isKanji says whether a byte begins one of the three-byte characters U+3000 to U+CFFF, kana and kanji among them: whatever
// two continuation bytes follow, it is a character, and one that needs no escape.
func isKanji(c byte) bool { return 0xE3 <= c && c <= 0xEC }

func isContinuation(c byte) bool { return c&0xC0 == 0x80 }
