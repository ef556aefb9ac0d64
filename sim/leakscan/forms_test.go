package leakscan_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"onshisim/sim/leakscan"
)

// address is of kanji, full-width digits, a dash, and kana with and without sound marks.
const address = "架空県幻市夢見町１－２－３ガーデンパレス１０５"

var items = []leakscan.Item{
	{Person: "花子", Kind: leakscan.Address, Text: address},
	{Person: "花子", Kind: leakscan.AddressBeginning, Text: "架空県幻市夢見町１－"},
	{Person: "花子", Kind: leakscan.PostNumber, Text: "000-0202"},
	{Person: "花子", Kind: leakscan.InsurerNumber, Text: "99130017"},
	{Person: "花子", Kind: leakscan.InsurerName, Text: "オンシ健康保険組合"},
	{Person: "太郎", Kind: leakscan.ClinicCode, Text: "9910000042"},
	{Person: "太郎", Kind: leakscan.ClinicName, Text: "髙架クリニック"},
}

// scan scans a text for the items and expects no error.
func scan(t testing.TB, text string) leakscan.Report {
	t.Helper()
	report, err := leakscan.New(items).Scan(context.Background(), strings.NewReader(text))
	require.NoError(t, err)
	assert.Equal(t, int64(len(text)), report.Bytes)
	return report
}

// shown gives each finding as kind, encoding and offset.
func shown(report leakscan.Report) []string {
	list := []string{}
	for _, f := range report.Findings {
		list = append(list, fmt.Sprintf("%s %s @%d", f.Kind, f.Encoding, f.Offset))
	}
	return list
}

func shiftJIS(t testing.TB, text string) string {
	t.Helper()
	encoded, err := japanese.ShiftJIS.NewEncoder().String(text)
	require.NoError(t, err)
	return encoded
}

func utf16Bytes(text string, order binary.ByteOrder) string {
	var encoded bytes.Buffer
	for _, unit := range utf16.Encode([]rune("\uFEFF" + text)) {
		_ = binary.Write(&encoded, order, unit) // a buffer takes everything
	}
	return encoded.String()
}

func percent(text string) string {
	var escaped strings.Builder
	for _, octet := range []byte(text) {
		fmt.Fprintf(&escaped, "%%%02X", octet)
	}
	return escaped.String()
}

func eachUnit(format string) func(string) string {
	return func(text string) string {
		var escaped strings.Builder
		for _, unit := range utf16.Encode([]rune(text)) {
			fmt.Fprintf(&escaped, format, unit)
		}
		return escaped.String()
	}
}

func eachRune(format string) func(string) string {
	return func(text string) string {
		var escaped strings.Builder
		for _, r := range text {
			fmt.Fprintf(&escaped, format, r)
		}
		return escaped.String()
	}
}

func spread(between string) func(string) string {
	return func(text string) string { return strings.Join(strings.Split(text, ""), between) }
}

func unchanged(text string) string { return text }

// A form changes how an item is written. Every combination of a width, an escape and an encoding is the same item.
type form struct {
	name  string
	write func(string) string
}

var widths = []form{
	{"as registered", unchanged},
	{"half-width", func(s string) string {
		return strings.ReplaceAll(width.Narrow.String(norm.NFD.String(s)), "\u3099", "ﾞ")
	}},
	{"full-width", width.Widen.String},
	{"wrapped by a terminal", spread("\r\n")},
	{"spaced", spread("　 \t")},
	{"without dashes", func(s string) string { return strings.ReplaceAll(s, "－", "") }},
	{"with another dash", func(s string) string { return strings.ReplaceAll(s, "－", "―") }},
}

var escapes = []form{
	{"plain", unchanged},
	{"JSON", eachUnit(`\u%04x`)},
	{"JSON in capitals", eachUnit(`\u%04X`)},
	{"JSON in JSON", eachUnit(`\\u%04x`)},
	{"HTML", eachRune("&#%d;")},
	{"HTML in hexadecimal", eachRune("&#x%x;")},
	{"HTML in hexadecimal capitals", eachRune("&#X%X;")},
	{"URL in UTF-8", percent},
	{"URL, lower case", func(s string) string { return strings.ToLower(percent(s)) }},
	{"HTML in a URL", func(s string) string { return url.QueryEscape(eachRune("&#%d;")(s)) }},
	{"form field", url.QueryEscape},
}

