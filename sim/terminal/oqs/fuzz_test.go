package oqs_test

import (
	"encoding/xml"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/terminal/oqs"
)

// FuzzRequest: whatever a file holds, it is answered or refused, by a file that can be read; the terminal never fails.
func FuzzRequest(f *testing.F) {
	s := newSimulator(f)
	s.makeWorld(f)
	for i, request := range []string{
		yuko, eligibility("6605", "66050", "", "20100505"), threePersons, askFor("20210401090000000001"),
		msg(head(), registration("karte-1")+nobodysNumber), records("6601", "66010", "00", "StartDate", "202102", "EndDate", "20210331", "FileCategory", "2"),
		records("6601", "66010", "00", "FileCategory", "1"), "", "<", "<XmlMsg/>", msg("", ""), string(shiftJIS(f, yuko)), "\ufeff" + yuko, yuko + "x",
	} {
		f.Add(uint8(i), []byte(request))
	}
	kinds := []string{"OQSsiquc01", "OQSmuquc01", "OQSmuquc02", "OQSsiimm01", "OQSmuimm01", "OQSmuimm02", "YZKsiquc01", "TKKsiquc01"}
	f.Fuzz(func(t *testing.T, kind uint8, data []byte) {
		x := &terminal{s, t.TempDir()}
		link, err := oqs.Open(x.config(func(c *oqs.Config) { c.Strict = kind&64 != 0; c.Shuffle = kind&128 != 0 }))
		require.NoError(t, err)
		name := kinds[int(kind)%len(kinds)] + "req_1.xml"
		require.NoError(t, os.WriteFile(x.path("req", name), data, 0o600))
		link.Answer(t.Context(), name)
		require.NoFileExists(t, x.path("req", name))
		answers, err := os.ReadDir(x.path("res"))
		require.NoError(t, err)
		require.Len(t, answers, 1)
		answer, err := os.ReadFile(x.path("res", answers[0].Name()))
		require.NoError(t, err)
		if strings.HasSuffix(answers[0].Name(), ".pdf") {
			require.True(t, strings.HasPrefix(string(answer), "%PDF-"))
			return
		}
		require.NoError(t, xml.Unmarshal(answer, new(struct {
			XMLName xml.Name `xml:"XmlMsg"`
		})), "%s", answer)
	})
}
