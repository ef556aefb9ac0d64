package leakscan

import (
	"html"
	"unicode/utf16"
	"unicode/utf8"
)

// character gives the first character with all escapes undone, and the bytes that it takes: \uXXXX of JSON and Java,
// references of HTML, and the percent escapes in which these may stand themselves, as in a form's field that was
// sent in Shift_JIS. A \n, \r or \t is the space that it stands for.
func (c *charset) character(text []byte) (rune, int) {
	r, size := c.plain(text)
	if r == '%' {
		r, size = c.unescaped(text)
	}
	switch r {
	case '\\':
		if escaped, taken := c.backslash(text[size:]); taken > 0 {
			return escaped, size + taken
		}
	case '&':
		if referred, taken := c.reference(text[size:]); taken > 0 {
			return referred, size + taken
		}
	}
	return r, size
}

// backslash reads what stands after a backslash; size is 0 if that makes no escape. JSON that is a text in JSON has two
// backslashes before each escape, or four.
func (c *charset) backslash(text []byte) (r rune, size int) {
	letter, size := c.letter(text)
	switch letter {
	case 'n', 'r', 't':
		return ' ', size
	case 'u':
		return c.utf16Unit(text, size)
	}
	return 0, 0
}

// letter reads at most three more backslashes and the character after them.
func (c *charset) letter(text []byte) (r rune, size int) {
	for range 4 {
		var taken int
		r, taken = c.unescaped(text[size:])
		size += taken
		if r != '\\' {
			break
		}
	}
	return r, size
}

// utf16Unit reads the digits of \uXXXX, and the second half of a pair.
func (c *charset) utf16Unit(text []byte, at int) (r rune, size int) {
	r, digits, taken := c.number(text[at:], 16, 4)
	if digits != 4 {
		return 0, 0
	}
	at += taken
	if !utf16.IsSurrogate(r) {
		return r, at
	}
	if slash, taken := c.unescaped(text[at:]); slash == '\\' {
		half := at + taken
		letter, taken := c.letter(text[half:])
		low, digits, more := c.number(text[half+taken:], 16, 4)
		if pair := utf16.DecodeRune(r, low); letter == 'u' && digits == 4 && pair != utf8.RuneError {
			return pair, half + taken + more
		}
	}
	return utf8.RuneError, at
}

// reference reads what stands after an ampersand; size is 0 if that is no reference. As browsers do, it takes a numeric one
// without a semicolon too.
func (c *charset) reference(text []byte) (r rune, size int) {
	sign, at := c.unescaped(text)
	if sign != '#' {
		return c.named(text)
	}
	base := rune(10)
	if x, taken := c.unescaped(text[at:]); x == 'x' || x == 'X' {
		base, at = 16, at+taken
	}
	r, digits, taken := c.number(text[at:], base, 7)
	if digits == 0 || !utf8.ValidRune(r) {
		return 0, 0
	}
	at += taken
	if end, taken := c.unescaped(text[at:]); end == ';' {
		at += taken
	}
	return r, at
}

// longestName is how many letters and digits the name of a reference that is looked for has at the most.
const longestName = 8

// named reads a reference by its name, as in &nbsp; or &ndash;.
func (c *charset) named(text []byte) (r rune, size int) {
	name := []byte{'&'}
	for name[len(name)-1] != ';' {
		letter, taken := c.unescaped(text[size:])
		if letter != ';' && (letter >= utf8.RuneSelf || !isWord(letter) || len(name) > longestName) {
			return 0, 0
		}
		name, size = append(name, byte(letter)), size+taken
	}
	stands := html.UnescapeString(string(name))
	r, taken := utf8.DecodeRuneInString(stands)
	if taken < len(stands) {
		return 0, 0
	}
	return r, size
}

// number reads at most so many digits.
func (c *charset) number(text []byte, base rune, most int) (number rune, digits, size int) {
	for digits < most {
		r, taken := c.unescaped(text[size:])
		digit, ok := hexDigit(r)
		if !ok || digit >= base {
			break
		}
		number, digits, size = number*base+digit, digits+1, size+taken
	}
	return number, digits, size
}
