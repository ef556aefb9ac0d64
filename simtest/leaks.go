package simtest

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"onshisim/sim/protected"
)

// places are where information is seen.
var places = []string{"insurer", "agency", "mynaportal", "institution"}

// NoLeaks fails the test, and lets it go on, if a text has what belongs to a protected person and is not to be seen at a
// place: insurer, agency, mynaportal or institution, where the program is that wrote the text, as its log or its page. What
// the flags as they stand now let that place see (P12) is no leak.
func (w *World) NoLeaks(t TB, place string, text io.Reader) protected.Report {
	t.Helper()
	if !slices.Contains(places, place) {
		t.Fatalf("simtest: scan for leaks: there is no place %q; the places are %s", place, strings.Join(places, ", "))
	}
	report, err := w.Control.ScanForLeaks(t.Context(), text)
	if err != nil {
		t.Fatalf("simtest: scan for leaks: %v", err)
	}
	var leaks []string
	for _, f := range report.Findings {
		if !slices.ContainsFunc(f.MayHaveComeThrough, func(v protected.View) bool { return v.Place == place }) {
			leaks = append(leaks, fmt.Sprintf("  line %d, column %d: %s of %s: %q", f.Line, f.Column, f.Kind, f.Person, f.Found))
		}
	}
	if len(leaks) > 0 {
		t.Errorf("simtest: the text has what is not to be seen at the place %s in the world %s:\n%s", place, w.Name, strings.Join(leaks, "\n"))
	}
	return report
}
