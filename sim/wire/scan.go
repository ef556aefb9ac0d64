package wire

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// The functions of this file read one thing of a text at an index and give the index behind it. Below 0 is: not clean.
const unclean = -1

// mostLevels is how deep a value may nest that is passed over.
const mostLevels = 64

// blank passes over white space.
func blank(data []byte, at int) int {
	for at < len(data) {
		switch data[at] {
		case ' ', '\t', '\n', '\r':
			at++
		default:
			return at
		}
	}
	return at
}

// sign passes over a given character.
func sign(data []byte, at int, c byte) int {
	if at >= len(data) || data[at] != c {
		return unclean
	}
	return at + 1
}

func word(data []byte, at int, word string) int {
	if len(data)-at < len(word) || string(data[at:at+len(word)]) != word {
		return unclean
	}
	return at + len(word)
}

func isNull(data []byte, at int) bool { return at < len(data) && data[at] == 'n' }

// text reads a text, which is a part of data where it holds no escapes. One that can't be kept as it is, is not clean: with
// NUL, U+FFFD, broken UTF-8 or half a surrogate pair.
func text(data []byte, at int) (plain []byte, next int) {
	if at = sign(data, at, '"'); at < 0 {
		return nil, unclean
	}
	from := at
	for at < len(data) {
		c := data[at]
		switch {
		case safeText[c]:
			at++
		case c == '"':
			return data[from:at], at + 1
		case c == '\\':
			return escaped(data, from, at)
		default:
			if at = beyondASCII(data, at); at < 0 {
				return nil, unclean
			}
		}
	}
	return nil, unclean
}

// beyondASCII passes over one character that is not ASCII.
func beyondASCII(data []byte, at int) int {
	if isKanji(data[at]) && at+2 < len(data) && isContinuation(data[at+1]) && isContinuation(data[at+2]) {
		return at + 3
	}
	r, size := utf8.DecodeRune(data[at:])
	if r < utf8.RuneSelf || r == utf8.RuneError { // a control character, or broken
		return unclean
	}
	return at + size
}

// escaped reads on a text that begins at an index, from its first escape.
func escaped(data []byte, from, at int) (plain []byte, next int) {
	plain = append(make([]byte, 0, len(data[from:at])+32), data[from:at]...)
	for at < len(data) {
		c := data[at]
		switch {
		case safeText[c]:
			plain = append(plain, c)
			at++
		case c == '"':
			return plain, at + 1
		case c == '\\':
			var r rune
			if r, at = escape(data, at+1); at < 0 {
				return nil, unclean
			}
			plain = utf8.AppendRune(plain, r)
		default:
			end := beyondASCII(data, at)
			if end < 0 {
				return nil, unclean
			}
			plain = append(plain, data[at:end]...)
			at = end
		}
	}
	return nil, unclean
}

// escape reads what stands behind a backslash.
func escape(data []byte, at int) (r rune, next int) {
	if at >= len(data) {
		return 0, unclean
	}
	switch c := data[at]; c {
	case '"', '\\', '/':
		return rune(c), at + 1
	case 'b':
		return '\b', at + 1
	case 'f':
		return '\f', at + 1
	case 'n':
		return '\n', at + 1
	case 'r':
		return '\r', at + 1
	case 't':
		return '\t', at + 1
	case 'u':
		r, at = fourHex(data, at+1)
	default:
		return 0, unclean
	}
	if at > 0 && utf16.IsSurrogate(r) {
		if at = word(data, at, `\u`); at < 0 {
			return 0, unclean
		}
		var low rune
		low, at = fourHex(data, at)
		r = utf16.DecodeRune(r, low) // U+FFFD if they are no pair
	}
	if r == 0 || r == utf8.RuneError {
		return 0, unclean
	}
	return r, at
}

func fourHex(data []byte, at int) (r rune, next int) {
	if len(data)-at < 4 {
		return 0, unclean
	}
	for _, c := range data[at : at+4] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, unclean
		}
		r = r<<4 | rune(c)
	}
	return r, at + 4
}

// number passes over a number.
func number(data []byte, at int) int {
	if at < len(data) && data[at] == '-' {
		at++
	}
	switch {
	case at < len(data) && data[at] == '0':
		at++
	default:
		if at = digits(data, at); at < 0 {
			return unclean
		}
	}
	if at < len(data) && data[at] == '.' {
		if at = digits(data, at+1); at < 0 {
			return unclean
		}
	}
	if at < len(data) && (data[at] == 'e' || data[at] == 'E') {
		at++
		if at < len(data) && (data[at] == '+' || data[at] == '-') {
			at++
		}
		at = digits(data, at)
	}
	return at
}

// digits passes over at least one digit.
func digits(data []byte, at int) int {
	from := at
	for at < len(data) && '0' <= data[at] && data[at] <= '9' {
		at++
	}
	if at == from {
		return unclean
	}
	return at
}

// skip passes over any value.
func skip(data []byte, at, level int) int {
	if at >= len(data) || level > mostLevels {
		return unclean
	}
	switch data[at] {
	case '"':
		_, at = text(data, at)
		return at
	case 't':
		return word(data, at, "true")
	case 'f':
		return word(data, at, "false")
	case 'n':
		return word(data, at, "null")
	case '[':
		return items(data, at, func(at int) int { return skip(data, at, level+1) })
	case '{':
		return members(data, at, func(_ []byte, at int) int { return skip(data, at, level+1) })
	}
	from := at
	if at = number(data, at); at < 0 {
		return unclean
	}
	if _, err := strconv.ParseFloat(string(data[from:at]), 64); err != nil { // encoding/json refuses it in some places
		return unclean
	}
	return at
}

// items reads a list; item reads one of it.
func items(data []byte, at int, item func(at int) int) int {
	if at = sign(data, at, '['); at < 0 {
		return unclean
	}
	if at = blank(data, at); at < len(data) && data[at] == ']' {
		return at + 1
	}
	for {
		if at = item(blank(data, at)); at < 0 {
			return unclean
		}
		at = blank(data, at)
		if at >= len(data) {
			return unclean
		}
		switch data[at] {
		case ',':
			at++
		case ']':
			return at + 1
		default:
			return unclean
		}
	}
}

// members reads an object; member reads the value of one name.
func members(data []byte, at int, member func(name []byte, at int) int) int {
	if at = sign(data, at, '{'); at < 0 {
		return unclean
	}
	if at = blank(data, at); at < len(data) && data[at] == '}' {
		return at + 1
	}
	for {
		var name []byte
		if name, at = text(data, blank(data, at)); at < 0 {
			return unclean
		}
		if at = sign(data, blank(data, at), ':'); at < 0 {
			return unclean
		}
		if at = member(name, blank(data, at)); at < 0 {
			return unclean
		}
		at = blank(data, at)
		if at >= len(data) {
			return unclean
		}
		switch data[at] {
		case ',':
			at++
		case '}':
			return at + 1
		default:
			return unclean
		}
	}
}

// compact says whether a name can be one of a map in a request: huma's paths cut others at dots and brackets.
func compact(name []byte) bool {
	return len(name) > 0 && len(name) <= 64 && !bytes.ContainsAny(name, ".[")
}
