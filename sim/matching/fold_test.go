package matching_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
	"pgregory.net/rapid"

	"onshisim/sim/matching"
)

func TestFold(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"half-width katakana", "ｵﾝｼ ﾊﾅｺ", "オンシ ハナコ"},
		{"half-width voiced", "ﾀﾞｲｺﾞ ｳﾞｨﾎﾟ", "ダイゴ ヴィポ"},
		{"half-width signs", "ｱ･ｲｰ｡｢｣､", "ア・イー。「」、"},
		{"combining mark, katakana", "カ\u3099ハ\u309A", "ガパ"},
		{"combining mark, hiragana", "か\u3099は\u309A", "がぱ"},
		{"full-width mark", "カ゛ハ゜", "ガパ"},
		{"half-width mark on a full-width kana", "カﾞ", "ガ"},
		{"combining mark on a half-width kana", "ｶ\u3099", "ガ"},
		{"mark that no kana takes", "ｱﾞ", "ア\u3099"},
		{"the same, full-width", "ア゛", "ア\u3099"},
		{"mark that this kana doesn't take", "ｶﾟ", "カ\u309A"},
		{"second mark", "ﾊﾟﾞ", "パ\u3099"},
		{"mark without a kana", "ﾞ", "\u3099"},
		{"mark after a space", "ｶ ﾞ", "カ \u3099"},
		{"full-width ASCII", "Ａｂ１２－３（４）", "Ab12-3(4)"},
		{"ideographic space", "恩師　花子", "恩師 花子"},
		{"spaces in a row", "恩師 　  花子", "恩師 花子"},
		{"spaces at the ends", "　 恩師 花子　 ", "恩師 花子"},
		{"spaces alone", "　 　", ""},
		{"half-width yen", "￥", "¥"},
		{"not UTF-8", "\xe3\x81 ", "\uFFFD\uFFFD"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, matching.Fold(tt.text))
		})
	}
}

// stays are texts that are folded already.
var stays = []string{
	"", "恩師 花子", "オンシ ハナコ", "おんし はなこ", "ガギグゲゴ", "がぎぐげご", "Ab12-3(4)",
	"髙", "高", "﨑", "崎", "邉", "邊", "辺", "𠮷", "吉",
	"\uFA19", "\uFA45", "神", "海", // compatibility ideographs, and what NFC would make of two of them
	"葛\U000E0100", "葛\uFE00", "①", "㈱", "ア\u3099", "é", "e\u0301", "−", "〜", "a\tb", "\uFFFD",
}

func TestFoldKeeps(t *testing.T) {
	t.Parallel()
	for _, text := range stays {
		assert.Equal(t, text, matching.Fold(text))
	}
}

// Not parallel: allocations of other tests would be counted.
func TestFoldAllocatesNothingForFoldedText(t *testing.T) {
	texts := append([]string{strings.Repeat("架空県幻市夢見町ガ 1-2-3", 20)}, stays...)
	for _, text := range texts {
		allocations := testing.AllocsPerRun(100, func() { matching.Fold(text) })
		assert.Zero(t, allocations, "%q", text)
	}
}

// Every rune alone gets the width that x/text gives it, but for spaces, which are trimmed, and the full-width marks.
func TestFoldFollowsWidthTables(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		switch {
		case !utf8.ValidRune(r), r == ' ', r == '　', r == '゛', r == '゜':
			continue
		}
		if text := string(r); matching.Fold(text) != width.Fold.String(text) {
			assert.Failf(t, "another width", "%U", r)
		}
	}
}

// Every kana with a combining mark becomes what Unicode composes it to.
func TestFoldComposesAsUnicodeDoes(t *testing.T) {
	t.Parallel()
	for kana := rune(0x3041); kana <= 0x30FF; kana++ {
		if kana >= '\u3099' && kana <= '\u309C' {
			continue
		}
		for _, mark := range []rune{'\u3099', '\u309A'} {
			text := string([]rune{kana, mark})
			assert.Equal(t, norm.NFC.String(text), matching.Fold(text), "%+q", text)
		}
	}
}

// text draws texts of the runes that matter here, and of others.
func text() *rapid.Generator[string] {
	relevant := rapid.SampledFrom([]rune("ｶﾞﾊﾟｱカハア゛゜\u3099\u309Aか　  Ａa１1髙高①神\uFA19\U000E0100\uFE00\uFFFD"))
	return rapid.StringOf(rapid.OneOf(relevant, rapid.Rune()))
}

func TestFoldIsIdempotent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		once := matching.Fold(text().Draw(t, "text"))
		assert.Equal(t, once, matching.Fold(once))
	})
}

func TestSameIsWhatFoldSays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, other := text().Draw(t, "text"), text().Draw(t, "other")
		assert.True(t, matching.Same(s, matching.Fold(s)))
		assert.Equal(t, matching.Fold(s) == matching.Fold(other), matching.Same(s, matching.Fold(other)))
	})
}

func TestFoldIgnoresWidth(t *testing.T) {
	t.Parallel()
	letters := rapid.SampledFrom([]rune("アイウエオカキクケコガギグゲゴサザタダナハバパマヤラワヲンァッャー・、。「」Az09-() "))
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(letters).Draw(t, "text")
		assert.Equal(t, matching.Fold(s), matching.Fold(width.Narrow.String(norm.NFD.String(s))), "half-width")
		assert.Equal(t, matching.Fold(s), matching.Fold(width.Widen.String(s)), "full-width")
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range append([]string{"ｶﾞ", "カ\u3099゛", " 　", "　Ａ ", "\xe3\x81", "ﾞﾟ"}, stays...) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := matching.Fold(s)
		assert.Equal(t, folded, matching.Fold(folded), "idempotent")
		assert.True(t, utf8.ValidString(folded), "UTF-8")
		assert.Equal(t, strings.Trim(folded, " "), folded, "no space at the ends")
		assert.NotContains(t, folded, "  ")
		assert.NotContains(t, folded, "　")
		assert.Equal(t, folded != "", matching.Contains(s, s), "reflexive")
	})
}
