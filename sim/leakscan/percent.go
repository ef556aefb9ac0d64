package leakscan

import "unicode/utf8"

// unescaped gives the first character with percent escapes undone, and the bytes that it takes.
//
// An escape gives an octet, and octets give a character in the charset's way. Only in Shift_JIS may the last of them stand
// for itself, where it is an ASCII letter or sign (%83A is ア); a byte beyond ASCII never does.
func (c *charset) unescaped(text []byte) (rune, int) {
	first, size := c.plain(text)
	if first != '%' {
		return first, size
	}
	octets := c.spelt
	var ends [utf8.UTFMax]int
	count := 0
	for at := 0; count < len(octets); count++ {
		octet, taken, ok := c.octet(text[at:])
		if !ok && count > 0 {
			octet, taken, ok = c.ascii(text[at:])
		}
		if !ok {
			break
		}
		at += taken
		octets[count], ends[count] = octet, at
	}
	if count == 0 || isControl(octets[0]) {
		return first, size
	}
	r, taken := c.octets(octets[:count])
	return r, ends[taken-1]
}

// octet reads one escape.
func (c *charset) octet(text []byte) (octet byte, size int, ok bool) {
	percent, size := c.plain(text)
	if percent != '%' {
		return 0, 0, false
	}
	for range 2 {
		r, taken := c.plain(text[size:])
		digit, ok := hexDigit(r)
		if !ok {
			return 0, 0, false
		}
		octet, size = octet<<4|byte(digit), size+taken
	}
	return octet, size, true
}

// ascii reads one ASCII character that stands for itself.
func (c *charset) ascii(text []byte) (octet byte, size int, ok bool) {
	r, size := c.plain(text)
	return byte(r), size, size > 0 && r < utf8.RuneSelf && r != '%'
}

// isControl says of an octet that nobody escapes it: in 100%0000202 the percent sign is one.
func isControl(octet byte) bool {
	return octet < ' ' && octet != '\t' && octet != '\n' && octet != '\r' || octet == 0x7F
}

func hexDigit(r rune) (rune, bool) {
	switch {
	case r >= '0' && r <= '9':
		return r - '0', true
	case r >= 'a' && r <= 'f':
		return r - 'a' + 10, true
	case r >= 'A' && r <= 'F':
		return r - 'A' + 10, true
	}
	return 0, false
}
