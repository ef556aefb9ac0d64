package cp932_test

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onshisim/sim/terminal/oqs/cp932"
)

func TestBothFormsOfACharacterAreRead(t *testing.T) {
	for _, c := range []struct{ bytes, text string }{
		{"06139463 \\~", "06139463 \\~"},
		{"\xB5\xDD\xBC \xCA\xC5\xBA\xDE", "ｵﾝｼ ﾊﾅｺﾞ"},
		{"\x81\x60\x81\x7C\x81\x61\x81\x91\x81\x92\x81\xCA\x81\x5C", "～－∥￠￡￢―"},
		{"\xEE\xE0\xED\x95\xEE\xEF", "髙﨑ⅰ"},
		{"\xFB\xFC\xFA\xB1\xFA\x40", "髙﨑ⅰ"},
		{"\xFA\x4A\x87\x54\xFA\x58\x87\x8A", "ⅠⅠ㈱㈱"},
		{"\x87\x9C\x81\xBE\x87\x9A\xFA\x5B\x81\xE6", "∪∪∵∵∵"},
		{"", ""},
	} {
		text, err := cp932.Decode([]byte(c.bytes))
		require.NoError(t, err, c.text)
		assert.Equal(t, c.text, text)
	}
}

func TestWhatIsNoCharacterIsRefusedWithItsPlace(t *testing.T) {
	for _, c := range []struct{ name, bytes, says string }{
		{"the first byte of two, alone", "\x89\xB6\x8E", "offset 2: the character that begins with 8E has no second byte"},
		{"a second byte that is none", "A\x81\x3C", "offset 1: 81 3C is no character of Shift_JIS (code page 932)"},
		{"a hole in the table", "\x81\xAD", "offset 0: 81 AD is no character of Shift_JIS (code page 932)"},
		{"a row without characters", "\x85\x40", "offset 0: 85 40 is no character of Shift_JIS (code page 932)"},
		{"a vendor's own character", "\x82\xA0\xF0\x40", "offset 2: F0 40 is no character of Shift_JIS (code page 932)"},
		{"byte 80", "A\x80", "offset 1: 80 is no character of Shift_JIS (code page 932)"},
		{"byte A0", "A\xA0B", "offset 1: A0 is no character of Shift_JIS (code page 932)"},
		{"byte FD", "\xFD\x40", "offset 0: FD is no character of Shift_JIS (code page 932)"},
		{"byte FF", "\xFF", "offset 0: FF is no character of Shift_JIS (code page 932)"},
		{"UTF-8", "恩資", "offset 5: the character that begins with 87 has no second byte"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, err := cp932.Decode([]byte(c.bytes))
			require.Error(t, err, "read as %q", text)
			assert.Contains(t, err.Error(), c.says)
		})
	}
}

// Of 7,326 characters, 398 stand in the table in a second place (KB 170559 lists them).
func TestEveryCharacterOfTwoBytesComesBack(t *testing.T) {
	characters, second := map[string]bool{}, 0
	for code := range 1 << 16 {
		pair := []byte{byte(code >> 8), byte(code)}
		text, err := cp932.Decode(pair)
		if err != nil || utf8.RuneCountInString(text) != 1 {
			continue
		}
		characters[text] = true
		require.True(t, cp932.Representable(text), text)
		written := cp932.Append(nil, text)
		again, err := cp932.Decode(written)
		require.NoError(t, err)
		require.Equal(t, text, again, "%X is written as %X", pair, written)
		if string(written) != string(pair) {
			second++
		}
	}
	assert.Equal(t, 7326, len(characters))
	assert.Equal(t, 398, second)
}

func TestWhatWasReadIsWrittenAndReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.SliceOf(rapid.Byte()).Draw(t, "data")
		text, err := cp932.Decode(data)
		if err != nil {
			return
		}
		again, err := cp932.Decode(cp932.Append(nil, text))
		require.NoError(t, err)
		require.Equal(t, text, again)
	})
}

func TestWhatWasWrittenCanBeRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		_, err := cp932.Decode(cp932.Append(nil, text))
		require.NoError(t, err)
	})
}
