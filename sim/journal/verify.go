package journal

import (
	"context"
	"reflect"
)

// Verification is what became of an Expectation.
type Verification struct {
	Holds      bool       `json:"holds"`
	Matched    int        `json:"matched" doc:"how many entries match"`
	Examined   int        `json:"examined" doc:"of how many that are there"`
	Dropped    uint64     `json:"dropped" doc:"how many more there were that went over the bounds, and were not examined"`
	Numbers    []uint64   `json:"numbers" doc:"of the first 100 that match"`
	NearMisses []NearMiss `json:"nearMisses" doc:"if too few match: the up to 3 others that came closest, closest first"`
	Report     string     `json:"report" doc:"all this as lines of text for a test to print"`
}

// NearMiss is an entry that does not match.
type NearMiss struct {
	Number      uint64       `json:"number"`
	Method      string       `json:"method"`
	Path        string       `json:"path"`
	Differences []Difference `json:"differences"`
}

// Difference is one field that is not as expected.
type Difference struct {
	Field    string `json:"field" doc:"as in decisions[0].outcome"`
	Expected string `json:"expected" doc:"as JSON, shortened"`
	Got      string `json:"got" doc:"as JSON, shortened; or nothing"`
}

// mostNumbers bounds Verification.Numbers.
const mostNumbers = 100

// Verify holds an expectation against the entries. Its errors are a *problem.Error that names the field: counts that
// contradict each other, or a Match that no record can ever match, so that a misspelling does not pass for an absence; or
// that of a shared journal that can't be read.
func (j *Journal) Verify(ctx context.Context, e Expectation) (Verification, error) {
	expected, err := e.count()
	if err != nil {
		return Verification{}, err
	}
	match, err := e.pattern()
	if err != nil {
		return Verification{}, err
	}
	s, err := j.book.since(ctx, e.After)
	if err != nil {
		return Verification{}, err
	}
	v := Verification{Examined: len(s.entries), Dropped: s.dropped, Numbers: []uint64{}}
	matcher := newMatcher(match)
	var near closest
	for _, entry := range s.entries {
		differences, weight := matcher.compare(entry)
		if len(differences) > 0 {
			near.add(entry, differences, weight)
			continue
		}
		if v.Matched++; v.Matched <= mostNumbers {
			v.Numbers = append(v.Numbers, entry.Number)
		}
	}
	v.Holds = expected.holds(v.Matched)
	v.NearMisses = []NearMiss{}
	if v.Matched < expected.least {
		v.NearMisses = near.misses()
	}
	v.Report = v.report(expected, match)
	return v, nil
}

// matcher holds entries against the pattern of a Record. It reads the bodies only if the pattern does.
type matcher struct {
	fields []matcherField
	bodies bool // the pattern looks into a body
}

type matcherField struct {
	fieldPattern
	index  int // in Record
	weight int
}

func newMatcher(record *pattern) matcher {
	var m matcher
	for _, field := range record.fields {
		known, _ := fieldOf(recordType, field.name)
		m.fields = append(m.fields, matcherField{field, known.Index[0], weightOf(field.name)})
		m.bodies = m.bodies || field.name == "request" || field.name == "answer"
	}
	return m
}

// weightOf is what a difference in a field of a Record counts for: another request altogether is farther off than one
// that was made a little differently.
func weightOf(field string) int {
	switch field {
	case "method", "path", "system", "operation":
		return 8
	case "request", "answer":
		return 1
	}
	return 2
}

// compare gives the differences, none if the entry matches, and how far off they are together.
func (m *matcher) compare(e *Entry) (found []difference, weight int) {
	record := e.head
	if m.bodies {
		record = e.record
	}
	r := reflect.ValueOf(record())
	for _, field := range m.fields {
		differences := within(field.name, field.compare(plain(r.Field(field.index))))
		weight += field.weight * weigh(differences)
		found = append(found, differences...)
	}
	return found, weight
}
