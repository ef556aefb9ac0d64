package journal

import (
	"encoding/json"
	"strconv"
	"strings"
)

// decimal is a JSON number in its one form, the digits without zeros at either end, so that 1, 1.0 and 10e-1 are equal and
// no digit is lost on the way through a float.
type decimal struct {
	negative bool
	digits   string // none for zero
	exponent int    // of ten, of the last digit
}

// sameNumber compares two JSON numbers exactly.
func sameNumber(a, b json.Number) bool {
	if a == b {
		return true
	}
	x, known := newDecimal(string(a))
	y, alsoKnown := newDecimal(string(b))
	return known && alsoKnown && x == y
}

// newDecimal reads a JSON number; it knows none with an exponent beyond all use.
func newDecimal(number string) (d decimal, known bool) {
	number, d.negative = strings.CutPrefix(number, "-")
	mantissa, exponent := number, ""
	if e := strings.IndexAny(number, "eE"); e >= 0 {
		mantissa, exponent = number[:e], number[e+1:]
	}
	if exponent != "" {
		parsed, err := strconv.ParseInt(exponent, 10, 32)
		if err != nil {
			return decimal{}, false
		}
		d.exponent = int(parsed)
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	d.digits = strings.TrimRight(digits, "0")
	d.exponent += len(digits) - len(d.digits) - len(fraction)
	if d.digits == "" {
		return decimal{}, true
	}
	return d, true
}
