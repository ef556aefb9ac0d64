package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onshisim/sim"
	"onshisim/sim/eventlog"
	"onshisim/sim/web"
	"onshisim/sim/wire"
	"onshisim/sim/world"
)

// The quick way against the ordinary one: nothing may tell them apart but the time they take.

// simulator is a simulator over a small world.
func simulator(t testing.TB) sim.Handlers {
	t.Helper()
	at := time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST)
	worlds, err := world.Open(t.Context(), eventlog.NewMemory(), world.Sources{Wall: func() time.Time { return at }, Seed: func() uint64 { return 1 }})
	require.NoError(t, err)
	document := &world.Document{
		Seed: 1, Now: "2021-04-01T09:00:00+09:00",
		Insurers:     []world.Insurer{{InsurerNumber: "06990014", InsurerName: "架空健康保険組合", Token: "insurer"}},
		Agencies:     []world.Agency{{AgencyCode: "agency", AgencyName: "架空市", Token: "agency"}},
		Institutions: []world.Institution{{MedicalInstitutionCode: "9919990011", Token: "hospital"}},
		CardOffice:   world.CardOffice{Token: "office"},
	}
	for i := range 3 {
		document.Persons = append(document.Persons, world.Person{
			ID: fmt.Sprintf("p%d", i), Name: "架空　花子", NameKana: "カクウ　ハナコ", Birthdate: "1990-04-01", Address: "架空県仮想市見本町1番地",
			IndividualNumber: fmt.Sprintf("99999999999%d", i), PortalUserID: fmt.Sprintf("u%d", i),
			Cards: []world.Card{{CardSerial: fmt.Sprintf("c%d", i), PIN: "1234"}}, RegisteredCard: fmt.Sprintf("c%d", i),
			Members: []world.Member{{PersonalInsuredNumber: fmt.Sprintf("n%d", i), Eligibility: world.Eligibility{InsurerNumber: "06990014", InsuredCardSymbol: "1", InsuredIdentificationNumber: fmt.Sprint(i)}}},
		})
	}
	w, err := worlds.Create(t.Context(), "default", document)
	require.NoError(t, err)
	require.NoError(t, w.SetMode(t.Context(), world.Mode{Mode: world.ModeDisaster}))
	return sim.New(sim.Config{
		Worlds: worlds, Scenarios: fstest.MapFS{}, Logger: slog.New(slog.DiscardHandler), Random: rand.New(rand.NewPCG(1, 1)).Uint64, MaxBody: 4000,
	})
}

// request is one that a simulator is asked.
type request struct{ method, path, token, body string }

func (r *request) of(handlers sim.Handlers) *httptest.ResponseRecorder {
	to, target := handlers.Public, r.path
	if strings.HasPrefix(r.path, "/worlds") || strings.HasPrefix(r.path, "/mutants") {
		to, target = handlers.Control, "http://localhost"+r.path
	}
	asked := httptest.NewRequest(r.method, target, strings.NewReader(r.body))
	if r.token != "" {
		asked.Header.Set("Authorization", "Bearer "+r.token)
	}
	w := httptest.NewRecorder()
	to.ServeHTTP(w, asked)
	return w
}

