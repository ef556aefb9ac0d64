package wire_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onshisim/sim/wire"
)

// everything has a field of every kind that there is a plan for, and some that there is none for.
type everything struct {
	Text  string `json:"text"`
	Plain string
	Embedded
	Yes       bool              `json:"yes"`
	Whole     int               `json:"whole"`
	Small     int8              `json:"small"`
	Natural   uint64            `json:"natural"`
	Broken    float64           `json:"broken"`
	Pointer   *inner            `json:"pointer"`
	List      []inner           `json:"list"`
	Pointers  []*inner          `json:"pointers"`
	Texts     []string          `json:"texts"`
	Map       map[string]string `json:"map"`
	Deep      map[string]inner  `json:"deep"`
	At        time.Time         `json:"at"`
	Raw       json.RawMessage   `json:"raw"`
	Loud      loud              `json:"loud"`
	Own       own               `json:"own"`
	Whatever  any               `json:"whatever"`
	Array     [2]int            `json:"array"`
	Bytes     []byte            `json:"bytes"`
	Left      string            `json:"left,omitempty"`
	LeftList  []int             `json:"leftList,omitempty"`
	Hidden    string            `json:"-"`
	unwritten string            //nolint:unused // is to be left out
}

// Embedded is embedded.
type Embedded struct {
	Inner   string `json:"inner"`
	another string //nolint:unused // is to be left out
}

type inner struct {
	Name  string   `json:"name"`
	Empty struct{} `json:"empty"`
	Tree  *tree    `json:"tree"`
}

type tree struct {
	Branches []tree `json:"branches"`
}

// loud has a method of its own for values.
type loud string

func (l loud) MarshalJSON() ([]byte, error) { return json.Marshal(strings.ToUpper(string(l)) + "<!>") }

// own reads itself, and refuses some.
type own string

func (o *own) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, (*string)(o)) }

// The parts of which texts are made: those that can be kept, and those that can't.
var (
	kept   = []string{"", "a", "<", "&", `"`, `\`, "\n", "\t", "\x1f", "\x7f", "é", "架空", "ｶﾅ", "𠮷", "\u2028", "\u2029", "0"}
	unkept = append(slices.Clip(kept), "\x00", "\ufffd", "\xff", "\xe3\x81", "\xed\xa0\x80")
)

func values(of []string) *rapid.Generator[everything] {
	texts := func() *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(of), 0, 6).Draw(t, "parts"), "")
		})
	}
	return rapid.Custom(func(t *rapid.T) everything {
		v := rapid.MakeCustom[everything](rapid.MakeConfig{Types: map[reflect.Type]*rapid.Generator[any]{
			reflect.TypeFor[string](): texts().AsAny(),
			reflect.TypeFor[loud]():   rapid.Map(texts(), func(s string) any { return loud(s) }).AsAny(),
			reflect.TypeFor[own]():    rapid.Map(texts(), func(s string) any { return own(s) }).AsAny(),
			reflect.TypeFor[any]():    rapid.Just[any](nil),
			reflect.TypeFor[json.RawMessage](): rapid.SampledFrom([]any{
				json.RawMessage(nil), json.RawMessage(`{"a": [1, "<\u003c"]}`), json.RawMessage(` null`),
			}),
			reflect.TypeFor[*tree](): rapid.SampledFrom([]any{(*tree)(nil), &tree{}, &tree{[]tree{{}, {[]tree{}}}}}),
			reflect.TypeFor[time.Time](): rapid.Map(rapid.Int64Range(-1<<35, 1<<37), func(s int64) any {
				return time.Unix(s, s%7*1000).In(time.FixedZone("JST", 9*60*60))
			}).AsAny(),
		}}).Draw(t, "value")
		v.Whatever = rapid.SampledFrom([]any{nil, 1.5, "<", map[string]any{"b": 1.0, "a": nil}}).Draw(t, "whatever")
		return v
	})
}

func TestEncoderIsEncodingJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := values(unkept).Draw(t, "everything")
		for _, escape := range []wire.Escape{wire.EscapeHTML, wire.EscapeLess} {
			var want bytes.Buffer
			encoder := json.NewEncoder(&want)
			encoder.SetEscapeHTML(bool(escape))
			failed := encoder.Encode(&value)
			got, err := wire.NewEncoder(reflect.TypeFor[everything](), escape).Append(nil, &value)
			if failed != nil {
				require.Error(t, err)
				continue
			}
			require.NoError(t, err)
			require.Equal(t, strings.TrimSuffix(want.String(), "\n"), string(got))
		}
	})
}

func TestEncoderWritesNumbersAsEncodingJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.Float64().Draw(t, "number")
		want, failed := json.Marshal(f)
		got, err := wire.NewEncoder(reflect.TypeFor[float64](), wire.EscapeHTML).Append(nil, &f)
		require.Equal(t, failed == nil, err == nil)
		require.Equal(t, string(want), string(got))
	})
}

// strict is what encoding/json makes of an event.
func strict(data []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

func TestDecoderTakesWhatEncodersWrite(t *testing.T) {
	decoder, err := wire.NewDecoder(reflect.TypeFor[everything]())
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		value := values(kept).Draw(t, "everything")
		data, err := json.Marshal(&value)
		require.NoError(t, err)
		var got, want everything
		require.NoError(t, strict(data, &want))
		require.True(t, decoder.Decode(data, &got), "%s", data)
		require.Equal(t, want, got)
	})
}

// changes are what makes a document another one, or none.
var changes = []string{"", " ", "\n", "{", "}", "[", "]", ",", ":", `"`, `\`, `\u`, `\ud83d`, `\u0041`, `\n`, "null", "true", "0", "-", ".5", "e3", "1e400", "99999999999999999999", "a", "架", "\xff", "\x00", "\ufffd", `"text":"b",`, `"Text":1,`, `"other":{},`}

func changed(t *rapid.T, data []byte) []byte {
	for range rapid.IntRange(0, 3).Draw(t, "changes") {
		from := rapid.IntRange(0, len(data)).Draw(t, "from")
		to := min(len(data), from+rapid.SampledFrom([]int{0, 0, 1, 1, 2, 5}).Draw(t, "length"))
		data = bytes.Join([][]byte{data[:from], data[to:]}, []byte(rapid.SampledFrom(changes).Draw(t, "change")))
	}
	return data
}

func TestDecoderTakesNothingElse(t *testing.T) {
	decoder, err := wire.NewDecoder(reflect.TypeFor[everything]())
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		value := values(kept).Draw(t, "everything")
		data, err := json.Marshal(&value)
		require.NoError(t, err)
		isOrdinary(t, decoder, changed(t, data))
	})
}

