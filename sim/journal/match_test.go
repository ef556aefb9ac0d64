package journal_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/journal"
)

func TestAMatchIsHeldAgainstARecordInPart(t *testing.T) {
	t.Parallel()
	j := holding(cardRead())
	for match, want := range map[string]bool{
		`{}`:                           true,
		`{"number":1}`:                 true,
		`{"world":"town"}`:             true,
		`{"world":"village"}`:          false,
		`{"status":201,"code":""}`:     true,
		`{"status":201.0}`:             true,
		`{"status":2010e-1}`:           true,
		`{"status":200}`:               false,
		`{"requestCut":false}`:         true,
		`{"requestCut":true}`:          false,
		`{"spentMicroseconds":1500}`:   true,
		`{"at":"2021-04-01T*"}`:        true,
		`{"actor":{}}`:                 true,
		`{"actor":{"code":"9910001"}}`: true,
		`{"actor":{"role":"insurer"}}`: false,

		`{"path":"/terminal/card-reads?wait=1"}`: true,
		`{"path":"/terminal/card-reads"}`:        false,
		`{"path":"/terminal/*"}`:                 true,
		`{"path":"*wait*"}`:                      true,
		`{"path":"terminal/*"}`:                  false,
		`{"path":"/terminal/*/wait=1"}`:          false,

		`{"request":{}}`:                               true,
		`{"request":{"cardSerial":"card-*"}}`:          true,
		`{"request":{"cardSerial":"card-2"}}`:          false,
		`{"request":{"cardserial":"card-1"}}`:          false,
		`{"request":{"absent":null}}`:                  false,
		`{"request":{"amount":1.5}}`:                   true,
		`{"request":{"amount":"1.5"}}`:                 false,
		`{"request":{"consents":[{"to":"checkups"}]}}`: true,
		`{"request":null}`:                             false,
		`{"request":[]}`:                               false,
		`{"request":"*"}`:                              false,
		`{"answer":{"results":[]}}`:                    true,
		`{"answer":{"results":[{}]}}`:                  false,
		`{"answer":{"results":{}}}`:                    false,
		`{"answer":{"results":false}}`:                 false,

		`{"decisions":[]}`:                                                     false,
		`{"decisions":[{}]}`:                                                   true,
		`{"decisions":[{},{}]}`:                                                false,
		`{"decisions":[{"outcome":"withheld"}]}`:                               true,
		`{"decisions":[{"outcome":"*e*"}]}`:                                    true,
		`{"decisions":[{"outcome":"provided"}]}`:                               false,
		`{"decisions":[{"reasons":[]}]}`:                                       false,
		`{"decisions":[{"rule":"P12-4","reasons":[{"rule":"P13-1"}]}]}`:        true,
		`{"decisions":[{"rule":"P12-4","reasons":[{"rule":"P13-2"}]}]}`:        false,
		`{"decisions":[{"reasons":[{"flag":"selfInformationBlocked"}]}]}`:      true,
		`{"decisions":[{"reasons":[{"flag":"nonDisclosure"}]}],"status":201}`:  false,
		`{"decisions":[{"outcome":"withheld"}],"method":"POST","status":201}`:  true,
		`{"decisions":[{"outcome":"withheld"}],"method":"post","status":201}`:  false,
		`{"decisions":[{"personalInsuredNumber":"at-a","view":"my*Card"}]}`:    true,
		`{"decisions":[{"outcome":"withheld","insurerNumber":"99010002"}]}`:    false,
		`{"mutant":"","fault":"","operation":"read-*","system":"*","code":""}`: true,
	} {
		v, err := j.Verify(context.Background(), journal.Expectation{Match: matching(t, match)})
		require.NoError(t, err, match)
		assert.Equal(t, want, v.Holds, match)
	}
}