// ordinary are requests as clients send them, which the quick way has to answer, but for those that say so.
var ordinary = []struct {
	request
	operation string // empty: it goes the ordinary way
}{
	{request{"POST", "/terminal/certificate-checks", "hospital", `{"insurerNumber":"06990014","insuredCardSymbol":"1","insuredIdentificationNumber":"1","insuredBranchNumber":"00","birthdate":"1990-04-01"}`}, "terminal-check-certificate"},
	{request{"POST", "/terminal/certificate-checks", "hospital", `{"insurerNumber":"０６９９００１４","insuredCardSymbol":"\uff11","insuredIdentificationNumber":"1","birthdate":"1990-04-01","qualificationConfirmationDate":"2021-03-01"}`}, "terminal-check-certificate"},
	{request{"POST", "/terminal/certificate-checks", "hospital", `{"insurerNumber":"06990014","insuredIdentificationNumber":"1","birthdate":"1990-04-01","qualificationConfirmationDate":"2031-03-01"}`}, "terminal-check-certificate"},
	{request{"POST", "/terminal/certificate-checks", "nobody", `{"insurerNumber":"06990014"}`}, ""},
	{request{"POST", "/terminal/certificate-checks", "insurer", `{"insurerNumber":"06990014"}`}, ""},
	{request{"POST", "/terminal/certificate-checks", "", `{`}, ""},
	{request{"POST", "/terminal/certificate-checks", "hospital", ``}, ""},
	{request{"POST", "/terminal/certificate-checks", "hospital", `{"a":"` + strings.Repeat("a", 5000) + `"}`}, ""},
	{request{"POST", "/terminal/certificate-checks?a=b", "hospital", `{}`}, ""},
	{request{"GET", "/terminal/certificate-checks", "hospital", ``}, ""},
	{request{"POST", "/w/other/terminal/certificate-checks", "hospital", `{}`}, ""},
	{request{"POST", "/terminal/card-reads", "hospital", `{"cardSerial":"c1","verification":{"method":"pin","pin":"1234"},"consents":{"medicines":true,"limitCertificate":true}}`}, "terminal-read-card"},
	{request{"POST", "/terminal/card-reads", "hospital", `{"verification":{"method":"face","match":false},"cardSerial":"c1"}`}, "terminal-read-card"},
	{request{"POST", "/terminal/card-reads", "hospital", `{"cardSerial":"c2","verification":{"method":"pin","pin":"4321"}}`}, "terminal-read-card"},
	{request{"POST", "/terminal/card-reads", "hospital", `{"cardSerial":"c2","verification":{"method":"pin"}}`}, "terminal-read-card"},
	{request{"POST", "/w/default/terminal/card-reads", "hospital", `{"cardSerial":"c3","verification":{"method":"staff"},"consents":null}`}, "terminal-read-card"},
	{request{"GET", "/terminal/card-reads/none/medicines", "hospital", ``}, "terminal-list-medicines"},
	{request{"GET", "/terminal/card-reads/" + strings.Repeat("a", 65) + "/medicines", "hospital", ``}, ""},
	{request{"GET", "/terminal/card-reads//medicines", "hospital", ``}, ""},
	{request{"POST", "/terminal/medicines", "hospital", `{"insurerNumber":"06990014","insuredCardSymbol":"1","insuredIdentificationNumber":"1"}`}, "terminal-list-medicines-by-certificate"},
	{request{"POST", "/terminal/checkups", "hospital", `{"insurerNumber":"06990014","insuredIdentificationNumber":"1","insuredBranchNumber":"00"}`}, "terminal-list-checkups-by-certificate"},
	{request{"PUT", "/terminal/reference-numbers", "hospital", `{"insurerNumber":"06990014","insuredCardSymbol":"1","insuredIdentificationNumber":"2","referenceNumber":"<r>"}`}, "terminal-put-reference-number"},
	{request{"POST", "/disaster/searches", "hospital", `{"nameKana":"ｶｸｳ ﾊﾅｺ","birthdate":"1990-04-01","address":"仮想市"}`}, "disaster-search"},
	{request{"POST", "/disaster/searches", "hospital", `{"nameKana":"ｶｸｳ ﾊﾅｺ","birthdate":"1990-04-01"}`}, "disaster-search"},
	{request{"POST", "/mynaportal/sessions", "", `{"cardSerial":"c0","pin":"1234"}`}, "mynaportal-log-in"},
	{request{"GET", "/mynaportal/self-information", "session", ``}, "mynaportal-list-self-information"},
	{request{"GET", "/mynaportal/self-information?principal=u0", "session", ``}, ""},
	{request{"GET", "/mynaportal/self-information", "hospital", ``}, ""},
	{request{"GET", "/mynaportal/proxies", "session", ``}, "mynaportal-list-proxies"},
	{request{"PUT", "/mynaportal/proxies/u1", "session", ``}, "mynaportal-name-proxy"},
	{request{"PUT", "/intermediate/members/n9", "insurer", `{"individualNumber":"999999999990","insuredIdentificationNumber":"9"}`}, "intermediate-put-member"},
	{request{"PATCH", "/intermediate/members/n1/flags", "insurer", `{"nonDisclosure":true,"appliedOn":"2021-04-01","reason":"<&>"}`}, ""},
	{request{"POST", "/intermediate/subjects", "agency", `{"individualNumber":"999999999991"}`}, "intermediate-find-subject"},
	{request{"GET", "/jpki/cards/c1", "office", ``}, "jpki-show-card"},
	{request{"POST", "/jpki/cards/c1/suspension", "office", ``}, "jpki-suspend-card"},
	{request{"DELETE", "/jpki/cards/c1/suspension", "office", ``}, "jpki-lift-suspension"},
	{request{"GET", "/nowhere", "", ``}, ""},
	{request{"GET", "/worlds/default/clock", "", ``}, "get-clock"},
	{request{"PUT", "/worlds/default/mutant", "", `{"name":""}`}, "set-mutant"},
	{request{"POST", "/worlds/default/terminals/none/files", "", `{"message":"face"}`}, "take-file"},
	{request{"GET", "/worlds/none/clock", "", ``}, "get-clock"},
	{request{"GET", "/worlds/-/clock", "", ``}, ""},
}

