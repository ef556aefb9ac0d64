package control_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/japanese"

	"onshisim/sim/mutant"
	"onshisim/sim/protected"
)

// refuge is a world in which hanako is protected, her insurer A too has only her; taro shares insurer B with nobody.
const refuge = `{"seed": 1, "now": "2021-04-01T09:00:00+09:00",
	"insurers": [{"insurerNumber": "06990014", "insurerName": "架空健保組合"}, {"insurerNumber": "01990019", "insurerName": "架空協会支部"}],
	"persons": [
		{"id": "hanako", "address": "架空県避難町かくれ里二丁目2番2号", "postNumber": "000-0202",
		 "members": [{"personalInsuredNumber": "h-a", "insurerNumber": "06990014", "qualificationDate": "2015-04-01"},
		             {"personalInsuredNumber": "h-b", "insurerNumber": "01990019", "qualificationDate": "2020-04-01", "flags": {"nonDisclosure": true}}],
		 "medicines": [{"personalInsuredNumber": "h-b", "medicineName": "架空錠", "institutionName": "かくれ里診療所"}]},
		{"id": "taro", "address": "架空県元居市七丁目7番7号", "postNumber": "000-0707",
		 "members": [{"personalInsuredNumber": "t-b", "insurerNumber": "01990019"}]}]}`

// scan gives what is found in a text, as person and kind with line and column.
func scan(t *testing.T, p *plane, text string) protected.Report {
	t.Helper()
	return read[protected.Report](t, p.send(http.MethodPost, "/worlds/refuge/leak-scan", text, "Content-Type", "text/plain"), http.StatusOK)
}

func inRefuge(t *testing.T) *plane {
	t.Helper()
	p := newPlane(t)
	read[worldAnswer](t, p.send(http.MethodPut, "/worlds/refuge", `{"world": `+refuge+`}`), http.StatusCreated)
	return p
}

func TestLeakScanTellsWhoseItemIsWhere(t *testing.T) {
	t.Parallel()
	p := inRefuge(t)
	report := scan(t, p, "1行目\n患者住所: 架空県避難町かくれ里二丁目２番２号 〒０００-０２０２\n")
	require.Equal(t, 2, report.Total)
	require.Equal(t, []any{"hanako", "address", int64(2), int64(7)}, []any{
		report.Findings[0].Person, string(report.Findings[0].Kind), report.Findings[0].Line, report.Findings[0].Column,
	})
	require.Equal(t, "postNumber", string(report.Findings[1].Kind))
	require.Zero(t, scan(t, p, "架空県元居市七丁目7番7号 000-0707 見本　taro").Total, "nobody protects taro")
}

func TestLeakScanReadsShiftJISAndGzip(t *testing.T) {
	t.Parallel()
	p := inRefuge(t)
	text, err := japanese.ShiftJIS.NewEncoder().String("住所,架空県避難町かくれ里二丁目2番2号\r\n")
	require.NoError(t, err)
	require.Equal(t, "Shift_JIS", string(scan(t, p, text).Findings[0].Encoding))
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	_, err = writer.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, writer.Close())
	report := scan(t, p, packed.String())
	require.True(t, report.Unpacked)
	require.Equal(t, 1, report.Total)
	refused(t, p.send(http.MethodPost, "/worlds/refuge/leak-scan", packed.String()[:20]), http.StatusUnprocessableEntity, "SIM-REQ-422", "body")
}

// P12-e: a clinic's name is shown in Mynaportal alone, and the address nowhere but to the insurer, while the flag is set.
func TestLeakScanTellsThroughWhichViewItMayHaveCome(t *testing.T) {
	t.Parallel()
	p := inRefuge(t)
	views := func(text string) (views []string) {
		for _, v := range scan(t, p, text).Findings[0].MayHaveComeThrough {
			views = append(views, v.Information+" "+v.View+" "+v.Place+" "+v.Rule)
		}
		return views
	}
	require.Equal(t, []string{"members intermediate insurer P3-6", "eligibility myNumberCard institution P12-4"}, views("架空県避難町かくれ里二丁目2番2号"))
	require.Equal(t, []string{"medicines both mynaportal P12-7"}, views("かくれ里診療所"))
	p.send(http.MethodPut, "/worlds/refuge/persons/hanako", strings.Replace(hanakoOf(t), `"nonDisclosure": true`, `"nonDisclosure": true, "selfInformationBlocked": true`, 1))
	require.Equal(t, []string{"members intermediate insurer P3-6"}, views("架空県避難町かくれ里二丁目2番2号"))
	require.Empty(t, views("かくれ里診療所"))
}

// A world that answers by a mutant leaks; what the mutant shows has not come by right.
func TestLeakScanGoesByTheNoticeUnderEveryMutant(t *testing.T) {
	t.Parallel()
	p := inRefuge(t)
	const text = "架空県避難町かくれ里二丁目2番2号 000-0202 06990014 架空健保組合 かくれ里診療所"
	right := scan(t, p, text)
	require.Equal(t, 5, right.Total)
	for _, m := range mutant.All() {
		require.Equal(t, http.StatusOK, p.send(http.MethodPut, "/worlds/refuge/mutant", `{"name": "`+m.Name+`"}`).Code)
		require.Equal(t, right, scan(t, p, text), m.Name)
	}
}

// hanakoOf is hanako's document in refuge.
func hanakoOf(t *testing.T) string {
	t.Helper()
	begins, ends := strings.Index(refuge, `{"id": "hanako"`), strings.Index(refuge, `,
		{"id": "taro"`)
	require.Positive(t, begins)
	require.Positive(t, ends)
	return refuge[begins:ends]
}

// What somebody without flags has too leads to nobody, and the answer says so.
func TestLeakScanSaysWhatCantBeTraced(t *testing.T) {
	t.Parallel()
	p := inRefuge(t)
	report := scan(t, p, "01990019 架空協会支部 06990014")
	require.Equal(t, 1, report.Total, "insurer A has hanako alone")
	require.Equal(t, "06990014", report.Findings[0].Text)
	require.Equal(t, []protected.Untraceable{
		{Person: "hanako", Kind: "insurerNumber", Text: "01990019", Why: "shared"},
		{Person: "hanako", Kind: "insurerName", Text: "架空協会支部", Why: "shared"},
	}, report.Untraceable)
}

func TestLeakScanFindsNothingInNothing(t *testing.T) {
	t.Parallel()
	p := inRefuge(t)
	report := scan(t, p, "")
	require.Equal(t, []any{int64(0), 0, 0}, []any{report.Bytes, report.Total, len(report.Findings)})
}
