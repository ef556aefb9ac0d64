package scenario_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/scenario"
)

// everyActor has a step of every actor, and uses all that the player remembers.
const everyActor = `
  - {title: フラグを立てる, actor: insurer, as: "06990014", act: setFlags, with: {personalInsuredNumber: "a/1", nonDisclosure: true, items: [checkups]}}
  - {title: 一覧, actor: insurer, as: "06990014", act: listMembers, with: {limit: 2, cursor: 次}}
  - {title: 照会, actor: agency, as: welfare, act: inquire, with: {institutionSpecificCode: s1, item: benefits}}
  - {title: 再交付, actor: cardOffice, act: reissueCard, with: {cardSerial: card-1}, save: {newCard: cardSerial, newPin: pin}}
  - {title: ログイン, actor: citizen, as: "${newCard}", act: logIn, with: {pin: "${newPin}"}}
  - {title: 登録, actor: citizen, as: "${newCard}", act: register}
  - {title: 本人を見る, actor: proxy, as: "${newCard}", act: showMedicines, with: {principal: p1}}
  - {title: 読み取り, actor: window, by: 本人, as: "9919990011", act: readCard, with: {cardSerial: "${newCard}", verification: {method: pin, pin: "${newPin}"}}}
  - {title: 薬, actor: consultation, as: "9919990011", act: showMedicines, with: {cardSerial: "${newCard}"}}
  - {title: 検索, actor: disaster, as: "9919990011", act: search, with: {name: 花子}}
  - {title: 同意, actor: disaster, as: "9919990011", act: consent, with: {medicines: true}}
  - {title: 別の候補, actor: disaster, as: "9919990011", act: openCandidate, with: {candidateId: c9}}
  - {title: 一日たつ, actor: time, act: advanceClock, with: {duration: 1d}}
  - {title: 人を足す, actor: operator, act: putPerson, with: {id: taro, name: 太郎}}
  - {title: 理由, actor: operator, act: explain, with: {id: taro}, sees: {status: 200}}
`

var everyAnswer = map[string]string{
	"POST /jpki/cards/card-1/reissue": `200 {"cardSerial": "card-2", "pin": "9876"}`,
	"POST /mynaportal/sessions":       `201 {"token": "t-session"}`,
	"POST /terminal/card-reads":       `200 {"cardReadId": "r7", "qualificationValidity": "1", "results": []}`,
	"POST /disaster/searches":         `200 {"candidates": [{"candidateId": "c1"}, {"candidateId": "c2"}]}`,
}

var everyCall = []string{
	`PATCH /intermediate/members/a%2F1/flags t-insurer {"items":["checkups"],"nonDisclosure":true}`,
	`GET /intermediate/members?cursor=%E6%AC%A1&limit=2 t-insurer`,
	`POST /intermediate/inquiries t-agency {"institutionSpecificCode":"s1","item":"benefits"}`,
	`POST /jpki/cards/card-1/reissue t-office`,
	`POST /mynaportal/sessions  {"cardSerial":"card-2","pin":"9876"}`,
	`POST /mynaportal/registration t-session`,
	`GET /mynaportal/medicines?principal=p1 t-session`,
	`POST /terminal/card-reads t-hospital {"cardSerial":"card-2","verification":{"method":"pin","pin":"9876"}}`,
	`GET /terminal/card-reads/r7/medicines t-hospital`,
	`POST /disaster/searches t-hospital {"name":"花子"}`,
	`POST /disaster/candidates/c1/consents t-hospital {"medicines":true}`,
	`GET /disaster/candidates/c9 t-hospital`,
	`POST /clock/advance t-control {"duration":"1d"}`,
	`PUT /persons/taro t-control {"name":"太郎"}`,
	`GET /persons/taro/disclosure t-control`,
	`GET /clock t-control`,
	`GET /events t-control`,
}

func TestEveryActorCallsAsTheInterfaceHasIt(t *testing.T) {
	s := parsed(t, everyActor)

	f := newFake(everyAnswer)
	target := f.target()
	target.ControlToken = "t-control"
	inProcess := scenario.Play(t.Context(), target, s)
	assert.True(t, inProcess.Passed(), "%+v", inProcess)
	assert.Equal(t, everyCall, f.calls)
	assert.Empty(t, f.worlds, "the world is deleted at the end")
	assert.Equal(t, "窓口（本人）", inProcess.Steps[7].Who)
	assert.Equal(t, "診察室（病院）", inProcess.Steps[8].Who)
	assert.Equal(t, "/persons/taro", inProcess.Steps[13].Request.Path)

	t.Run("by URL", func(t *testing.T) {
		f := newFake(everyAnswer)
		public, control := httptest.NewServer(http.HandlerFunc(f.public)), httptest.NewServer(http.HandlerFunc(f.control))
		t.Cleanup(public.Close)
		t.Cleanup(control.Close)
		byURL := scenario.Play(t.Context(), scenario.Target{PublicURL: public.URL + "/", ControlURL: control.URL, ControlToken: "t-control"}, s)
		assert.Equal(t, inProcess, byURL)
		assert.Equal(t, everyCall, f.calls)
	})
}