// What stands before an operation and is no admission would be passed by.
func TestThereIsNoQuickWayPastAMiddleware(t *testing.T) {
	s := web.New(web.Config{Logger: slog.New(slog.DiscardHandler)})
	passed := 0
	stand := func(ctx huma.Context, next func(huma.Context)) {
		passed++
		next(ctx)
	}
	group := huma.NewGroup(web.Guard(s.API, func(context.Context, *web.Access, *http.Request) error { return nil }))
	web.Register(group, huma.Operation{OperationID: "before", Method: http.MethodGet, Path: "/before"}, nothingAtAll)
	group.UseMiddleware(stand)
	web.Register(group, huma.Operation{OperationID: "behind", Method: http.MethodGet, Path: "/behind"}, nothingAtAll)
	web.Register(s.API, huma.Operation{OperationID: "own", Method: http.MethodGet, Path: "/own", Middlewares: huma.Middlewares{stand}}, nothingAtAll)
	var quick []string
	web.CountQuickWays(s, func(operation string) { quick = append(quick, operation) })
	for _, path := range []string{"/before", "/behind", "/own"} {
		assert.Equal(t, http.StatusNoContent, send(s, http.MethodGet, path, "").Code)
	}
	assert.Equal(t, []string{"before"}, quick)
	assert.Equal(t, 2, passed)
}

func nothingAtAll(context.Context, *nothing) (*nothing, error) { return nil, nil }

// pair is two simulators of the same world, of which one knows no quick way.
type pair struct {
	quick, slow sim.Handlers
	ways        []string // the operations that were answered quickly
	session     string
}

func newPair(t testing.TB) *pair {
	p := &pair{quick: simulator(t), slow: simulator(t)}
	for _, server := range []http.Handler{p.slow.Public, p.slow.Control} {
		web.TakeNoQuickWay(server)
	}
	for _, server := range []http.Handler{p.quick.Public, p.quick.Control} {
		web.CountQuickWays(server, func(operation string) { p.ways = append(p.ways, operation) })
	}
	return p
}

// ask asks both, and gives the answer if it is the same.
func (p *pair) ask(t require.TestingT, r request) *httptest.ResponseRecorder {
	if r.token == "session" {
		r.token = p.session
	}
	got, want := r.of(p.quick), r.of(p.slow)
	require.Equal(t, want.Code, got.Code, "%+v", r)
	require.Equal(t, want.Body.String(), got.Body.String(), "%+v", r)
	require.Equal(t, want.Header(), got.Header(), "%+v", r)
	if r.path == "/mynaportal/sessions" && got.Code == http.StatusCreated {
		var session struct{ Token string }
		require.NoError(t, json.Unmarshal(got.Body.Bytes(), &session))
		p.session = session.Token
	}
	return got
}

var spent = regexp.MustCompile(`"spentMicroseconds":\d+|"spent[A-Za-z]*":"?[^,"}]*"?`)

// leaveTheSame holds what both have noted against each other.
func (p *pair) leaveTheSame(t require.TestingT) {
	for _, path := range []string{"/worlds/default/journal", "/worlds/default/events"} {
		r := request{"GET", path, "", ""}
		got, want := r.of(p.quick), r.of(p.slow)
		require.Equal(t, http.StatusOK, got.Code)
		require.Equal(t, spent.ReplaceAllString(want.Body.String(), ""), spent.ReplaceAllString(got.Body.String(), ""))
	}
}