func isOrdinary(t require.TestingT, decoder *wire.Decoder, data []byte) {
	var got, want everything
	if decoder.Decode(data, &got) {
		require.True(t, json.Valid(data), "%s", data)
		require.NoError(t, strict(data, &want), "%s", data)
		require.Equal(t, want, got, "%s", data)
	}
}

func FuzzDecoder(f *testing.F) {
	f.Add([]byte(`{"text":"a","deep":{"x":{"name":"架","tree":{"branches":[]}}},"list":[{"name":"\ud842\udfb7"}],"at":"2021-04-01T09:00:00+09:00","raw":[1,{}],"own":"b"}`))
	decoder, err := wire.NewDecoder(reflect.TypeFor[everything]())
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, data []byte) { isOrdinary(t, decoder, data) })
}

// ruled is held to every rule that there is a plan for.
type ruled struct {
	Short    string         `json:"short" minLength:"1" maxLength:"3"`
	Long     string         `json:"long" required:"false" minLength:"2"`
	Digits   string         `json:"digits" required:"false" pattern:"^([0-9]{4})?$"`
	Month    string         `json:"month" required:"false" pattern:"^([0-9]{4}-(0[1-9]|1[0-2]))?$"`
	Name     string         `json:"name" required:"false" pattern:"^[a-z0-9][a-z0-9._-]{0,4}$"`
	Odd      string         `json:"odd" required:"false" pattern:"b+c"`
	Choice   string         `json:"choice" required:"false" enum:",1,22"`
	Day      string         `json:"day" required:"false" format:"date"`
	Instant  string         `json:"instant" required:"false" format:"date-time"`
	At       time.Time      `json:"at" required:"false"`
	Number   int            `json:"number" required:"false" minimum:"-1" maximum:"9007199254740993"`
	Natural  uint8          `json:"natural" required:"false"`
	Part     float64        `json:"part" required:"false" maximum:"1"`
	Codes    []string       `json:"codes" required:"false" enum:"a,b"`
	Ruled    part           `json:"ruled" required:"false"`
	Parts    []part         `json:"parts" required:"false"`
	Pointer  *part          `json:"pointer" required:"false"`
	Needed   *int           `json:"needed,omitempty"`
	Numbers  map[string]int `json:"numbers" required:"false"`
	Yes      bool           `json:"yes" required:"false"`
	Embedded Embedded       `json:"embedded" required:"false"`
	Common
}

