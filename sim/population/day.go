package population

import "math"

// day is a calendar day, counted from 1970-01-01. Days are reckoned with here and not by package time because every
// person takes a dozen of them.
type day int32

// never is the end of what has none.
const never day = math.MaxInt32

var asOf = on(2021, 4, 1)

// epoch is how many days 1970-01-01 comes after 1 March of the year 0. Years count from March here, so that the leap day
// is the last; no day before that epoch is asked for.
const epoch = 719468

// on gives a day of the Gregorian calendar. 29 February is 1 March in a year without one, for birthdays.
func on(year, month, dayOfMonth int) day {
	if month <= 2 {
		year, month = year-1, month+12
	}
	y := uint(year)
	return day(365*y+y/4-y/100+y/400+uint(153*(month-3)+2)/5) + day(dayOfMonth-1-epoch)
}

// civil is the day in the Gregorian calendar, by the algorithm of Neri and Schneider (Euclidean affine functions and
// their application to calendar algorithms): divisions by constants alone.
func (d day) civil() (year, month, dayOfMonth int) {
	fourfold := 4*uint32(d+epoch) + 3
	century, ofCentury := fourfold/146097, fourfold%146097/4
	product := 2939745 * uint64(4*ofCentury+3)
	ofYear := uint32(product) / 2939745 / 4
	affine := 2141*ofYear + 197913
	year, month, dayOfMonth = int(100*century+uint32(product>>32)), int(affine>>16), int(affine&0xFFFF/2141)+1
	if ofYear >= 306 {
		year, month = year+1, month-12
	}
	return year, month, dayOfMonth
}

// years later, or earlier if negative.
func (d day) years(n int) day {
	y, m, dd := d.civil()
	return on(y+n, m, dd)
}

// monthBegin is the first day of the month.
func (d day) monthBegin() day {
	_, _, dd := d.civil()
	return d - day(dd) + 1
}

// parseDay reads a date as in 2006-01-02; ok is false for a day that no calendar has.
func parseDay(s string) (d day, ok bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, false
	}
	y, okYear := parseDigits(s[:4])
	m, okMonth := parseDigits(s[5:7])
	dd, okDay := parseDigits(s[8:])
	if !okYear || !okMonth || !okDay || y < 1 || m < 1 || m > 12 || dd < 1 || dd > 31 {
		return 0, false
	}
	d = on(int(y), int(m), int(dd))
	_, _, same := d.civil()
	return d, same == int(dd)
}

// parseDigits reads ASCII digits and nothing else; more than 19 are no number here.
func parseDigits(s string) (n uint64, ok bool) {
	if s == "" || len(s) > 19 {
		return 0, false
	}
	for i := range len(s) {
		digit := s[i] - '0'
		if digit > 9 {
			return 0, false
		}
		n = 10*n + uint64(digit)
	}
	return n, true
}