func TestTheQuickWayIsTaken(t *testing.T) {
	p := newPair(t)
	for _, o := range ordinary {
		before := len(p.ways)
		answer := p.ask(t, o.request)
		way := ""
		if len(p.ways) > before {
			way = p.ways[before]
		}
		assert.Equal(t, o.operation, way, "%+v: %d %s", o.request, answer.Code, answer.Body)
	}
	p.leaveTheSame(t)
}

// Faults, mutants and modes stand in the way of both.
func TestTheQuickWayMeetsFaultsMutantsAndModes(t *testing.T) {
	for _, r := range []request{
		{"POST", "/worlds/default/faults", "", `{"system":"terminal","status":503,"skip":1,"count":2}`},
		{"POST", "/worlds/default/faults", "", `{"system":"mynaportal","operation":"log-in","garbage":true,"carriedOut":true}`},
		{"PUT", "/worlds/default/mutant", "", `{"name":"no-address-at-institutions"}`},
		{"PUT", "/worlds/default/mode", "", `{"mode":"failure","systems":["terminal"]}`},
		{"PUT", "/worlds/default/mode", "", `{"mode":"failure","systems":["disaster"]}`},
		{"PUT", "/worlds/default/mode", "", `{"mode":"normal"}`},
	} {
		p := newPair(t)
		p.ask(t, r)
		for _, o := range ordinary {
			p.ask(t, o.request)
		}
		p.leaveTheSame(t)
	}
}

