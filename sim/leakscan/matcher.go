package leakscan

import "unicode/utf8"

// place is where a character begins.
type place struct {
	offset, line, column int64
	broken               int // characters before it in its line, or just behind it, that are none in this reading
}

// match is a pattern found by one reading.
type match struct {
	place
	end     int64
	pattern int32
	charset *charset
	refused bool // what stands beside it makes it something else, in this reading
}

// start is a character that may begin a match.
type start struct {
	place
	inWord bool // the character before continues a number
}

// matcher follows one reading's characters through the automaton.
type matcher struct {
	dictionary *dictionary
	charset    *charset
	state      int32
	before     rune    // the last character, ignored or not
	recent     []start // a ring of the characters that the state may have begun with
	count      int     // of characters that ever were in it
	ending     []match // at the last character: what comes next may still speak against them
	found      []match
}

func newMatcher(d *dictionary, c *charset) *matcher {
	size := 1
	for size < d.depth {
		size *= 2
	}
	return &matcher{dictionary: d, charset: c, recent: make([]start, size)}
}

// idle says whether nothing has begun and nothing is left to be decided.
func (m *matcher) idle() bool { return m.state == root && len(m.ending) == 0 }

// take goes on by one character.
func (m *matcher) take(r rune, at place, end int64) {
	f := fold(m.dictionary.forms, r)
	if len(m.ending) > 0 {
		m.decide(r, f.base)
	}
	if f.base != 0 {
		m.step(f.base, at, end)
	}
	if f.mark != 0 {
		m.decide(r, f.mark)
		m.step(f.mark, at, end)
	}
	m.before = r
}

func (m *matcher) step(base rune, at place, end int64) {
	m.state = m.dictionary.automaton.next(m.state, m.dictionary.symbol(base))
	if m.state == root {
		return
	}
	m.recent[m.count&(len(m.recent)-1)] = start{at, isWord(m.before)}
	m.count++
	nodes := m.dictionary.automaton.nodes
	for state := m.state; state != root; state = nodes[state].report {
		number := nodes[state].pattern
		if number == none {
			continue
		}
		pattern := &m.dictionary.patterns[number]
		begin := &m.recent[(m.count-pattern.length)&(len(m.recent)-1)]
		if end-begin.offset <= reach {
			m.ending = append(m.ending, match{begin.place, end, number, m.charset, pattern.digits && begin.inWord})
		}
	}
}

// decide refuses the matches that the next character, as it stands and folded, speaks against: a number may not go on, and
// a kana may not get a sound mark.
func (m *matcher) decide(next, base rune) {
	for _, match := range m.ending {
		pattern := &m.dictionary.patterns[match.pattern]
		if pattern.digits && isWord(next) || takesMark(pattern.last, base) {
			match.refused = true
		}
		if next == utf8.RuneError {
			match.broken++
		}
		m.found = append(m.found, match)
	}
	m.ending = m.ending[:0]
}
