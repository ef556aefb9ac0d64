package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Mistake is something in a file that is not as it must be, and what was expected in its place.
type Mistake struct {
	File    string
	Line    int // from 1
	Column  int // from 1, in characters
	Field   string
	Message string
}

// String gives the mistake as compilers write theirs, so that editors can jump to it.
func (m Mistake) String() string {
	text := fmt.Sprintf("%s:%d:%d: ", m.File, m.Line, m.Column)
	if m.Field != "" {
		text += m.Field + ": "
	}
	return text + m.Message
}

// Mistakes are all mistakes of one file, in the file's order.
type Mistakes []Mistake

// Error gives one mistake per line.
func (ms Mistakes) Error() string {
	lines := make([]string, len(ms))
	for i, m := range ms {
		lines[i] = m.String()
	}
	return strings.Join(lines, "\n")
}

// orNil gives the mistakes in order; nil when there are none. Of several about one thing the first counts: the others
// mostly follow from it.
func (ms Mistakes) orNil() error {
	if len(ms) == 0 {
		return nil
	}
	slices.SortStableFunc(ms, func(a, b Mistake) int {
		return cmp.Or(a.Line-b.Line, a.Column-b.Column, strings.Compare(a.Field, b.Field))
	})
	return slices.CompactFunc(ms, func(a, b Mistake) bool {
		return a.Line == b.Line && a.Column == b.Column && a.Field == b.Field
	})
}
