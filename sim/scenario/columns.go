package scenario

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// textWidth is how many columns of a terminal a text takes: East Asian wide characters take two.
func textWidth(text string) int {
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

// wrap breaks a text into lines of at most so many columns: at a space where a word would be cut, else anywhere, as
// Japanese is.
func wrap(text string, columns int) []string {
	var lines []string
	line, used, space := []rune{}, 0, -1
	for _, r := range strings.Join(strings.Fields(text), " ") {
		if used+runeWidth(r) > columns {
			rest := []rune{}
			if space > 0 && r < unicode.MaxLatin1 && r != ' ' {
				rest = append(rest, line[space+1:]...)
				line = line[:space]
			}
			lines = append(lines, string(line))
			line, used, space = rest, textWidth(string(rest)), -1
			if r == ' ' {
				continue
			}
		}
		if r == ' ' {
			space = len(line)
		}
		line, used = append(line, r), used+runeWidth(r)
	}
	return append(lines, string(line))
}

// pad fills a text up with spaces.
func pad(text string, columns int) string {
	return text + strings.Repeat(" ", max(0, columns-textWidth(text)))
}