func TestElementsOfAListAreMatchedEachByAnother(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		actual, want string
		holds        bool
	}{
		{`[1,2,3]`, `[3,1]`, true},
		{`[1,2,3]`, `[1,1]`, false},
		{`[1,1]`, `[1,1]`, true},
		{`[]`, `[]`, true},
		{`[1]`, `[]`, false},
		{`[]`, `[null]`, false},
		{`[null]`, `[null]`, true},
		{`["ab","b"]`, `["*b","ab"]`, true}, // what fits first has to give way
		{`["ab","ac","b"]`, `["*","a*","ab"]`, true},
		{`["ab","ac","b"]`, `["a*","a*","a*"]`, false},
		{`[[1,2],[]]`, `[[],[2]]`, true},
		{`[{"a":1,"b":1},{"a":1}]`, `[{"a":1},{"b":1}]`, true},
	} {
		j := holding(journal.Entry{Request: []byte(c.actual)})
		v, err := j.Verify(context.Background(), journal.Expectation{Match: matching(t, `{"request":`+c.want+`}`)})
		require.NoError(t, err)
		assert.Equal(t, c.holds, v.Holds, "%s in %s", c.want, c.actual)
	}
}

func TestAStarStandsForAnyRun(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{`*`, ``, true},
		{`**`, `a`, true},
		{``, ``, true},
		{``, `a`, false},
		{`a*`, `a`, true},
		{`a*a`, `a`, false},
		{`a*a`, `aa`, true},
		{`a*b*c`, "a/\nb?bc", true},
		{`a*b*c`, `acb`, false},
		{`*ab*ab*`, `xaby`, false},
		{`避*町`, `避難町`, true},
		{`a?`, `ab`, false},
		{`\*`, `*`, true},
		{`\*`, `a`, false},
		{`\**`, `*a`, true},
		{`a\b`, `a\b`, true},
		{`a\`, `a\`, true},
		{`\\*`, `\*`, true},
	} {
		body, err := json.Marshal(c.text)
		require.NoError(t, err)
		v, err := holding(journal.Entry{Request: body}).Verify(context.Background(), journal.Expectation{Match: map[string]any{"request": c.pattern}})
		require.NoError(t, err)
		assert.Equal(t, c.want, v.Holds, "%s for %q", c.pattern, c.text)
	}
}

func TestNumbersAreComparedExactly(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b json.Number
		same bool
	}{
		{"1", "1.0", true},
		{"0", "-0.0e5", true},
		{"100", "1e2", true},
		{"0.010", "1E-2", true},
		{"-5", "5", false},
		{"9007199254740993", "9007199254740992", false},
		{"0.1", "0.10000000000000000001", false},
		{"1e999999999", "1e999999999", true},
		{"1e99999999999999999999", "10e99999999999999999998", false}, // beyond all use
		{"12", "21", false},
		{"10", "1", false},
	} {
		j := holding(journal.Entry{Request: []byte(c.a)})
		v, err := j.Verify(context.Background(), journal.Expectation{Match: map[string]any{"request": c.b}})
		require.NoError(t, err)
		assert.Equal(t, c.same, v.Holds, "%s and %s", c.a, c.b)
	}
}

func TestAMatchCanBeOfGoValues(t *testing.T) {
	t.Parallel()
	v, err := three().Verify(context.Background(), journal.Expectation{Match: map[string]any{
		"status": 201, "actor": map[string]string{"role": "institution"},
		"decisions": []map[string]any{{"reasons": []struct {
			Rule string `json:"rule"`
		}{{"P13-1"}}}},
	}})
	require.NoError(t, err)
	assert.Equal(t, []uint64{1}, v.Numbers)
}

func TestARecordMatchesItself(t *testing.T) {
	t.Parallel()
	j := three()
	for _, r := range read(j, journal.Query{}).Entries {
		data, err := json.Marshal(r)
		require.NoError(t, err)
		v, err := j.Verify(context.Background(), journal.Expectation{Match: matching(t, string(data))})
		require.NoError(t, err)
		assert.Equal(t, []uint64{r.Number}, v.Numbers)
	}
}
