package columns

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestTextTakesTheColumnsThatATerminalGivesIt(t *testing.T) {
	for text, columns := range map[string]int{
		"": 0, "abc": 3, "避難町": 6, "ｱﾄﾞﾚｽ": 5, "ＡＢ": 4, "①": 1, "か\u3099": 2, "a\u200bb": 2, "✓": 1, "𠮷": 2,
	} {
		assert.Equal(t, columns, Width(text), "%q", text)
	}
}

func TestLinesBreakWhereTheyMay(t *testing.T) {
	for _, c := range []struct {
		text    string
		columns int
		want    string
	}{
		{"", 4, ""},
		{"abcd", 4, "abcd"},
		{"ab cd", 4, "ab|cd"},
		{"abcdef", 4, "abcd|ef"},
		{"あいう", 4, "あい|う"},
		{"あい。う", 4, "あ|い。|う"},
		{"保険者 06990014", 10, "保険者|06990014"},
		{"a\n  b", 9, "a b"},
	} {
		assert.Equal(t, c.want, strings.Join(Wrap(c.text, c.columns), "|"), "%q", c.text)
	}
}

func TestWrappingLosesNothingAndFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab1 、。あ漢ｱ（）〔"))).Draw(t, "text")
		columns := rapid.IntRange(2, 9).Draw(t, "columns")
		lines := Wrap(text, columns)
		for _, line := range lines {
			assert.LessOrEqual(t, Width(line), columns)
		}
		bare := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		assert.Equal(t, bare(text), bare(strings.Join(lines, "")))
	})
}
