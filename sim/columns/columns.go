// Package columns lays text out for terminals, where East Asian wide characters take two columns.
package columns

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Width is how many columns of a terminal a text takes: East Asian wide characters take two.
func Width(text string) int {
	columns := 0
	for _, r := range text {
		columns += runeWidth(r)
	}
	return columns
}

// runeWidth takes ambiguous characters as narrow, which is what terminals do unless told otherwise.
func runeWidth(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// neverFirst are characters that begin no line (行頭禁則).
const neverFirst = "、。，．・：；？！）〕］｝」』】／ー々っゃゅょッャュョ)]}.,:;!?"

// Wrap breaks a text into lines of at most so many columns: before the word that would be cut, else anywhere, as Japanese
// is, but for the characters that begin no line.
func Wrap(text string, columns int) []string {
	var lines []string
	rest := []rune(strings.Join(strings.Fields(text), " "))
	for {
		end := fitting(rest, columns)
		if end == len(rest) {
			return append(lines, string(rest))
		}
		end = breakBefore(rest, end)
		lines = append(lines, strings.TrimRight(string(rest[:end]), " "))
		rest = []rune(strings.TrimLeft(string(rest[end:]), " "))
	}
}

// fitting counts the characters that so many columns hold, one at least.
func fitting(text []rune, columns int) int {
	used := 0
	for i, r := range text {
		if used += runeWidth(r); used > columns && i > 0 {
			return i
		}
	}
	return len(text)
}

// breakBefore moves the end of a line to the left until it may stand there.
func breakBefore(text []rune, end int) int {
	for at := end; at > 0; at-- {
		insideWord := isWord(text[at-1]) && isWord(text[at])
		if !insideWord && !strings.ContainsRune(neverFirst, text[at]) {
			return at
		}
	}
	return end
}

// isWord says whether a character belongs to a word that is not cut.
func isWord(r rune) bool { return r > ' ' && r <= unicode.MaxLatin1 }

// Pad fills a text up with spaces.
func Pad(text string, columns int) string {
	return text + strings.Repeat(" ", max(0, columns-Width(text)))
}