// changes are what makes a body another one, or none.
var changes = []string{"", " ", "{", "}", "[", "]", ",", `"`, `\`, `\u0041`, `\ud83d`, "null", "true", "0", "1.0", "a", "架", "\xff", "\x00", `"pin":"1",`, `"birthdate":"2023-02-29",`, `"Pin":1,`}

func TestTheQuickWayAnswersLikeTheOrdinaryOne(t *testing.T) {
	p := newPair(t)
	rapid.Check(t, func(rt *rapid.T) {
		r := rapid.SampledFrom(ordinary).Draw(rt, "request").request
		for range rapid.IntRange(0, 2).Draw(rt, "changes") {
			from := rapid.IntRange(0, len(r.body)).Draw(rt, "from")
			to := min(len(r.body), from+rapid.SampledFrom([]int{0, 1, 2, 6}).Draw(rt, "length"))
			r.body = r.body[:from] + rapid.SampledFrom(changes).Draw(rt, "change") + r.body[to:]
		}
		p.ask(rt, r)
	})
	p.leaveTheSame(t)
}

// Whatever the plan of a body takes for clean, the ordinary way accepts too, for the same value.
func TestPlansAcceptNothingElse(t *testing.T) {
	handlers := simulator(t)
	for _, server := range []http.Handler{handlers.Public, handlers.Control} {
		taken, _ := web.Bodies(server, true)
		for _, name := range slices.Sorted(maps.Keys(taken)) {
			t.Run(name, func(t *testing.T) { acceptsNothingElse(t, taken[name]) })
		}
	}
}

func acceptsNothingElse(t *testing.T, body reflect.Type) {
	decoder, err := wire.NewValidator(body)
	require.NoError(t, err)
	clean := 0
	rapid.Check(t, func(t *rapid.T) {
		data := []byte(draftOf(t, body))
		for range rapid.IntRange(0, 1).Draw(t, "changes") {
			from := rapid.IntRange(0, len(data)).Draw(t, "from")
			data = slices.Concat(data[:from], []byte(rapid.SampledFrom(changes).Draw(t, "change")), data[from:])
		}
		got, want := reflect.New(body), reflect.New(body)
		if decoder.Decode(data, got.Interface()) {
			clean++
			require.True(t, web.Ordinary(data, want.Interface()), "%s", data)
			require.Equal(t, want.Interface(), got.Interface(), "%s", data)
		}
	})
	assert.Positive(t, clean)
}

// draftOf is a document for a type, whose values are often good.
func draftOf(t *rapid.T, of reflect.Type) string {
	switch of.Kind() {
	case reflect.Pointer:
		return draftOf(t, of.Elem())
	case reflect.Struct:
		if of == reflect.TypeFor[time.Time]() {
			return `"2021-04-01T09:00:00+09:00"`
		}
		var members []string
		for _, f := range reflect.VisibleFields(of) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "" || f.Tag.Get("required") == "false" && rapid.IntRange(0, 2).Draw(t, "given") > 0 {
				continue
			}
			members = append(members, `"`+name+`":`+valueOf(t, f))
		}
		return "{" + strings.Join(members, ",") + "}"
	case reflect.Slice:
		return "[" + strings.Join(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return draftOf(t, of.Elem()) }), 0, 2).Draw(t, "items"), ",") + "]"
	case reflect.Map:
		return `{"a":` + draftOf(t, of.Elem()) + `}`
	case reflect.Bool:
		return rapid.SampledFrom([]string{"true", "false"}).Draw(t, "bool")
	case reflect.String:
		return rapid.SampledFrom([]string{`"a"`, `""`, `"架空"`, `"2021-04-01"`, `"1234"`, `"06990014"`}).Draw(t, "text")
	default:
		return rapid.SampledFrom([]string{"0", "1", "2", "-1", "1.5"}).Draw(t, "number")
	}
}

func valueOf(t *rapid.T, f reflect.StructField) string {
	switch {
	case rapid.IntRange(0, 19).Draw(t, "odd") == 0:
		return rapid.SampledFrom([]string{"null", "1", `"x"`, "[]", "{}"}).Draw(t, "odd value")
	case f.Tag.Get("enum") != "" && f.Type.Kind() == reflect.String:
		return `"` + rapid.SampledFrom(strings.Split(f.Tag.Get("enum"), ",")).Draw(t, "enum") + `"`
	case f.Tag.Get("pattern") != "":
		return `"` + rapid.StringMatching(f.Tag.Get("pattern")).Draw(t, "pattern") + `"`
	case f.Tag.Get("format") == "date":
		return `"2021-04-01"`
	case f.Tag.Get("format") == "date-time":
		return `"2021-04-01T09:00:00+09:00"`
	}
	return draftOf(t, f.Type)
}

// Whatever an operation answers, its plan writes as encoding/json does.
func TestPlansWriteWhatEncodingJSONWrites(t *testing.T) {
	handlers := simulator(t)
	for _, server := range []http.Handler{handlers.Public, handlers.Control} {
		_, given := web.Bodies(server, false)
		for _, name := range slices.Sorted(maps.Keys(given)) {
			t.Run(name, func(t *testing.T) {
				encoder := wire.NewEncoder(given[name], wire.EscapeLess)
				dice := rand.New(rand.NewPCG(1, 2))
				for range 50 {
					value := reflect.New(given[name])
					fill(dice, value.Elem(), 0)
					var want bytes.Buffer
					plain := json.NewEncoder(&want)
					plain.SetEscapeHTML(false)
					require.NoError(t, plain.Encode(value.Elem().Interface()))
					got, err := encoder.Append(nil, value.Interface())
					require.NoError(t, err)
					require.Equal(t, want.String(), string(got)+"\n")
				}
			})
		}
	}
}

// fill gives a value random parts.
func fill(dice *rand.Rand, v reflect.Value, level int) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(dice.IntN(2) == 0)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(dice.Int64N(100) - 50)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(dice.Uint64N(100))
	case reflect.Float64:
		v.SetFloat(dice.NormFloat64())
	case reflect.String:
		v.SetString([]string{"", "a", "<&>", `"\`, "架空　県", "\n\x01", "\u2028", "\xff"}[dice.IntN(8)])
	case reflect.Pointer:
		if level < 6 && dice.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(dice, v.Elem(), level+1)
		}
	case reflect.Slice:
		if n := dice.IntN(4); n > 0 && level < 6 && v.Type() != reflect.TypeFor[json.RawMessage]() {
			v.Set(reflect.MakeSlice(v.Type(), n-1, n-1))
			for i := range n - 1 {
				fill(dice, v.Index(i), level+1)
			}
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		if level < 6 {
			value := reflect.New(v.Type().Elem()).Elem()
			fill(dice, value, level+1)
			v.SetMapIndex(reflect.ValueOf("<架").Convert(v.Type().Key()), value)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Unix(dice.Int64N(1<<33), dice.Int64N(1e9)).In(world.JST)))
			return
		}
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				fill(dice, f, level+1)
			}
		}
	}
}