func TestAnAddressIsFoundInEachForm(t *testing.T) {
	t.Parallel()
	encodings := []struct {
		name   string
		write  func(string) string
		want   leakscan.Encoding
		offset int64
	}{
		{"UTF-8", unchanged, leakscan.UTF8, 5},
		{"UTF-8 with a byte order mark", func(s string) string { return "\uFEFF" + s }, leakscan.UTF8, 8},
		{"Shift_JIS", func(s string) string { return shiftJIS(t, s) }, leakscan.ShiftJIS, 5},
		{"UTF-16LE", func(s string) string { return utf16Bytes(s, binary.LittleEndian) }, leakscan.UTF16, 12},
		{"UTF-16BE", func(s string) string { return utf16Bytes(s, binary.BigEndian) }, leakscan.UTF16, 12},
	}
	for _, encoding := range encodings {
		for _, width := range widths {
			for _, escape := range escapes {
				t.Run(encoding.name+", "+width.name+", "+escape.name, func(t *testing.T) {
					t.Parallel()
					written := escape.write(width.write(address))
					report := scan(t, encoding.write("adr=\""+written+"\" end\n"))
					require.Len(t, report.Findings, 1, written)
					got := report.Findings[0]
					want := encoding.want
					if want == leakscan.ShiftJIS && escape.name != "plain" {
						want = leakscan.UTF8 // ASCII alone
					}
					assert.Equal(t, leakscan.Finding{
						Person: "花子", Kind: leakscan.Address, Text: address, Found: got.Found,
						Encoding: want, Line: 1, Column: 6, Offset: encoding.offset,
					}, got)
				})
			}
		}
	}
}

func TestAnAddressIsFoundInShiftJISEscapes(t *testing.T) {
	t.Parallel()
	octets := shiftJIS(t, address)
	var asBrowsersDo strings.Builder // letters and digits stand for themselves, also as second bytes
	for _, octet := range []byte(octets) {
		asBrowsersDo.WriteString(url.QueryEscape(string([]byte{octet})))
	}
	for name, written := range map[string]string{"every octet": percent(octets), "as browsers do": asBrowsersDo.String()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, text := range []string{"?a=" + written + "&b", "住所 ?a=" + written} {
				assert.Equal(t, []string{fmt.Sprintf("address Shift_JIS @%d", strings.Index(text, "=")+1)}, shown(scan(t, text)))
			}
			text := utf16Bytes("?a="+written, binary.BigEndian)
			assert.Equal(t, []string{"address UTF-16 @8"}, shown(scan(t, text)))
		})
	}
}

