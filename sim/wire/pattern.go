package wire

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"unicode/utf8"
)

// A pattern here is nearly always a few alternatives, each a row of characters out of fixed sets: digits of a number, the
// parts of a date. Such a one is held byte by byte; any other is left to regexp.

// run is a number of characters out of a set.
type run struct {
	of       *[256]bool
	min, max int // max below 0: any number
}

// newPattern compiles a pattern of the whole text.
func newPattern(pattern string) (matches func(text []byte) bool, err error) {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, fmt.Errorf("wire: %w", err)
	}
	if rows, ok := rowsOf(parsed); ok {
		return func(text []byte) bool {
			for _, row := range rows {
				if matchesRow(text, row) {
					return true
				}
			}
			return false
		}, nil
	}
	compiled, err := regexp.Compile(pattern)
	if err != nil {
		return nil, fmt.Errorf("wire: %w", err)
	}
	return compiled.Match, nil
}

// rowsOf are the alternatives of a pattern that is bound to both ends of the text.
func rowsOf(pattern *syntax.Regexp) (rows [][]run, ok bool) {
	parts := pattern.Sub
	if pattern.Op != syntax.OpConcat || len(parts) < 2 || parts[0].Op != syntax.OpBeginText || parts[len(parts)-1].Op != syntax.OpEndText {
		return nil, false
	}
	rows, ok = expand(&syntax.Regexp{Op: syntax.OpConcat, Sub: parts[1 : len(parts)-1]})
	for _, row := range rows {
		for i, r := range row {
			if r.min != r.max && i < len(row)-1 { // how many are meant would depend on what follows
				return nil, false
			}
		}
	}
	return rows, ok
}

// expand writes a part of a pattern as alternatives.
func expand(part *syntax.Regexp) (rows [][]run, ok bool) {
	switch part.Op {
	case syntax.OpEmptyMatch:
		return [][]run{{}}, true
	case syntax.OpLiteral:
		return literal(part)
	case syntax.OpCharClass:
		set, ok := setOf(part.Rune)
		return [][]run{{{set, 1, 1}}}, ok
	case syntax.OpCapture:
		return expand(part.Sub[0])
	case syntax.OpQuest:
		rows, ok = expand(part.Sub[0])
		return append([][]run{{}}, rows...), ok
	case syntax.OpRepeat, syntax.OpPlus, syntax.OpStar:
		return repeated(part)
	case syntax.OpConcat:
		rows = [][]run{{}}
		for _, sub := range part.Sub {
			behind, ok := expand(sub)
			if !ok {
				return nil, false
			}
			var joined [][]run
			for _, row := range rows {
				for _, more := range behind {
					joined = append(joined, slices.Concat(row, more))
				}
			}
			rows = joined
		}
		return rows, true
	case syntax.OpAlternate:
		for _, sub := range part.Sub {
			more, ok := expand(sub)
			if !ok {
				return nil, false
			}
			rows = append(rows, more...)
		}
		return rows, true
	}
	return nil, false
}

func literal(part *syntax.Regexp) (rows [][]run, ok bool) {
	if part.Flags&syntax.FoldCase != 0 {
		return nil, false
	}
	var row []run
	for _, c := range part.Rune {
		set, ok := setOf([]rune{c, c})
		if !ok {
			return nil, false
		}
		row = append(row, run{set, 1, 1})
	}
	return [][]run{row}, true
}

func repeated(part *syntax.Regexp) (rows [][]run, ok bool) {
	rows, ok = expand(part.Sub[0])
	if !ok || len(rows) != 1 || len(rows[0]) != 1 || rows[0][0].min != 1 || rows[0][0].max != 1 {
		return nil, false
	}
	r := run{of: rows[0][0].of, min: part.Min, max: part.Max}
	switch part.Op {
	case syntax.OpPlus:
		r.min, r.max = 1, -1
	case syntax.OpStar:
		r.min, r.max = 0, -1
	}
	return [][]run{{r}}, true
}

// setOf is a set of ASCII characters from pairs of a first and a last one.
func setOf(pairs []rune) (*[256]bool, bool) {
	var set [256]bool
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] >= utf8.RuneSelf {
			return nil, false
		}
		for c := pairs[i]; c <= pairs[i+1]; c++ {
			set[c] = true
		}
	}
	return &set, true
}

func matchesRow(text []byte, row []run) bool {
	at := 0
	for _, r := range row {
		n := 0
		for at < len(text) && r.of[text[at]] && n != r.max {
			at++
			n++
		}
		if n < r.min {
			return false
		}
	}
	return at == len(text)
}
