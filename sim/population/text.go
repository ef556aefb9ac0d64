package population

import (
	"strconv"
	"strings"
)

// text is one piece of memory for all the words of a person. What was written stays where it is while more is written
// after it, so each word is a part of the whole and takes no memory of its own.
type text struct {
	strings.Builder
	begin int
}

// written is what was written since the last end.
func (t *text) written() string { return t.String()[t.begin:] }

// end gives what was written, and begins the next word.
func (t *text) end() string {
	s := t.written()
	t.begin = t.Len()
	return s
}

func (t *text) write(s string) { t.WriteString(s) }

func (t *text) writeNumber(n int) {
	var b [20]byte
	t.Write(strconv.AppendInt(b[:0], int64(n), 10))
}

// writeDigits writes a number with zeros before it.
func (t *text) writeDigits(n uint64, width int) {
	var b [20]byte
	putDigits(b[:width], n)
	t.Write(b[:width])
}

// digitPairs are 00 to 99: two digits of a number take one division.
var digitPairs = func() (all [100][2]byte) {
	for i := range all {
		all[i] = [2]byte{byte('0' + i/10), byte('0' + i%10)}
	}
	return all
}()

func putDigits(b []byte, n uint64) {
	for len(b) >= 2 {
		last, rest := len(b)-1, n/100
		pair := digitPairs[n-100*rest]
		b[last-1], b[last] = pair[0], pair[1]
		b, n = b[:last-1], rest
	}
	if len(b) > 0 {
		b[0] = byte('0' + n%10)
	}
}

func (t *text) writeDay(d day) string {
	year, month, dayOfMonth := d.civil()
	century, ofCentury, ofYear, ofMonth := digitPairs[year/100], digitPairs[year%100], digitPairs[month], digitPairs[dayOfMonth]
	b := [...]byte{
		century[0], century[1], ofCentury[0], ofCentury[1], '-', ofYear[0], ofYear[1], '-', ofMonth[0], ofMonth[1],
	}
	t.Write(b[:])
	return t.end()
}
