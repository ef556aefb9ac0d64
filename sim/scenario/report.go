package scenario

import "time"

// Report is what the reports are made from.
type Report struct {
	At      time.Time // when it was played
	Target  string    // what it was played against, in words
	Program Program   // which program answered, by which rules; empty where nobody asked it
	Results []Result
}

// Passed says whether every scenario passed.
func (r Report) Passed() bool { return r.Count(Failed) == 0 }

// Count counts the scenarios that passed or failed.
func (r Report) Count(verdict Verdict) int {
	found := 0
	for _, result := range r.Results {
		if result.Passed() == (verdict == Passed) {
			found++
		}
	}
	return found
}

// CountRules counts the rules of a coverage that have a verdict.
func CountRules(covered []Coverage, verdict Verdict) int {
	found := 0
	for _, c := range covered {
		if c.Verdict == verdict {
			found++
		}
	}
	return found
}
