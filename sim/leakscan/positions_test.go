package leakscan_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/leakscan"
)

func TestAFindingSaysWhereItStands(t *testing.T) {
	t.Parallel()
	const jis, u8 = leakscan.ShiftJIS, leakscan.UTF8
	tests := []struct {
		name, text   string
		encoding     leakscan.Encoding
		line, column int64
		offset       int64
		found        string
	}{
		{"at the start", "000-0202", u8, 1, 1, 0, "000-0202"},
		{"after a byte order mark", "\uFEFF000-0202", u8, 1, 1, 3, "000-0202"},
		{"in a later line", "あ\r\nい\n うえ000-0202", u8, 3, 4, 16, "000-0202"},
		{"after a Shift_JIS text", "a\n" + shiftJIS(t, "住所、架空 000-0202"), jis, 2, 7, 13, "000-0202"},
		{"after a wrong byte", "\xFF\xFFあ 000-0202", u8, 1, 5, 6, "000-0202"},
		{"after escapes, which are as long as they are written", `\u3042%E3%81%82&#12354; 000-0202`, u8, 1, 25, 24, "000-0202"},
		{"after an escaped line feed", `\n%0A&#10;000-0202`, u8, 1, 11, 10, "000-0202"},
		{"escaped", "あ=%30%30%30-0202", u8, 1, 3, 4, "%30%30%30-0202"},
		{"over two lines", "あ\n000-\n  02\n02", u8, 2, 1, 4, "000-\n  02\n02"},
		{"in Shift_JIS", "a\n" + shiftJIS(t, "は、髙架クリニックにて"), jis, 2, 3, 6, "髙架クリニック"},
		{"with the marks of its kana", "オンシ健康保険組ｺﾞ ｵﾝｼ健康保険組合", u8, 1, 12, 31, "ｵﾝｼ健康保険組合"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			report := scan(t, tt.text)
			require.Len(t, report.Findings, 1)
			got := report.Findings[0]
			assert.Equal(t, tt.encoding, got.Encoding)
			assert.Equal(t, [3]int64{tt.line, tt.column, tt.offset}, [3]int64{got.Line, got.Column, got.Offset}, "line, column, offset")
			assert.Equal(t, tt.found, got.Found)
		})
	}
}

func TestWhatIsFoundIsShortened(t *testing.T) {
	t.Parallel()
	report := scan(t, strings.Join(strings.Split("99130017", ""), strings.Repeat(" ", 50)))
	require.Len(t, report.Findings, 1)
	assert.Equal(t, "9"+strings.Repeat(" ", 50)+"9"+strings.Repeat(" ", 48)+"…", report.Findings[0].Found)
}

func TestAnOccurrenceMayNotBeSpreadBeyondReach(t *testing.T) {
	t.Parallel()
	for spaces, want := range map[int]int{16<<10 - 8: 1, 16<<10 - 7: 0, 1 << 20: 0} {
		assert.Equal(t, want, scan(t, "9913"+strings.Repeat(" ", spaces)+"0017").Total, "%d spaces", spaces)
	}
}

// A text is read in blocks, the first of 80 KiB, of which 16 KiB are kept beside the next. An address that stands
// anywhere across such a border is found where it is, and its beginning is not reported beside it.
func TestAFindingDoesNotDependOnWhereABlockEnds(t *testing.T) {
	t.Parallel()
	scanner := leakscan.New(items)
	written := `"` + eachUnit(`\u%04x`)(address) + `"`
	filler := strings.Repeat(strings.Repeat("x", 29)+"\n", 3000)
	for _, border := range []int{64 << 10, 80 << 10} {
		for at := border - len(written) - 10; at < border+10; at++ {
			report, err := scanner.Scan(context.Background(), strings.NewReader(filler[:at]+written+filler[:1000]))
			require.NoError(t, err)
			require.Len(t, report.Findings, 1, at)
			got := report.Findings[0]
			require.Equal(t, leakscan.Address, got.Kind)
			require.Equal(t, [2]int64{int64(at/30 + 1), int64(at + 1)}, [2]int64{got.Line, got.Offset})
			require.Equal(t, written[1:101]+"…", got.Found)
		}
	}
}

func TestAFindingDoesNotDependOnHowTheReaderCuts(t *testing.T) {
	t.Parallel()
	scanner := leakscan.New(items)
	var text strings.Builder
	for _, escape := range escapes {
		for _, width := range widths {
			text.WriteString(escape.write(width.write(address)) + " 000-0202\n" + shiftJIS(t, "、"+width.write(address)+"\n"))
		}
	}
	whole := strings.Repeat(text.String(), 8)
	want, err := scanner.Scan(context.Background(), strings.NewReader(whole))
	require.NoError(t, err)
	assert.Equal(t, 8*3*len(widths)*len(escapes), want.Total)
	for name, reader := range map[string]func(*strings.Reader) (leakscan.Report, error){
		"byte by byte": func(r *strings.Reader) (leakscan.Report, error) {
			return scanner.Scan(context.Background(), iotest.OneByteReader(r))
		},
		"in halves": func(r *strings.Reader) (leakscan.Report, error) {
			return scanner.Scan(context.Background(), iotest.HalfReader(r))
		},
		"with the end in the last read": func(r *strings.Reader) (leakscan.Report, error) {
			return scanner.Scan(context.Background(), iotest.DataErrReader(r))
		},
	} {
		got, err := reader(strings.NewReader(whole))
		require.NoError(t, err)
		assert.Equal(t, want, got, name)
	}
}

func TestAReportHasItsNamesInJSON(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(scan(t, "あ 000-0202"))
	require.NoError(t, err)
	assert.JSONEq(t, `{"bytes": 12, "unpacked": false, "total": 1, "cut": false, "findings": [{"person": "花子", "kind": "postNumber",
		"text": "000-0202", "found": "000-0202", "encoding": "UTF-8", "line": 1, "column": 3, "offset": 4}]}`, string(text))
	text, err = json.Marshal(scan(t, ""))
	require.NoError(t, err)
	assert.JSONEq(t, `{"bytes": 0, "unpacked": false, "total": 0, "cut": false, "findings": []}`, string(text))
}
