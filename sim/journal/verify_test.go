package journal_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/journal"
	"onshisim/sim/problem"
)

// matching reads an expectation's match as a Go test without a decoder of its own would.
func matching(t testing.TB, match string) map[string]any {
	t.Helper()
	var m map[string]any
	require.NoError(t, json.Unmarshal([]byte(match), &m))
	return m
}

func TestTheCountDecides(t *testing.T) {
	t.Parallel()
	j := three()
	terminal, none := `{"system":"terminal"}`, `{"system":"jpki"}` // two match, and none
	for _, c := range []struct {
		match                    string
		exactly, atLeast, atMost *int
		holds                    bool
	}{
		{match: terminal, holds: true},
		{match: none, holds: false},
		{match: terminal, exactly: new(2), holds: true},
		{match: terminal, exactly: new(1), holds: false},
		{match: terminal, exactly: new(3), holds: false},
		{match: none, exactly: new(0), holds: true},
		{match: terminal, atLeast: new(2), holds: true},
		{match: terminal, atLeast: new(3), holds: false},
		{match: none, atLeast: new(0), holds: true},
		{match: terminal, atMost: new(2), holds: true},
		{match: terminal, atMost: new(1), holds: false},
		{match: none, atMost: new(0), holds: true},
		{match: terminal, atLeast: new(1), atMost: new(2), holds: true},
		{match: terminal, atLeast: new(3), atMost: new(4), holds: false},
		{match: terminal, atLeast: new(0), atMost: new(1), holds: false},
		{match: `{}`, exactly: new(3), holds: true},
	} {
		v, err := j.Verify(context.Background(), journal.Expectation{Match: matching(t, c.match), Exactly: c.exactly, AtLeast: c.atLeast, AtMost: c.atMost})
		require.NoError(t, err)
		assert.Equal(t, c.holds, v.Holds, v.Report)
		assert.Equal(t, 3, v.Examined)
		assert.Len(t, v.Numbers, v.Matched)
		assert.NotNil(t, v.NearMisses)
	}
}

func TestWithoutAMatchEveryEntryMatches(t *testing.T) {
	t.Parallel()
	v, err := three().Verify(context.Background(), journal.Expectation{After: 1})
	require.NoError(t, err)
	assert.Equal(t, []uint64{2, 3}, v.Numbers)
	assert.Equal(t, 2, v.Examined)
}

func TestContradictoryCountsAreRefused(t *testing.T) {
	t.Parallel()
	for field, e := range map[string]journal.Expectation{
		"exactly": {Exactly: new(1), AtLeast: new(1)},
		"atLeast": {AtLeast: new(-1)},
		"atMost":  {AtLeast: new(2), AtMost: new(1)},
	} {
		_, err := three().Verify(context.Background(), e)
		requireBadField(t, err, "body."+field, "can't")
	}
	_, err := three().Verify(context.Background(), journal.Expectation{Exactly: new(-1)})
	requireBadField(t, err, "body.exactly", "negative")
	_, err = three().Verify(context.Background(), journal.Expectation{Exactly: new(1), AtMost: new(1)})
	requireBadField(t, err, "body.exactly", "beside")
	_, err = three().Verify(context.Background(), journal.Expectation{AtMost: new(-1)})
	requireBadField(t, err, "body.atMost", "negative")
}

// FuzzVerify: whatever is to match, it is either refused with the field's name or held against what is there; and an
// entry's own record matches it.
func FuzzVerify(f *testing.F) {
	for _, match := range []string{
		`{}`, `null`, `{"path":"/*\\*"}`, `{"status":1e99999999999}`, `{"decisions":[{"outcome":"with*","reasons":[]},{}]}`,
		`{"request":[[],{},"*",1.0,null,true]}`, `{"actor":{"role":""}}`, `{"":0}`, `{"answer":{"":{"":[1,1]}}}`, `{"code":"\ud800"}`,
	} {
		f.Add([]byte(match))
	}
	f.Fuzz(func(t *testing.T, match []byte) {
		fuzzed := cardRead()
		fuzzed.Path, fuzzed.Request = string(match), match
		j := holding(fuzzed, information())
		verifyItself(t, j)
		var e journal.Expectation
		if json.Unmarshal(match, &e.Match) != nil {
			return
		}
		v, err := j.Verify(context.Background(), e)
		if err != nil {
			var refusal *problem.Error
			require.True(t, errors.As(err, &refusal) && len(refusal.Fields) == 1, "%v", err)
			return
		}
		require.Equal(t, v.Matched > 0, v.Holds)
		require.Equal(t, v.Holds, len(v.NearMisses) == 0)
		for _, miss := range v.NearMisses {
			require.NotEmpty(t, miss.Differences)
		}
	})
}

// verifyItself holds the first record against all; lists beyond the bound are left out.
func verifyItself(t *testing.T, j *journal.Journal) {
	t.Helper()
	r := read(j, journal.Query{Limit: 1}).Entries[0]
	text, err := json.Marshal(r)
	require.NoError(t, err)
	var e journal.Expectation
	decoder := json.NewDecoder(strings.NewReader(strings.ReplaceAll(string(text), "*", `\\*`)))
	decoder.UseNumber()
	require.NoError(t, decoder.Decode(&e.Match))
	e.Match["request"] = r.Request // names of fields are no patterns
	if strings.Contains(string(text), "*") {
		delete(e.Match, "request")
	}
	v, err := j.Verify(context.Background(), e)
	if err != nil && strings.Contains(err.Error(), "elements") {
		return
	}
	require.NoError(t, err)
	require.Equal(t, []uint64{1}, v.Numbers, "%s", text)
}

func BenchmarkVerify(b *testing.B) {
	j := thousand()
	for name, match := range map[string]string{
		"path":      `{"method":"POST","path":"/terminal/card-reads/999"}`,
		"decisions": `{"operation":"read-card","decisions":[{"outcome":"withheld","reasons":[{"rule":"P13-1"}]}]}`,
		"bodies":    `{"request":{"cardSerial":"card-1"},"answer":{"results":[]}}`,
		"miss":      `{"path":"/terminal/*","request":{"cardSerial":"card-2"},"decisions":[{"outcome":"provided"}]}`,
	} {
		b.Run(name, func(b *testing.B) {
			e := journal.Expectation{Match: matching(b, match)}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := j.Verify(context.Background(), e); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
