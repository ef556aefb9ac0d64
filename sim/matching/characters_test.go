package matching_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"onshisim/sim/matching"
)

func TestFirstCharacters(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		n          int
		want       string
	}{
		{"longer", "架空県幻市夢見町一丁目二番三号", 10, "架空県幻市夢見町一丁"},
		{"just so long", "架空県幻市夢見町一丁", 10, "架空県幻市夢見町一丁"},
		{"shorter", "架空県", 10, "架空県"},
		{"nothing", "", 10, ""},
		{"none asked", "架空県", 0, ""},
		{"fewer than none", "架空県", -1, ""},
		{"ideographic variation sequence", "葛\U000E0100飾区", 1, "葛\U000E0100"},
		{"last ideographic variation selector", "邉\U000E01EF市", 1, "邉\U000E01EF"},
		{"standardized variation selector", "神\uFE00戸", 1, "神\uFE00"},
		{"combining dakuten", "か\u3099は\u309Aな", 2, "か\u3099は\u309A"},
		{"several marks", "e\u0301\u0302\u20DDf", 1, "e\u0301\u0302\u20DD"},
		{"marks after the last", "架空\U000E0100", 2, "架空\U000E0100"},
		{"half-width dakuten is a character", "ｶﾞｷﾞ", 2, "ｶﾞ"},
		{"half-width handakuten too", "ﾊﾟ", 1, "ﾊ"},
		{"beyond the basic plane", "𠮷野町", 1, "𠮷"},
		{"mark at the start", "\u3099かき", 2, "\u3099か"},
		{"spaces count", "架空　県", 3, "架空　"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, matching.FirstCharacters(tt.text, tt.n))
		})
	}
}

// checkFirstCharacters holds what is true of every text and number.
func checkFirstCharacters(t assert.TestingT, s string, n int) {
	first := matching.FirstCharacters(s, n)
	rest, isPrefix := strings.CutPrefix(s, first)
	assert.True(t, isPrefix, "prefix")
	assert.LessOrEqual(t, characters(first), max(n, 0))
	if rest == "" {
		return
	}
	assert.Equal(t, max(n, 0), characters(first), "as many as asked, where something is left")
	if next, _ := utf8.DecodeRuneInString(rest); first != "" {
		assert.False(t, unicode.IsMark(next), "cut before a mark")
	}
}

// characters counts the runes that are no marks, and a mark at the start.
func characters(s string) int {
	count := 0
	for _, r := range s {
		if !unicode.IsMark(r) {
			count++
		}
	}
	if first, _ := utf8.DecodeRuneInString(s); unicode.IsMark(first) {
		count++
	}
	return count
}

func TestFirstCharactersOfAnyText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		checkFirstCharacters(t, text().Draw(t, "text"), rapid.IntRange(-1, 12).Draw(t, "n"))
	})
}

func FuzzFirstCharacters(f *testing.F) {
	f.Add("架空県幻市夢見町一丁目二番三号", 10)
	f.Add("葛\U000E0100飾区", 1)
	f.Add("か\u3099は\u309A", 1)
	f.Add("ｶﾞ", 1)
	f.Add("\u3099", 0)
	f.Add("\xe3\x81\u3099", 2)
	f.Fuzz(func(t *testing.T, s string, n int) {
		checkFirstCharacters(t, s, n)
	})
}