func TestWhatCountsAsTheItem(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing in nothing", "", []string{}},
		{"postal number without a dash", "0000202", []string{"postNumber UTF-8 @0"}},
		{"postal number in full width", "０００ー０２０２", []string{"postNumber UTF-8 @0"}},
		{"postal number after its mark", "〒000-0202", []string{"postNumber UTF-8 @3"}},
		{"postal number in each dash", "000‐0202 000–0202 000—0202 000−0202 000～0202 000~0202 000〜0202 000ｰ0202", []string{
			"postNumber UTF-8 @0", "postNumber UTF-8 @11", "postNumber UTF-8 @22", "postNumber UTF-8 @33",
			"postNumber UTF-8 @44", "postNumber UTF-8 @55", "postNumber UTF-8 @64", "postNumber UTF-8 @75",
		}},
		{"postal number as an escaped string", `"\n000-0202\t"`, []string{"postNumber UTF-8 @3"}},
		{"postal number after an escaped comma", "%2C0000202%2C", []string{"postNumber UTF-8 @3"}},
		{"postal number after a percent sign", "100%0000202", []string{"postNumber UTF-8 @4"}},
		{"number in a longer number", "10000202 00002021 １0000202 0000202１", []string{}},
		{"number in a word", "a0000202 0000202Z ｚ0000202", []string{}},
		{"number in a longer one in Shift_JIS", shiftJIS(t, "0000202１ 番１0000202 Ｚ0000202"), []string{}},
		{"number in an escaped word", "%41000-0202 000-0202&#90; \\u0061000-0202", []string{}},
		{"number beside kanji and dashes", "は000-0202番 1-000-0202-1", []string{"postNumber UTF-8 @3", "postNumber UTF-8 @17"}},
		{"number inside a wrapped longer one", "99130\n017 ", []string{"insurerNumber UTF-8 @0"}},
		{"clinic code", "code:9910000042;", []string{"clinicCode UTF-8 @5"}},
		{"kanji numerals are no digits", "架空県幻市夢見町一－二－三ガーデンパレス一〇五", []string{}},
		{"another form of a kanji", "高架クリニック", []string{}},
		{"the registered form of a kanji", "髙架クリニック", []string{"clinicName UTF-8 @0"}},
		{"a form chosen by a variation selector", "髙架\U000E0101クリニック", []string{"clinicName UTF-8 @0"}},
		{"dashes in kana", "オンシ健康保険ー組合", []string{"insurerName UTF-8 @0"}},
		{"half-width kana, unvoiced", "架空県幻市夢見町1-2-3ｶｰﾃﾞﾝﾊﾟﾚｽ105", []string{"addressBeginning UTF-8 @0"}},
		{"kana that a mark makes another", "髙架クリニックﾞ", []string{}},
		{"kana that a combining mark makes another", "髙架クリニック\u3099 髙架クリニッグ", []string{}},
		{"mark that makes no other kana", "髙架クリニック゜", []string{"clinicName UTF-8 @0"}},
		{"beginning of the address alone", "架空県幻市夢見町１－４", []string{"addressBeginning UTF-8 @0"}},
		{"escapes that break off", "架空県幻市\\u59 架空県幻市&#x; &# % %E %E6%9 \\ud842", []string{}},
		{"two lines in two encodings", "髙架クリニック\n" + shiftJIS(t, "髙架クリニック"), []string{
			"clinicName UTF-8 @0", "clinicName Shift_JIS @22",
		}},
		{"Shift_JIS number in a Shift_JIS line", shiftJIS(t, "郵便 000-0202"), []string{"postNumber Shift_JIS @5"}},
		{"lead byte before an item in ASCII", "\x810000202 \xE0\"99130017\"", []string{
			"postNumber UTF-8 @1", "insurerNumber UTF-8 @11",
		}},
		{"lead byte that ends its line", "架\x81\n" + shiftJIS(t, "髙架クリニック"), []string{"clinicName Shift_JIS @5"}},
		{"several persons' items overlap not", "99130017 9910000042", []string{"insurerNumber UTF-8 @0", "clinicCode UTF-8 @9"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, shown(scan(t, tt.text)))
			oneByOne, err := leakscan.New(items).Scan(context.Background(), iotest.OneByteReader(strings.NewReader(tt.text)))
			require.NoError(t, err)
			assert.Equal(t, scan(t, tt.text), oneByOne, "read byte by byte")
		})
	}
}

func TestCharactersBeyondTheBasicPlaneAreFound(t *testing.T) {
	t.Parallel()
	scanner := leakscan.New([]leakscan.Item{{Person: "花子", Kind: leakscan.ClinicName, Text: "𠮷野外科"}})
	for _, text := range []string{
		"𠮷野外科", `\uD842\udfb7\u91ce外科`, `\\uD842\\udfb7野外科`, "&#134071;野外科", "%F0%A0%AE%B7野外科",
		utf16Bytes("𠮷野外科", binary.LittleEndian), utf16Bytes("𠮷野外科", binary.BigEndian),
	} {
		report, err := scanner.Scan(context.Background(), strings.NewReader(text))
		require.NoError(t, err)
		assert.Equal(t, 1, report.Total, "%q", text)
	}
	report, err := scanner.Scan(context.Background(), strings.NewReader("吉野外科 \\ud842野外科"))
	require.NoError(t, err)
	assert.Zero(t, report.Total)
}

func TestNamedReferencesOfHTMLAreUndone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"000&ndash;0202":             {"postNumber UTF-8 @0"},
		"〒&nbsp;000&nbsp;0202":       {"postNumber UTF-8 @9"},
		"架空県幻市&nbsp;夢見町１－２":          {"addressBeginning UTF-8 @0"},
		"000&amp;0202":               {},
		"000&unknown;0202":           {},
		"x=000&y=0202":               {},
		"000&nbsp 0202":              {},
		"%26nbsp%3B000%26ndash;0202": {"postNumber UTF-8 @10"},
	} {
		assert.Equal(t, want, shown(scan(t, text)), text)
	}
}
