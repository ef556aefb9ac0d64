package leakscan

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"onshisim/sim/matching"
)

const (
	dakuten    = '\u3099'
	handakuten = '\u309A'
)

// folded is what a character counts as: nothing, or a character in the width of matching.Fold and its sound mark.
type folded struct {
	base, mark rune // 0 for none
}

// fold takes a kana and its sound mark apart, where matching.Fold puts them together. So ガ, ｶﾞ and カ゛ become the same
// without waiting for the next character.
func fold(forms *[1 << 16]folded, r rune) folded {
	if r >= 0 && int(r) < len(forms) {
		return forms[r]
	}
	return foldOther(r)
}

// foldOther folds what stands outside the table.
func foldOther(r rune) folded {
	if isIgnored(r) {
		return folded{}
	}
	return folded{base: r}
}

// foldings is the table of fold, for the basic plane.
var foldings = sync.OnceValue(func() *[1 << 16]folded {
	var forms [1 << 16]folded
	for i := range forms {
		forms[i] = foldOther(rune(i))
		for _, r := range matching.Fold(string(rune(i))) {
			forms[i] = foldOther(r)
		}
		if base := forms[i].base; base >= '\u3041' && base <= '\u30FF' {
			if parts := []rune(norm.NFD.String(string(base))); len(parts) == 2 {
				forms[i] = folded{base: parts[0], mark: parts[1]}
			}
		}
	}
	return &forms
})

// signs are ignored beside all that Unicode calls a dash or a space: dashes in all but name, the postal mark in its
// forms, the plus that is a space in a query string, and the backslash that is left of an escape in an escape.
const signs = "ー~−⁃˗⁓∼∿─━〒〠〶+\\"

// isIgnored says whether a character makes no difference within an item. Variation selectors don't: Shift_JIS has none.
func isIgnored(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Cf, unicode.Variation_Selector) || strings.ContainsRune(signs, r)
}

// isWord says whether a character continues a number to its left or right: a digit or an ASCII letter of either width.
func isWord(r rune) bool {
	if r >= '\uFF01' && r <= '\uFF5E' {
		r -= '\uFF01' - '!'
	}
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

// takesMark says whether a sound mark would make another kana of a character.
func takesMark(base, mark rune) bool {
	return (mark == dakuten || mark == handakuten) && len([]rune(norm.NFC.String(string([]rune{base, mark})))) == 1
}
