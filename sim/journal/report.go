package journal

import (
	"fmt"
	"strings"
)

// report says in a few lines what was expected and what is there.
func (v *Verification) report(expected count, match *pattern) string {
	var text strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&text, format+"\n", args...) }
	line("Expected %s with %s.", expected, compact(match.raw))
	verdict := "the expectation does not hold"
	if v.Holds {
		verdict = "the expectation holds"
	}
	line("Matched %d of %s: %s.", v.Matched, entries(v.Examined), verdict)
	if !v.Holds && v.Matched > expected.least {
		line("Those that match: %s.", v.numbers())
	}
	if len(v.NearMisses) > 0 {
		line("Closest of the others:")
	}
	for _, miss := range v.NearMisses {
		line("  #%d %s %s", miss.Number, miss.Method, miss.Path)
		for _, d := range miss.Differences {
			line("    %s: expected %s, got %s", d.Field, d.Expected, d.Got)
		}
	}
	switch v.Dropped {
	case 0:
	case 1:
		line("Warning: 1 earlier entry was dropped; it is not counted here, whether it would have matched or not.")
	default:
		line("Warning: %d earlier entries were dropped; they are not counted here, whether they would have matched or not.", v.Dropped)
	}
	return text.String()
}

// numbers lists the entries that match.
func (v *Verification) numbers() string {
	var list []string
	for _, number := range v.Numbers {
		list = append(list, fmt.Sprintf("#%d", number))
	}
	if more := v.Matched - len(v.Numbers); more > 0 {
		list = append(list, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(list, ", ")
}
