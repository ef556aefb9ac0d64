package journal_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/journal"
)

// misses verifies one match and gives what came closest.
func misses(t *testing.T, j *journal.Journal, match string) []journal.NearMiss {
	t.Helper()
	v, err := j.Verify(context.Background(), journal.Expectation{Match: matching(t, match)})
	require.NoError(t, err)
	require.False(t, v.Holds)
	return v.NearMisses
}

func TestANearMissNamesTheFieldThatDiffers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		match string
		want  []journal.Difference
	}{
		{`{"status":200}`, []journal.Difference{{"status", "200", "201"}}},
		{`{"path":"/terminal/card-reads/*"}`, []journal.Difference{{"path", `"/terminal/card-reads/*"`, `"/terminal/card-reads?wait=1"`}}},
		{`{"actor":{"role":"citizen"}}`, []journal.Difference{{"actor.role", `"citizen"`, `"institution"`}}},
		{`{"request":{"cardSerial":"card-2"}}`, []journal.Difference{{"request.cardSerial", `"card-2"`, `"card-1"`}}},
		{`{"request":{"pin":"1"}}`, []journal.Difference{{"request.pin", `"1"`, "nothing"}}},
		{`{"request":{"consents":[{"to":"checkups"},{"to":"expenses"}]}}`, []journal.Difference{{"request.consents[0].to", `"expenses"`, `"medicines"`}}},
		{`{"request":{"consents":[{},{},{"to":"checkups"}]}}`, []journal.Difference{{"request.consents", `an element {"to":"checkups"}`, "none left of 2"}}},
		{`{"request":{"consents":[]}}`, []journal.Difference{{"request.consents", `[]`, `[{"to":"medicines"},{"to":"checkups"}]`}}},
		{`{"request":"<a>"}`, []journal.Difference{{"request", `"<a>"`, `{"amount":1.50,"cardSerial":"card-1","consents":[{"to":"medicines"},{"to":"checkups"}]}`}}},
		{`{"decisions":[{"outcome":"provided","rule":"P12-4"}]}`, []journal.Difference{{"decisions[0].outcome", `"provided"`, `"withheld"`}}},
		{`{"decisions":[{"reasons":[{"rule":"P13-2"}]}]}`, []journal.Difference{{"decisions[0].reasons[0].rule", `"P13-2"`, `"P13-1"`}}},
		{`{"status":200,"code":"SIM-X","system":"terminal"}`, []journal.Difference{{"code", `"SIM-X"`, `""`}, {"status", "200", "201"}}},
	} {
		assert.Equal(t, []journal.NearMiss{
			{Number: 1, Method: "POST", Path: "/terminal/card-reads?wait=1", Differences: c.want},
		}, misses(t, holding(cardRead()), c.match))
	}
}

func TestTheClosestComeFirstAndAreThreeAtMost(t *testing.T) {
	t.Parallel()
	other := cardRead()
	other.Request = []byte(`{"cardSerial":"card-3","consents":[]}`)
	j := holding(information(), other, information(), cardRead(), noConsent(), cardRead())
	found := misses(t, j, `{"operation":"read-card","request":{"cardSerial":"card-2","consents":[{"to":"medicines"}]}}`)
	var numbers []uint64
	for _, miss := range found {
		numbers = append(numbers, miss.Number)
	}
	assert.Equal(t, []uint64{6, 4, 2}, numbers, "of equals the latest first")
}

func TestAnotherOperationIsFartherOffThanAnotherBody(t *testing.T) {
	t.Parallel()
	asked := information()
	asked.Request = []byte(`{"a":1,"b":2,"c":3}`)
	j := holding(cardRead(), asked)
	found := misses(t, j, `{"operation":"read-card","request":{"a":1,"b":2,"c":3}}`)
	assert.EqualValues(t, 1, found[0].Number)
}

func TestAWrongElementIsNearerThanNone(t *testing.T) {
	t.Parallel()
	without := cardRead()
	without.Decisions = nil
	found := misses(t, holding(cardRead(), without), `{"decisions":[{"outcome":"provided"}]}`)
	assert.EqualValues(t, 1, found[0].Number)
}

func TestALongValueIsShortened(t *testing.T) {
	t.Parallel()
	j := holding(journal.Entry{Request: []byte(`"` + strings.Repeat("避", 500) + `"`)})
	assert.Equal(t, `"`+strings.Repeat("避", 199)+"…", misses(t, j, `{"request":"難"}`)[0].Differences[0].Got)
}

func TestTheReportOfTooFewShowsTheClosest(t *testing.T) {
	t.Parallel()
	j := journal.New("town", journal.Limits{Entries: 2, Bytes: 1 << 16, Body: 1 << 10})
	for range 3 {
		add(j, information())
	}
	add(j, cardRead())
	v, err := j.Verify(context.Background(), journal.Expectation{Match: matching(t, `{"operation":"read-card","request":{"cardSerial":"card-2"}}`)})
	require.NoError(t, err)
	assert.EqualValues(t, 2, v.Dropped)
	assert.Equal(t, `Expected at least 1 entry with {"operation":"read-card","request":{"cardSerial":"card-2"}}.
Matched 0 of 2 entries: the expectation does not hold.
Closest of the others:
  #4 POST /terminal/card-reads?wait=1
    request.cardSerial: expected "card-2", got "card-1"
  #3 GET /mynaportal/medicines
    operation: expected "read-card", got "get-medicines"
    request: expected {"cardSerial":"card-2"}, got null
Warning: 2 earlier entries were dropped; they are not counted here, whether they would have matched or not.
`, v.Report)
}

func TestTheReportOfTooManyListsThem(t *testing.T) {
	t.Parallel()
	v, err := three().Verify(context.Background(), journal.Expectation{Match: matching(t, `{"system":"terminal"}`), AtMost: new(1)})
	require.NoError(t, err)
	assert.Empty(t, v.NearMisses)
	assert.Equal(t, `Expected at most 1 entry with {"system":"terminal"}.
Matched 2 of 3 entries: the expectation does not hold.
Those that match: #1, #3.
`, v.Report)

	v, err = thousand().Verify(context.Background(), journal.Expectation{Exactly: new(5)})
	require.NoError(t, err)
	assert.Len(t, v.Numbers, 100)
	assert.Contains(t, v.Report, "#99, #100, and 900 more.")
}

func TestTheReportOfWhatHoldsIsShort(t *testing.T) {
	t.Parallel()
	j := journal.New("town", journal.Limits{Entries: 1, Bytes: 100})
	empties(j, 2)
	v, err := j.Verify(context.Background(), journal.Expectation{AtLeast: new(0), AtMost: new(3)})
	require.NoError(t, err)
	assert.Equal(t, `Expected at most 3 entries with {}.
Matched 1 of 1 entry: the expectation holds.
Warning: 1 earlier entry was dropped; it is not counted here, whether it would have matched or not.
`, v.Report)
	v, err = j.Verify(context.Background(), journal.Expectation{AtLeast: new(1), AtMost: new(3), After: 2})
	require.NoError(t, err)
	assert.Equal(t, "Expected 1 to 3 entries with {}.\nMatched 0 of 0 entries: the expectation does not hold.\n", v.Report)
}