func TestAScenarioStopsAtTheFirstStepThatFails(t *testing.T) {
	f := newFake(map[string]string{"GET /jpki/cards/card-1": `200 {"status": "valid"}`})
	result := scenario.Play(t.Context(), f.target(), parsed(t, `
  - {title: 一, actor: cardOffice, act: showCard, with: {cardSerial: card-1}, sees: {status: valid}}
  - {title: 二, actor: cardOffice, act: showCard, with: {cardSerial: card-1}, sees: {status: locked}}
  - {title: 三, actor: cardOffice, act: showCard, with: {cardSerial: card-1}}
`))
	assert.False(t, result.Passed())
	assert.Equal(t, scenario.Passed, result.Steps[0].Verdict)
	assert.Equal(t, scenario.Failed, result.Steps[1].Verdict)
	assert.Equal(t, []scenario.Mismatch{{Path: "status", Expected: `"locked"`, Got: `"valid"`}}, result.Steps[1].Mismatches)
	assert.Equal(t, scenario.NotPlayed, result.Steps[2].Verdict)
	assert.Equal(t, "カードの照会", result.Steps[2].Act)
	assert.Equal(t, []string{"GET /jpki/cards/card-1 t-office", "GET /jpki/cards/card-1 t-office", "GET /clock", "GET /events"}, f.calls)
	assert.Empty(t, f.worlds)
}

func TestWhatIsMissingForAStepIsItsFailure(t *testing.T) {
	for _, c := range []struct{ step, want string }{
		{`{title: 一, actor: citizen, as: card-1, act: register}`, "カード card-1 はまだログインしていません(logIn が先に要ります)"},
		{`{title: 一, actor: window, as: "9919990011", act: showMedicines, with: {cardSerial: card-1}}`, `カード "card-1" はこの機関でまだ読まれていません(readCard が先に要ります)`},
		{`{title: 一, actor: disaster, as: "9919990011", act: openCandidate}`, "直前の検索に候補者がいません(search が先に要ります)"},
	} {
		result := scenario.Play(t.Context(), newFake(nil).target(), parsed(t, "  - "+c.step+"\n"))
		assert.Equal(t, scenario.Failed, result.Steps[0].Verdict)
		assert.Equal(t, c.want, result.Steps[0].Failure)
	}
}

func TestASessionThatWasRefusedIsNone(t *testing.T) {
	f := newFake(map[string]string{"POST /mynaportal/sessions": `403 {"code": "SIM-X"}`})
	result := scenario.Play(t.Context(), f.target(), parsed(t, `
  - {title: 一, actor: citizen, as: card-1, act: logIn, with: {pin: "0000"}, sees: {status: 403, code: SIM-X}}
  - {title: 二, actor: citizen, as: card-1, act: register}
`))
	assert.Equal(t, scenario.Passed, result.Steps[0].Verdict)
	assert.Contains(t, result.Steps[1].Failure, "まだログインしていません")
}

func TestWhatCanNotBeSavedIsAMismatch(t *testing.T) {
	f := newFake(map[string]string{"GET /jpki/cards/card-1": `200 {"list": [{"n": 7}]}`})
	result := scenario.Play(t.Context(), f.target(), parsed(t, `
  - {title: 一, actor: cardOffice, act: showCard, with: {cardSerial: card-1}, save: {n: list.0.n}}
  - {title: 二, actor: cardOffice, act: showCard, with: {cardSerial: "${n}"}}
  - {title: 三, actor: cardOffice, act: showCard, with: {cardSerial: card-1}, save: {a: list.1.n, b: list}}
`))
	assert.Equal(t, "/jpki/cards/7", result.Steps[1].Request.Path)
	assert.Equal(t, []scenario.Mismatch{
		{Path: "list.1.n", Expected: "${a} に保存する文字列", Got: "(なし)"},
		{Path: "list", Expected: "${b} に保存する文字列", Got: `[{"n":7}]`},
	}, result.Steps[2].Mismatches)
}

func TestAWorldThatCanNotBeMadeIsTheScenariosFailure(t *testing.T) {
	f := newFake(map[string]string{"PUT": `422 {"code": "SIM-REQ-422", "detail": "No.", "errors": [{"location": "body.world"}]}`})
	result := scenario.Play(t.Context(), f.target(), parsed(t, everyActor))
	assert.False(t, result.Passed())
	assert.Equal(t, `世界を作れません: 422 SIM-REQ-422 No. {"location":"body.world"}`, result.Failure)
	assert.Len(t, result.Steps, 15)
	assert.Empty(t, f.calls)

	result = scenario.Play(t.Context(), scenario.Target{ControlURL: "http://127.0.0.1:1"}, parsed(t, everyActor))
	assert.Contains(t, result.Failure, "世界を作れません")
}

func TestTheWorldIsDeletedAlsoWhenPlayIsCancelled(t *testing.T) {
	f := newFake(nil)
	ctx, cancel := context.WithCancel(t.Context())
	target := f.target()
	cut := target.Client.Transport
	target.Client = &http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
		if strings.HasPrefix(r.URL.Path, "/w/") {
			cancel()
			return nil, ctx.Err()
		}
		return cut.RoundTrip(r)
	})}
	result := scenario.Play(ctx, target, parsed(t, everyActor))
	assert.Contains(t, result.Steps[0].Failure, "応答がありません")
	assert.Empty(t, result.Failure)
	assert.Empty(t, f.worlds)
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestTwoPlaysNeverShareAWorld(t *testing.T) {
	seen := map[string]bool{}
	control := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			assert.False(t, seen[r.URL.Path], "a world's name was used twice")
			assert.Regexp(t, `^/worlds/scenario-[a-z0-9]{12}$`, r.URL.Path)
			seen[r.URL.Path] = true
		}
		write(w, "200 "+tokens)
	})
	s := parsed(t, "  - {title: 一, actor: cardOffice, act: showCard, with: {cardSerial: card-1}}\n")
	for range 20 {
		require.True(t, scenario.Play(t.Context(), scenario.InProcess(control, control), s).Passed())
	}
	assert.Len(t, seen, 20)
}
