package leakscan

import "unicode/utf8"

// reading reads the text in one charset, and knows how far it has come.
type reading struct {
	charset charset
	matcher *matcher
	next    place // where the next character begins
}

// readingsOf gives the ways to read a text that begins in the window.
func readingsOf(d *dictionary, w *window) [2]*reading {
	charsets, mark := charsetsOf(w.buffer)
	var readings [2]*reading
	for i, c := range charsets {
		r := &reading{charset: c, next: place{offset: int64(mark), line: 1, column: 1}}
		r.matcher = newMatcher(d, &r.charset)
		readings[i] = r
	}
	return readings
}

// read takes the characters that begin before an offset, and appends what it finds. After the offset the window holds as
// much as an escape may take, or the end of the text.
func (r *reading) read(w *window, until int64, found []match) []match {
	text := w.from(r.next.offset)
	for left := int(until - r.next.offset); left > 0; {
		if r.charset.unit == 1 && r.matcher.idle() {
			dull := r.skip(text[:left])
			text, left = text[dull:], left-dull
			if left == 0 {
				break
			}
		}
		character, size := r.charset.character(text)
		at := r.next
		r.advance(character, size, r.characters(text, size))
		r.matcher.take(character, at, r.next.offset)
		text, left = text[size:], left-size
	}
	found = append(found, r.matcher.found...)
	r.matcher.found = r.matcher.found[:0]
	return found
}

// skip passes over ASCII characters that can't begin anything: most of a log. It says how many.
func (r *reading) skip(text []byte) int {
	dull := &r.matcher.dictionary.dull
	n := 0
	for n < len(text) && dull[text[n]] {
		n++
	}
	if n > 0 {
		r.next.offset += int64(n)
		r.next.column += int64(n)
		r.matcher.before = rune(text[n-1])
	}
	return n
}

// characters counts those that were taken as one: an escape is as many as it is written with.
func (r *reading) characters(text []byte, size int) int {
	if size == r.charset.unit || r.charset.unit == 1 && text[0] >= utf8.RuneSelf {
		return 1
	}
	if first, _ := r.charset.plain(text); first < utf8.RuneSelf {
		return size / r.charset.unit
	}
	return 1
}

// advance goes on over what was taken. Only a line break that stands as such ends a line.
func (r *reading) advance(character rune, size, characters int) {
	r.next.offset += int64(size)
	if character == '\n' && size == r.charset.unit {
		r.next.line++
		r.next.column, r.next.broken = 1, 0
		return
	}
	if character == utf8.RuneError {
		r.next.broken++
	}
	r.next.column += int64(characters)
}

// finish takes what is left at the end of the text.
func (r *reading) finish(w *window, found []match) []match {
	found = r.read(w, w.end(), found)
	r.matcher.decide(0, 0)
	return append(found, r.matcher.found...)
}
