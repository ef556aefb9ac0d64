package population

import (
	"testing"
	"time"
)

// Days agree with package time over all years that anybody was born in or a card is valid to.
func TestDays(t *testing.T) {
	t.Parallel()
	for at := time.Date(1880, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2060; at = at.AddDate(0, 0, 1) {
		y, m, d := at.Date()
		days := on(y, int(m), d)
		if got := day(at.Unix() / 86400); at.Unix() >= 0 && days != got {
			t.Fatalf("%s is day %d, not %d", at.Format(time.DateOnly), got, days)
		}
		if year, month, dayOfMonth := days.civil(); year != y || month != int(m) || dayOfMonth != d {
			t.Fatalf("%s is read as %d-%d-%d", at.Format(time.DateOnly), year, month, dayOfMonth)
		}
		var written text
		if s := written.writeDay(days); s != at.Format(time.DateOnly) {
			t.Fatalf("%s is written %s", at.Format(time.DateOnly), s)
		}
		if parsed, ok := parseDay(at.Format(time.DateOnly)); !ok || parsed != days {
			t.Fatalf("%s is parsed as %d", at.Format(time.DateOnly), parsed)
		}
		if later, _, _ := at.AddDate(75, 0, 0).Date(); days.years(75) != dayOf(at.AddDate(75, 0, 0)) {
			t.Fatalf("75 years after %s is in %d", at.Format(time.DateOnly), later)
		}
	}
}

func dayOf(at time.Time) day {
	y, m, d := at.Date()
	return on(y, int(m), d)
}

func TestNoSuchDays(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "2021-02-29", "2021-13-01", "2021-00-10", "2021-04-31", "2021-4-1", "2021/04/01", "0000-01-01", "2021-04-0x", "2021-04-011",
	} {
		if d, ok := parseDay(s); ok {
			t.Errorf("%q is parsed as %d", s, d)
		}
	}
}