type part struct {
	Must string `json:"must"`
	Or   *bool  `json:"or"`
}

// Common is embedded.
type Common struct {
	Last string `json:"last" required:"false" maxLength:"2"`
}

// The members of a document for ruled: some good, some not.
var given = []string{
	`"short":"a"`, `"short":"架空県"`, `"short":"架空県市"`, `"short":""`, `"short":null`, `"short":1`, `"Short":"a"`, `"sh\u006frt":"a"`,
	`"long":"ab"`, `"long":"a"`, `"long":"架"`, `"long":null`, `"digits":"1234"`, `"digits":"12345"`, `"digits":""`, `"digits":"1234\n"`, `"digits":"１２３４"`,
	`"month":"2021-12"`, `"month":"2021-13"`, `"month":"2021-00"`, `"name":"a.b"`, `"name":".b"`, `"name":"abcdef"`, `"odd":"abbc"`, `"odd":"ac"`,
	`"choice":""`, `"choice":"22"`, `"choice":"2"`, `"day":"2024-02-29"`, `"day":"2023-02-29"`, `"day":"0000-01-01"`, `"day":"2021-4-01"`, `"day":""`,
	`"instant":"2021-04-01T09:00:00+09:00"`, `"instant":"2021-04-01T09:00:00.5Z"`, `"instant":"2021-04-01"`,
	`"at":"2021-04-01T09:00:00+09:00"`, `"at":"2021-04-01T09:00:00,5Z"`, `"at":"2021-04-01t09:00:00z"`, `"at":"2021-04-01T09:00:00+25:00"`, `"at":null`,
	`"number":-1`, `"number":-2`, `"number":-0`, `"number":1.0`, `"number":1e2`, `"number":9007199254740993`, `"number":9007199254740994`, `"number":99999999999999999999`, `"number":01`,
	`"natural":255`, `"natural":256`, `"natural":-1`, `"natural":-0`, `"part":0.5`, `"part":1.5`, `"part":1e400`, `"part":-1E-3`,
	`"codes":[]`, `"codes":["a","b"]`, `"codes":["c"]`, `"codes":[null]`, `"codes":null`, `"codes":["a",]`,
	`"ruled":{"must":"","or":null}`, `"ruled":{"must":"","or":true}`, `"ruled":{"must":"x"}`, `"ruled":{}`, `"ruled":null`, `"ruled":{"must":"","or":true,"more":1}`,
	`"parts":[{"must":"","or":false}]`, `"parts":[null]`, `"pointer":null`, `"pointer":{"must":"a","or":true}`, `"needed":null`, `"needed":7`,
	`"numbers":{}`, `"numbers":{"a":1,"b":2}`, `"numbers":{"a":1,"a":2}`, `"numbers":{"a.b":1}`, `"numbers":{"":1}`, `"numbers":{"a":null}`, `"numbers":null`,
	`"yes":true`, `"yes":false`, `"yes":"true"`, `"yes":null`, `"embedded":{"inner":"a"}`, `"embedded":{"inner":"a","another":""}`, `"last":"架空"`, `"last":"架空県"`, `"Common":{}`,
	`"other":1`, `"":1`,
}

