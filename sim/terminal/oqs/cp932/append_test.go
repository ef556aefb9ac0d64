package cp932_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"onshisim/sim/terminal/oqs/cp932"
)

// The bytes are those of Microsoft's table of code page 932 and KB 170559.
func TestTextHasTheBytesThatWindowsWrites(t *testing.T) {
	for _, c := range []struct{ name, text, bytes string }{
		{"ASCII", "06139463 \\~", "06139463 \\~"},
		{"half-width katakana", "ｵﾝｼ ﾊﾅｺﾞ", "\xB5\xDD\xBC \xCA\xC5\xBA\xDE"},
		{"kanji and a full-width space", "恩資　花子", "\x89\xB6\x8E\x91\x81\x40\x89\xD4\x8E\x71"},
		{"a trail byte that is a backslash in ASCII", "表ソ", "\x95\x5C\x83\x5C"},
		{"Cyrillic", "й", "\x84\x7A"},

		{"wave dash", "〜", "\x81\x60"},
		{"full-width tilde", "～", "\x81\x60"},
		{"minus", "−", "\x81\x7C"},
		{"double bar", "‖", "\x81\x61"},
		{"dash", "—", "\x81\x5C"},
		{"cent", "¢", "\x81\x91"},
		{"pound", "£", "\x81\x92"},
		{"not", "¬", "\x81\xCA"},
		{"a yen sign stays one, where a backslash would be another character", "¥", "\x81\x8F"},

		{"kanji of IBM, not of NEC's selection", "髙﨑纊犾黑", "\xFB\xFC\xFA\xB1\xFA\x5C\xFB\x5C\xFC\x4B"},
		{"compatibility ideographs of IBM", "\uFA19\uFA1B\uFA2D", "\xFB\x7E\xFB\x82\xFC\x49"},
		{"small Roman numbers of IBM", "ⅰⅹ", "\xFA\x40\xFA\x49"},
		{"signs of IBM", "￤＇＂", "\xFA\x55\xFA\x56\xFA\x57"},
		{"signs of NEC's row 13", "①Ⅰ㈱№℡", "\x87\x40\x87\x54\x87\x8A\x87\x82\x87\x84"},
		{"signs that JIS has as well", "∪∩￢∵≒≡∫√⊥∠", "\x81\xBE\x81\xBF\x81\xCA\x81\xE6\x81\xE0\x81\xDF\x81\xE7\x81\xE3\x81\xDB\x81\xDA"},

		{"a kana and its mark", "か\u3099は\u309A", "\x82\xAA\x82\xCF"},
		{"a Cyrillic letter and its mark", "и\u0306", "\x84\x7A"},
		{"a mark that no kana takes", "あ\u3099い", "\x82\xA0\x82\xA2"},
		{"a letter of ASCII and a mark", "Ane\u0301", "Ane"},
		{"a compatibility ideograph and a variation selector", "\uFA19\uFE00", "\xFB\x7E"},
		{"the Ångström sign", "\u212B", "\x81\xF0"},
		{"a variation selector", "葛\U000E0100城", "\x8A\x8B\x8F\xE9"},
		{"a variation selector at the very beginning", "\U000E0100城", "\x8F\xE9"},

		{"beyond the basic plane", "𠮷野", "\x81\xAC\x96\xEC"},
		{"one for a character with its selector", "𠮷\U000E0100野", "\x81\xAC\x96\xEC"},
		{"an emoji", "花🌸子", "\x89\xD4\x81\xAC\x8E\x71"},
		{"a Latin letter with an accent", "é", "\x81\xAC"},
		{"a vendor's own character", "\uE000", "\x81\xAC"},
		{"not UTF-8", "A\xFFB", "A\x81\xACB"},
		{"the sign of what couldn't be read", "\uFFFD", "\x81\xAC"},
		{"a control character that is no byte here", "\u0080", "\x81\xAC"},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, []byte("<"+c.bytes), cp932.Append([]byte("<"), c.text), "%s", c.text)
		})
	}
}

func TestRepresentableIsWhatLosesNothing(t *testing.T) {
	for text, want := range map[string]bool{
		"":                true,
		"恩資　髙子 ｵﾝｼ 1-2〜3": true,
		"か\u3099":         true,
		"𠮷野":              false,
		"葛\U000E0100城":    false,
		"あ\u3099":         false,
		"\u3099あ":         false,
		"🌸":               false,
		"é":               false,
		"\xFF":            false,
	} {
		assert.Equal(t, want, cp932.Representable(text), "%q", text)
	}
}

func TestAppendingTakesNoMemoryOfItsOwn(t *testing.T) {
	to := make([]byte, 0, 256)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		cp932.Append(to, "架空県幻市夢見町１－２－３　髙﨑 ﾀｶｻｷ 06139463")
	}))
}

func BenchmarkAppend(b *testing.B) {
	const text = "架空県幻市夢見町１－２－３　髙﨑 ﾀｶｻｷ 06139463"
	var to []byte
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		to = cp932.Append(to[:0], text)
	}
}
