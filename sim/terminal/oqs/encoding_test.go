package oqs_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/japanese"

	"onshisim/sim/terminal/oqs"
	"onshisim/sim/terminal/oqs/message"
)

// shiftJIS is a document in Shift_JIS, which says so.
func shiftJIS(t testing.TB, document string) []byte {
	t.Helper()
	text, err := japanese.ShiftJIS.NewEncoder().String(strings.Replace(document, "UTF-8", "Shift_JIS", 1))
	require.NoError(t, err)
	return []byte(text)
}

// ofShiftJIS reads Shift_JIS.
func ofShiftJIS(t testing.TB, data string) string {
	t.Helper()
	text, err := japanese.ShiftJIS.NewDecoder().String(data)
	require.NoError(t, err)
	return text
}

func inShiftJIS(c *oqs.Config) { c.Encoding = message.ShiftJIS }

// TestEncodings: requests come in either encoding, answers in the one that the terminal is set to.
func TestEncodings(t *testing.T) {
	t.Parallel()
	request := msg(head("QualificationConfirmationDate", "20210401"), within("QualificationConfirmSearchInfo", elements(
		"InsurerNumber", "  990010", "InsuredCardSymbol", "県6603", "InsuredIdentificationNumber", "66031", "InsuredBranchNumber", "01",
		"Birthdate", "19900303", "LimitApplicationCertificateRelatedConsFlg", "0")))
	utf8 := start(t)
	want := utf8.ask(t, "OQSsiquc01", "1", request)
	require.Contains(t, want, elements("InsuredCardSymbol", "県6603"))
	assert.Equal(t, want, utf8.ask(t, "OQSsiquc01", "2", string(shiftJIS(t, request))))

	other := start(t, inShiftJIS)
	for suffix, sent := range map[string]string{"1": request, "2": string(shiftJIS(t, request))} {
		got := ofShiftJIS(t, other.ask(t, "OQSsiquc01", suffix, sent))
		assert.True(t, strings.HasPrefix(got, `<?xml version="1.0" encoding="Shift_JIS" standalone="no"?>`), got)
		assert.Equal(t, "1", text(got, "CharacterCodeIdentifier"))
		assert.Equal(t, text(want, "ResultList"), text(got, "ResultList"))
	}
}

// TestCharactersThatShiftJISLacks come as a geta mark, in UTF-8 as they are.
func TestCharactersThatShiftJISLacks(t *testing.T) {
	t.Parallel()
	x := start(t, inShiftJIS)
	person, err := x.world.Person(t.Context(), "yuko")
	require.NoError(t, err)
	person.Name, person.Members[0].Name = "𠮷野　髙子", "𠮷野　髙子"
	person.Address, person.Members[0].Address = "架空県１−２〜３", "架空県１−２〜３"
	_, err = x.world.PutPerson(t.Context(), person)
	require.NoError(t, err)
	got := ofShiftJIS(t, x.ask(t, "OQSsiquc01", "1", yuko))
	assert.Equal(t, "〓野　髙子", text(got, "Name"))
	assert.Equal(t, "架空県１－２～３", text(got, "Address"))
	utf8 := &terminal{x.simulator, t.TempDir()}
	utf8.run(t)
	got = utf8.ask(t, "OQSsiquc01", "1", yuko)
	assert.Equal(t, "𠮷野　髙子", text(got, "Name"))
}

// TestShuffledElements has the same elements in another order, the same each time.
func TestShuffledElements(t *testing.T) {
	t.Parallel()
	x := start(t)
	plain := x.ask(t, "OQSsiquc01", "1", yuko)
	other := &terminal{x.simulator, t.TempDir()}
	other.run(t, func(c *oqs.Config) { c.Shuffle = true })
	shuffled := other.ask(t, "OQSsiquc01", "1", yuko)
	assert.NotEqual(t, plain, shuffled)
	assert.ElementsMatch(t, strings.Split(plain, "><"), strings.Split(shuffled, "><"), "the same elements")
	assert.Equal(t, shuffled, other.ask(t, "OQSsiquc01", "1", yuko))
}
