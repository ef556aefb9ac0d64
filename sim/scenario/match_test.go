package scenario

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// answered makes an answer as it would have come.
func answered(t *testing.T, status int, body string) *answer {
	t.Helper()
	a := &answer{status: status, header: http.Header{"Sim": {"onshisim"}}, body: []byte(body)}
	decoder := json.NewDecoder(strings.NewReader(body))
	decoder.UseNumber()
	if decoder.Decode(&a.value) != nil {
		a.value = nil
	}
	return a
}

// expected reads what a step is to see.
func expected(t *testing.T, sees string) (want map[string]any) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(sees))
	decoder.UseNumber()
	require.NoError(t, decoder.Decode(&want))
	return want
}

func TestAnAnswerIsHeldAgainstWhatAStepNames(t *testing.T) {
	const body = `{"status": "valid", "n": 1, "s": "1", "z": null, "list": [{"a": 1, "b": 2}], "o": {"x": {"y": true}}}`
	for _, c := range []struct {
		name, sees string
		want       []Mismatch
	}{
		{"nothing named", `{}`, nil},
		{"fields that are not named don't matter", `{"o": {"x": {}}, "list": [{"b": 2}]}`, nil},
		{"status as a number is HTTP's", `{"status": 201}`, []Mismatch{{"status", "201", "200"}}},
		{"status as a word is the answer's", `{"status": "locked"}`, []Mismatch{{"status", `"locked"`, `"valid"`}}},
		{"1 and 1.0 are one number", `{"n": 1.0}`, nil},
		{"a number is no text", `{"s": 1}`, []Mismatch{{"s", "1", `"1"`}}},
		{"text is no number", `{"n": "1"}`, []Mismatch{{"n", `"1"`, "1"}}},
		{"null is null", `{"z": null}`, nil},
		{"null is not absence", `{"absent": null}`, []Mismatch{{"absent", "null", "(なし)"}}},
		{"deep", `{"o": {"x": {"y": false}}}`, []Mismatch{{"o.x.y", "false", "true"}}},
		{"in a list", `{"list": [{"a": 2}]}`, []Mismatch{{"list[0].a", "2", "1"}}},
		{"length of a list", `{"list": []}`, []Mismatch{{"list", "0件 []", `1件 [{"a":1,"b":2}]`}}},
		{"kinds differ", `{"list": {"a": 1}, "o": [], "n": {}}`, []Mismatch{
			{"list", `{"a":1}`, `[{"a":1,"b":2}]`}, {"n", "{}", "1"}, {"o", "[]", `{"x":{"y":true}}`},
		}},
		{"every mismatch", `{"n": 2, "s": "2"}`, []Mismatch{{"n", "2", "1"}, {"s", `"2"`, `"1"`}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, compare(answered(t, 200, body), expected(t, c.sees), nil))
		})
	}
}

func TestWithoutAStatusASuccessIsExpected(t *testing.T) {
	assert.Empty(t, compare(answered(t, 204, ""), nil, nil))
	assert.Equal(t, []Mismatch{{"status", "2xx", "403 SIM-DIS-CLOSED Closed."}},
		compare(answered(t, 403, `{"status": 403, "code": "SIM-DIS-CLOSED", "detail": "Closed."}`), nil, nil))
	assert.Empty(t, compare(answered(t, 403, `{"status": 403, "code": "SIM-X"}`), expected(t, `{"status": 403, "code": "SIM-X"}`), nil))
}

func TestWhatIsToBeHiddenIsLookedForEverywhere(t *testing.T) {
	for _, c := range []struct{ name, body string }{
		{"a value", `{"a": [{"address": "架空県避難町1"}]}`},
		{"a value in escapes", `{"a": "\u67b6\u7a7a\u770c\u907f\u96e3\u753a"}`},
		{"a key", `{"避難町": 1}`},
		{"no JSON", `<a>避難町</a>`},
		{"between JSON's tokens", `{"a": 1} 避難町`},
	} {
		assert.NotEmpty(t, compare(answered(t, 200, c.body), nil, []string{"避難町"}), c.name)
		assert.Empty(t, compare(answered(t, 200, c.body), nil, []string{"隠里町"}), c.name)
	}
	assert.NotEmpty(t, compare(answered(t, 200, `{"n": 9990202}`), nil, []string{"9990202"}), "a number")
	assert.NotEmpty(t, compare(answered(t, 200, `{}`), nil, []string{"onshi"}), "the header")
	named := answered(t, 200, `{}`)
	named.header.Set("X-Request-Id", "eec7a48bb74d6afc096d68071201e032")
	assert.Empty(t, compare(named, nil, []string{"1201"}), "a request's id is drawn at random")
	assert.NotEmpty(t, compare(answered(t, 200, `{}`), nil, []string{""}), "an empty text hides nothing")
	long := strings.Repeat("あ", 100)
	assert.Equal(t, []Mismatch{{"body", "「避難町」が出ない", "…" + strings.Repeat("あ", 20) + "避難町" + strings.Repeat("あ", 20) + "…"}},
		compare(answered(t, 200, long+"避難町"+long), nil, []string{"避難町"}))
}

func TestWhatAnActorSawIsOneLine(t *testing.T) {
	for _, c := range []struct {
		status     int
		body, want string
	}{
		{204, ``, "受理"},
		{200, `{"unknown": 1}`, "受理"},
		{200, `{"cardReadId": "r", "qualificationValidity": "4", "results": []}`, "該当資格なし 資格0件"},
		{200, `{"qualificationValidity": "1", "results": [{"name": "花子", "insurerName": "健保", "insurerNumber": "1", "address": ""}]}`, "有効 資格1件〔花子 健保 住所なし〕"},
		{200, `{"entries": [{"status": "noAnswer", "message": "回答なし", "insurerName": ""}]}`, "自己情報1件〔回答なし〕"},
		{200, `{"items": [{"name": "花子", "insurerNumber": "1", "medicineName": "錠"}, {"medicineName": "液"}, {"medicineName": "膏"}, {"medicineName": "散"}]}`, "情報4件〔錠／液／膏／…〕"},
		{200, `{"nonDisclosure": true, "selfInformationBlocked": false, "items": []}`, "不開示該当フラグ=1 自己情報提供不可フラグ=0 情報0件"},
		{403, `{"status": 403, "code": "SIM-X", "detail": "Closed."}`, "403 SIM-X Closed."},
		{502, `bad`, "502 Bad Gateway"},
	} {
		assert.Equal(t, c.want, saw(answered(t, c.status, c.body)))
	}
}
