package leakscan

import (
	"cmp"
	"slices"
	"strings"
)

// ledger brings the matches of both readings together and keeps what the report lists.
type ledger struct {
	dictionary *dictionary
	report     Report
	open       []match // not settled: more may come at their places
	listed     map[int]int
	covered    map[string]int64 // up to where the last text of a person goes
}

func newLedger(d *dictionary, unpacked bool) *ledger {
	return &ledger{dictionary: d, report: Report{Unpacked: unpacked, Findings: []Finding{}}, listed: map[int]int{}, covered: map[string]int64{}}
}

// settle enters the matches that begin before an offset, from which on others may come.
func (l *ledger) settle(w *window, before int64) {
	slices.SortFunc(l.open, l.compare)
	settled := 0
	for settled < len(l.open) && l.open[settled].offset < before {
		same := settled + 1
		for same < len(l.open) && l.open[same].offset == l.open[settled].offset {
			same++
		}
		l.enter(w, l.open[settled:same])
		settled = same
	}
	l.open = slices.Delete(l.open, 0, settled)
}

// compare puts matches in the order of their places, longer ones first. Of one that both readings found, that comes first
// in which more of the line makes sense.
func (l *ledger) compare(x, y match) int {
	return cmp.Or(
		cmp.Compare(x.offset, y.offset),
		cmp.Compare(l.dictionary.patterns[y.pattern].length, l.dictionary.patterns[x.pattern].length),
		cmp.Compare(x.pattern, y.pattern),
		cmp.Compare(x.broken, y.broken),
		-cmp.Compare(x.charset.encoding, y.charset.encoding), // UTF-8 before Shift_JIS
	)
}

// enter takes the matches at one place, and of one person only the longest, unless that stands within one taken before, or
// is the beginning of an address that begins there.
func (l *ledger) enter(w *window, matches []match) {
	matches = judged(matches)
	for i, m := range matches {
		for _, number := range l.dictionary.patterns[m.pattern].items {
			item := l.dictionary.items[number]
			within := m.end <= l.covered[item.Person] || item.Kind == AddressBeginning && m.offset < l.covered[item.Person]
			if !within && !l.hasLonger(matches[:i], m.pattern, item.Person) {
				l.list(w, m, number)
			}
		}
	}
	for _, m := range matches {
		for person := range l.dictionary.patterns[m.pattern].owners {
			l.covered[person] = max(l.covered[person], m.end)
		}
	}
}

// judged takes each pattern once. The reading that makes more sense knows its column, and whether it stands there at all:
// the other one doesn't see the full-width digit with which a number goes on.
func judged(matches []match) []match {
	matches = slices.CompactFunc(matches, func(x, y match) bool { return x.pattern == y.pattern })
	return slices.DeleteFunc(matches, func(m match) bool { return m.refused })
}

// hasLonger says whether one of the matches is a longer text of the same person.
func (l *ledger) hasLonger(matches []match, than int32, person string) bool {
	patterns := l.dictionary.patterns
	return slices.ContainsFunc(matches, func(m match) bool {
		return patterns[m.pattern].length > patterns[than].length && patterns[m.pattern].owners[person]
	})
}

func (l *ledger) list(w *window, m match, number int) {
	l.report.Total++
	if len(l.report.Findings) == mostFindings || l.listed[number] == mostPlaces {
		l.report.Cut = true
		return
	}
	l.listed[number]++
	item := l.dictionary.items[number]
	l.report.Findings = append(l.report.Findings, Finding{
		Person: item.Person, Kind: item.Kind, Text: item.Text,
		Found:    found(w.from(m.offset)[:m.end-m.offset], m.charset),
		Encoding: m.charset.encoding, Line: m.line, Column: m.column, Offset: m.offset,
	})
}

// found shows how an item stands in the input, with its escapes.
func found(text []byte, c *charset) string {
	var shown strings.Builder
	for count := 0; len(text) > 0; count++ {
		if count == mostFound {
			shown.WriteRune('…')
			break
		}
		r, size := c.plain(text)
		shown.WriteRune(r)
		text = text[size:]
	}
	return shown.String()
}

// close gives the report, of so many bytes that were read.
func (l *ledger) close(bytes int64) Report {
	l.report.Bytes = bytes
	return l.report
}
