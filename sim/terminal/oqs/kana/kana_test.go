package kana_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onshisim/sim/terminal/oqs/kana"
)

func TestHalfWidth(t *testing.T) {
	for _, c := range []struct{ name, text, half string }{
		{"a name", "オンシ　ハナコ", "ｵﾝｼ ﾊﾅｺ"},
		{"voiced", "ガクエン　ヴィポ　ヷヺ", "ｶﾞｸｴﾝ ｳﾞｨﾎﾟ ﾜﾞｦﾞ"},
		{"small and long", "キャッシュ・リョー", "ｷｬｯｼｭ･ﾘｮｰ"},
		{"punctuation", "「ア」。イ、", "｢ｱ｣｡ｲ､"},
		{"hiragana", "おんし　がっこうぱ", "ｵﾝｼ ｶﾞｯｺｳﾊﾟ"},
		{"a combining mark", "か\u3099ハ\u309A", "ｶﾞﾊﾟ"},
		{"a full-width mark", "カ゛ハ゜", "ｶﾞﾊﾟ"},
		{"full-width ASCII", "ＡＢｃ１２３（株）－～", "ABc123(株)-~"},
		{"already half-width", "ｵﾝｼ ﾊﾅｺﾞ", "ｵﾝｼ ﾊﾅｺﾞ"},
		{"kana without a half-width form", "ヰヱヮヵヶヽヾヸ", "ヰヱヮヵヶヽヽﾞヰﾞ"},
		{"their hiragana", "ゐゑゎゝゞ", "ヰヱヮヽヽﾞ"},
		{"kanji and signs", "髙\uFA19①㈱￥−", "髙\uFA19①㈱￥−"},
		{"two spaces stay two", "ア　　イ", "ｱ  ｲ"},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.half, kana.Half(c.text)) })
	}
}

func TestFullWidth(t *testing.T) {
	for _, c := range []struct{ name, text, full string }{
		{"a name", "ｵﾝｼ ﾊﾅｺ", "オンシ　ハナコ"},
		{"voiced", "ｶﾞｸｴﾝ ｳﾞｨﾎﾟ ﾜﾞｦﾞ", "ガクエン　ヴィポ　ヷヺ"},
		{"small and long", "ｷｬｯｼｭ･ﾘｮｰ", "キャッシュ・リョー"},
		{"punctuation", "｢ｱ｣｡ｲ､", "「ア」。イ、"},
		{"a mark that no kana takes", "ｱﾞﾞ", "ア゛゛"},
		{"a second mark", "ｶﾞﾞ", "ガ゛"},
		{"a mark behind a full-width kana", "カﾞか\u3099", "ガが"},
		{"a mark at the beginning", "ﾟｱ\u3099", "゜ア゛"},
		{"ASCII", "1-2(A)~\\", "１－２（Ａ）～＼"},
		{"hiragana, kanji and signs", "おんし髙\uFA19①㈱¥", "おんし髙\uFA19①㈱¥"},
		{"control characters", "A\tB\n", "Ａ\tＢ\n"},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.full, kana.Full(c.text)) })
	}
}

// letters are those that the widths are about, and some that they are not.
var letters = rapid.StringOf(rapid.OneOf(
	rapid.RuneFrom([]rune("ァガヴヷヸヰヽヾーかがぱゐゝゞ゛゜\u3099\u309A　 ａ～Ａ1-①髙")),
	rapid.Custom(func(t *rapid.T) rune { return rapid.Int32Range('ぁ', 'ヿ').Draw(t, "kana") }),
	rapid.Custom(func(t *rapid.T) rune { return rapid.Int32Range('！', 'ﾟ').Draw(t, "form") }),
	rapid.Rune(),
))

func TestWidthsAreStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := letters.Draw(t, "text")
		half, full := kana.Half(text), kana.Full(text)
		require.Equal(t, half, kana.Half(half), "half-width stays half-width")
		require.Equal(t, full, kana.Full(full), "full-width stays full-width")
		require.Equal(t, half, kana.Half(full), "full-width loses nothing of the half-width form")
		require.Equal(t, half, kana.Half(kana.Full(half)), "half-width comes back")
		katakana := kana.Full(half)
		require.Equal(t, katakana, kana.Full(kana.Half(katakana)), "full-width katakana come back")
	})
}
