package journal_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"onshisim/sim/journal"
)

func TestReadGivesWhatMatchesEveryFilter(t *testing.T) {
	t.Parallel()
	j := three()
	for _, c := range []struct {
		name  string
		query journal.Query
		want  []uint64
	}{
		{"none", journal.Query{}, []uint64{1, 2, 3}},
		{"after", journal.Query{After: 1}, []uint64{2, 3}},
		{"system", journal.Query{System: "terminal"}, []uint64{1, 3}},
		{"operation", journal.Query{Operation: "get-medicines"}, []uint64{2, 3}},
		{"role", journal.Query{Role: "citizen"}, []uint64{2}},
		{"code of the actor", journal.Query{Code: "9910001"}, []uint64{1, 3}},
		{"person who asked", journal.Query{Person: "taro"}, []uint64{2}},
		{"person whom it is about", journal.Query{Person: "hanako"}, []uint64{1, 3}},
		{"status", journal.Query{Status: 201}, []uint64{1}},
		{"outcome", journal.Query{Outcome: "withheld"}, []uint64{1}},
		{"outcome at a gate", journal.Query{Outcome: "refused"}, []uint64{3}},
		{"rule of the line", journal.Query{Rule: "P12-7"}, []uint64{2}},
		{"rule of a reason", journal.Query{Rule: "P13-1"}, []uint64{1}},
		{"rule of a gate", journal.Query{Rule: "P3-4"}, []uint64{3}},
		{"a rule that a gate's empty question would have", journal.Query{Rule: "P12-1"}, nil},
		{"combined", journal.Query{System: "terminal", Operation: "get-medicines", Person: "hanako", Status: 403}, []uint64{3}},
		{"combined without a match", journal.Query{System: "terminal", Role: "citizen"}, nil},
		{"a part is not enough", journal.Query{System: "term"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			page := read(j, c.query)
			assert.Equal(t, c.want, numbers(page.Entries))
			assert.Len(t, c.want, page.Total)
			assert.EqualValues(t, 3, page.Next)
			assert.NotNil(t, page.Entries)
		})
	}
}

func TestPagesFollowEachOther(t *testing.T) {
	t.Parallel()
	j := holding(cardRead(), information(), cardRead(), cardRead(), information(), information())
	query := journal.Query{System: "terminal", Limit: 2}
	first := read(j, query)
	assert.Equal(t, []uint64{1, 3}, numbers(first.Entries))
	assert.Equal(t, 3, first.Total)
	assert.EqualValues(t, 3, first.Next)
	query.After = first.Next
	second := read(j, query)
	assert.Equal(t, []uint64{4}, numbers(second.Entries))
	assert.Equal(t, 1, second.Total)
	assert.EqualValues(t, 6, second.Next, "what does not match is not looked at again")
	query.After = second.Next
	assert.Equal(t, journal.Page{Entries: []journal.Record{}, Next: 6}, read(j, query))
}

func TestAfterANumberNotYetGivenThereIsNothing(t *testing.T) {
	t.Parallel()
	for _, after := range []uint64{3, 4, 1<<64 - 1} {
		assert.Equal(t, journal.Page{Entries: []journal.Record{}, Next: 3}, read(three(), journal.Query{After: after}))
	}
}

func TestDroppedCountsFromTheAskedNumber(t *testing.T) {
	t.Parallel()
	j := journal.New("town", journal.Limits{Entries: 2, Bytes: 100})
	empties(j, 10)
	for after, want := range map[uint64]uint64{0: 8, 3: 5, 7: 1, 8: 0, 9: 0, 10: 0, 11: 0} {
		assert.Equal(t, want, read(j, journal.Query{After: after}).Dropped, after)
	}
}