func TestValidatorHoldsTheRulesOfHuma(t *testing.T) {
	validator, err := wire.NewValidator(reflect.TypeFor[ruled]())
	require.NoError(t, err)
	registry := huma.NewMapRegistry("#/", huma.DefaultSchemaNamer)
	schema := registry.Schema(reflect.TypeFor[ruled](), true, "")
	check := func(t require.TestingT, data []byte) (clean, accepted bool) {
		var got, want ruled
		var parsed any
		if json.Unmarshal(data, &parsed) == nil {
			var found huma.ValidateResult
			path := huma.NewPathBuffer(nil, 0)
			path.Reset()
			huma.Validate(registry, schema, path, huma.ModeWriteToServer, parsed, &found)
			accepted = len(found.Errors) == 0 && json.Unmarshal(data, &want) == nil
		}
		if clean = validator.Decode(data, &got); clean {
			require.True(t, accepted, "%s", data)
			require.Equal(t, want, got, "%s", data)
		}
		return clean, accepted
	}
	for _, member := range given {
		check(t, []byte(`{`+member+`}`))
		check(t, []byte(`{"short":"a",`+member+`}`))
	}
	taken := 0
	rapid.Check(t, func(t *rapid.T) {
		members := rapid.SliceOfN(rapid.SampledFrom(given), 0, 4).Draw(t, "members")
		blank := rapid.SampledFrom([]string{"", " ", "\n\t"}).Draw(t, "blank")
		data := changed(t, []byte(blank+"{"+strings.Join(append([]string{`"short":"a"`}[:rapid.IntRange(0, 1).Draw(t, "short")], members...), blank+","+blank)+"}"+blank))
		if clean, _ := check(t, data); clean {
			taken++
		}
	})
	assert.Positive(t, taken)
}

func TestValidatorTakesOrdinaryDocuments(t *testing.T) {
	validator, err := wire.NewValidator(reflect.TypeFor[ruled]())
	require.NoError(t, err)
	for _, data := range []string{
		`{"short":"a"}`, ` { "last" : "" , "short" : "架空県" , "number" : 3 } `,
		`{"short":"\u67b6\u7a7a","digits":"1234","month":"2021-04","day":"2021-04-01","choice":"","codes":["a","b"],"parts":[],"pointer":null}`,
		`{"short":"a","instant":"2021-04-01T09:00:00+09:00","at":"2021-04-01T09:00:00Z","numbers":{"a":1},"ruled":{"must":"x","or":true},"yes":true}`,
	} {
		assert.True(t, validator.Decode([]byte(data), &ruled{}), data)
	}
}

func TestValidatorLeavesOutWhatItDoesNotKnow(t *testing.T) {
	for _, t1 := range []any{
		struct {
			A []string `json:"a" uniqueItems:"true"`
		}{}, struct {
			A any `json:"a"`
		}{}, struct {
			A string `json:"a" format:"uri"`
		}{}, struct {
			A own `json:"a"`
		}{}, struct {
			A string `json:"a" default:"b"`
		}{}, struct {
			A int `json:"a" enum:"1,2"`
		}{}, struct {
			inner
		}{}, tree{},
	} {
		_, err := wire.NewValidator(reflect.TypeOf(t1))
		assert.Error(t, err, "%T", t1)
	}
}

// The patterns of the program, and what any pattern might be held against.
func TestPatternsAreThoseOfRegexp(t *testing.T) {
	type digits struct {
		A string `json:"a" pattern:"^([0-9]{6}|[0-9]{8})?$"`
		B string `json:"b" pattern:"^([A-Za-z0-9][A-Za-z0-9._-]{0,63})?$"`
		C string `json:"c" pattern:"^([0-9]{4}-(0[1-9]|1[0-2]))?$"`
		D string `json:"d" pattern:"^[0-9]+x?[a-z]*$"`
	}
	fields := reflect.VisibleFields(reflect.TypeFor[digits]())
	rapid.Check(t, func(t *rapid.T) {
		field := rapid.SampledFrom(fields).Draw(t, "field")
		pattern := field.Tag.Get("pattern")
		text := rapid.OneOf(rapid.StringMatching(pattern), rapid.StringMatching(`[0-9a-zA-Z._-]{0,10}\n?`), rapid.String()).Draw(t, "text")
		validator, err := wire.NewValidator(reflect.StructOf([]reflect.StructField{{Name: field.Name, Type: field.Type, Tag: field.Tag}}))
		require.NoError(t, err)
		data, err := json.Marshal(map[string]string{field.Tag.Get("json"): text})
		require.NoError(t, err)
		clean := validator.Decode(data, reflect.New(reflect.StructOf([]reflect.StructField{{Name: field.Name, Type: field.Type, Tag: field.Tag}})).Interface())
		want := regexp.MustCompile(pattern).MatchString(text)
		if strings.ContainsAny(text, "\x00\ufffd") {
			want = false
		}
		require.Equal(t, want, clean, "%q", text)
	})
}
