package pdf

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// printable gives what of a text can be seen.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Variation_Selector, r):
			return -1
		}
		return r
	}, text)
}

// width is that of a letter in thousandths of its size.
func width(r rune) int {
	if r < utf8.RuneSelf || '｡' <= r && r <= 'ﾟ' {
		return 500
	}
	return 1000
}

// wrap cuts a text into rows that are no wider than told. An empty text is one empty row.
func wrap(text string, widest int) []string {
	var rows []string
	start, across := 0, 0
	for i, r := range text {
		if across += width(r); across > widest {
			rows = append(rows, text[start:i])
			start, across = i, width(r)
		}
	}
	return append(rows, text[start:])
}

// appendShown appends the operators that show a text: ASCII in Courier, narrowed from 600 to 500, all else in Japanese.
func appendShown(to []byte, text string, size int) []byte {
	for text != "" {
		ascii := text[0] < utf8.RuneSelf
		end := strings.IndexFunc(text, func(r rune) bool { return (r < utf8.RuneSelf) != ascii })
		if end < 0 {
			end = len(text)
		}
		if ascii {
			to = fmt.Appendf(to, "/L %d Tf 83.3333 Tz (%s) Tj\n", size, literal.Replace(text[:end]))
		} else {
			to = fmt.Appendf(to, "/J %d Tf 100 Tz <%s> Tj\n", size, hexUTF16(text[:end]))
		}
		text = text[end:]
	}
	return to
}

// literal escapes what would end a string.
var literal = strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`)

func hexUTF16(text string) string {
	var digits strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&digits, "%04X", unit)
	}
	return digits.String()
}
