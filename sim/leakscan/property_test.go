package leakscan_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/japanese"
	"pgregory.net/rapid"

	"onshisim/sim/leakscan"
)

// surroundings draws texts that Shift_JIS has too: many of what matters here, some of all two-byte characters.
func surroundings() *rapid.Generator[string] {
	relevant := rapid.SampledFrom([]rune("架空県幻市夢見町オンシ健康ｶﾞガ゛ー表ソ能ﾃ0123499ABu&#;x%\\ \n\r\t〒-－１Ａ"))
	common := rapid.Custom(func(t *rapid.T) rune {
		pair := []byte{rapid.ByteRange(0x88, 0x9F).Draw(t, "lead"), rapid.ByteRange(0x40, 0xFC).Draw(t, "trail")}
		text, _ := japanese.ShiftJIS.NewDecoder().Bytes(pair)
		if r := []rune(string(text)); len(r) == 1 && r[0] != '\uFFFD' {
			return r[0]
		}
		return '亜'
	})
	return rapid.StringOfN(rapid.OneOf(relevant, common), 0, 200, -1)
}

// Whatever stands around it, an item in any form is found where it stands. A quotation mark keeps it apart, for beside a
// digit a number is another one.
func TestAnItemIsFoundInAnySurroundings(t *testing.T) {
	t.Parallel()
	scanner := leakscan.New(items)
	rapid.Check(t, func(t *rapid.T) {
		item := rapid.SampledFrom(items).Draw(t, "item")
		inShiftJIS := rapid.Bool().Draw(t, "Shift_JIS")
		encode := unchanged
		if inShiftJIS {
			encode = func(s string) string {
				encoded, err := japanese.ShiftJIS.NewEncoder().String(s)
				require.NoError(t, err)
				return encoded
			}
		}
		written := item.Text
		if item.Kind != leakscan.PostNumber && item.Kind != leakscan.InsurerNumber && item.Kind != leakscan.ClinicCode {
			written = rapid.SampledFrom(widths).Draw(t, "width").write(written)
		}
		written = encode(rapid.SampledFrom(escapes).Draw(t, "escape").write(written))
		before := encode(surroundings().Draw(t, "before")) + `"`
		text := before + written + `"` + encode(surroundings().Draw(t, "after"))

		report, err := scanner.Scan(context.Background(), strings.NewReader(text))
		require.NoError(t, err)
		assert.True(t, slices.ContainsFunc(report.Findings, func(f leakscan.Finding) bool {
			return f.Text == item.Text && f.Offset == int64(len(before))
		}), "%q", text)
	})
}

// Bytes are what they are: nothing panics, and how the reader cuts them makes no difference.
func FuzzScan(f *testing.F) {
	for _, escape := range escapes {
		for _, width := range widths {
			f.Add([]byte(escape.write(width.write(address))))
		}
	}
	for _, text := range []string{
		"", "\xFF", "\xFF\xFE", "\xFE\xFF\xD8", "\xEF\xBB\xBF", "\x1f\x8b", pack(f, address), shiftJIS(f, address), "%", "\\u", "&#x", "%81",
		"\\ud842", "\x81000-0202", "000-0202ﾞ",
	} {
		f.Add([]byte(text))
	}
	scanner := leakscan.New(items)
	f.Fuzz(func(t *testing.T, text []byte) {
		whole, errWhole := scanner.Scan(context.Background(), strings.NewReader(string(text)))
		cut, errCut := scanner.Scan(context.Background(), iotest.OneByteReader(strings.NewReader(string(text))))
		assert.Equal(t, errWhole == nil, errCut == nil)
		whole.Bytes, cut.Bytes = 0, 0 // of a broken stream, more may have been read than unpacked
		assert.Equal(t, whole, cut)
		for _, finding := range whole.Findings {
			assert.NotEmpty(t, finding.Found)
			assert.Positive(t, finding.Line)
			assert.Positive(t, finding.Column)
		}
	})
}
