package scenario_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/scenario"
)

const oneStep = "  - {title: 一, actor: cardOffice, act: showCard, with: {cardSerial: card-1}}\n"

func TestAResultHasWhatTheSamePlayNeeds(t *testing.T) {
	f := newFake(map[string]string{"GET /events": `200 {"position":1}` + "\n" + `{"position":2}` + "\n"})
	result := scenario.Play(t.Context(), f.target(), parsed(t, oneStep))
	require.True(t, result.Passed(), result)
	assert.Equal(t, uint64(7), result.Seed)
	assert.Equal(t, "2021-04-01T09:00:00+09:00", result.ClockAtStart)
	assert.Equal(t, "2021-04-02T09:00:00+09:00", result.ClockAtEnd)
	assert.Equal(t, "{\"position\":1}\n{\"position\":2}\n", string(result.Events))
}

// TestAClockThatWouldRunIsMadeToStand: the world has the simulator's time from its first event on.
func TestAClockThatWouldRunIsMadeToStand(t *testing.T) {
	s, err := scenario.Parse("x.yaml", []byte("title: 題\nrules: [QA-3]\nworld: {persons: [{id: hanako, name: \"<花子>\"}]}\nsteps:\n"+oneStep))
	require.NoError(t, err)
	f := newFake(nil)
	require.True(t, scenario.Play(t.Context(), f.target(), s).Passed())
	require.Len(t, f.made, 2)
	assert.Equal(t, `{}`, f.made[0])
	assert.JSONEq(t, `{"world": {"now": "2021-04-02T09:00:00+09:00", "persons": [{"id": "hanako", "name": "<花子>"}]}}`, f.made[1])
	assert.Empty(t, f.worlds)

	f = newFake(map[string]string{"GET /clock": "200 {}"})
	assert.Equal(t, "世界を作れません: 時計を読めません: 応答に now がありません", scenario.Play(t.Context(), f.target(), s).Failure)
	assert.Empty(t, f.worlds)
}

// TestWhatIsRecordedNeverNamesTheWorld: its name is another one each time.
func TestWhatIsRecordedNeverNamesTheWorld(t *testing.T) {
	var name string
	answers := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name = strings.Split(r.URL.Path, "/")[2]
		if r.Method == http.MethodPut || r.URL.Path == "/worlds/"+name+"/clock" {
			write(w, "200 "+tokens)
			return
		}
		_, _ = io.WriteString(w, `{"base": "http://x/w/`+name+`/jpki"}`)
	})
	result := scenario.Play(t.Context(), scenario.InProcess(answers, answers), parsed(t, `
  - {title: 一, actor: cardOffice, act: showCard, with: {cardSerial: card-1}, save: {base: base}}
  - {title: 二, actor: cardOffice, act: showCard, with: {cardSerial: "${base}"}, sees: {base: none}}
`))
	require.NotEmpty(t, name)
	assert.Equal(t, `{"base": "http://x/w/{world}/jpki"}`, string(result.Steps[0].Answer.Body))
	assert.Equal(t, "/jpki/cards/http:%2F%2Fx%2Fw%2F%7Bworld%7D%2Fjpki", result.Steps[1].Request.Path)
	assert.Equal(t, `"http://x/w/{world}/jpki"`, result.Steps[1].Mismatches[0].Got)
	assert.Equal(t, `{"base": "http://x/w/{world}/jpki"}`, string(result.Events))
}

func TestAnEndThatGoesWrongIsTheScenariosFailure(t *testing.T) {
	for answer, want := range map[string]string{
		"GET /clock":  "時計を読めません: 503 SIM-X",
		"GET /events": "イベントを書き出せません: 503 SIM-X",
		"DELETE":      "世界を消せません: 503 SIM-X",
	} {
		f := newFake(map[string]string{answer: `503 {"code": "SIM-X"}`})
		result := scenario.Play(t.Context(), f.target(), parsed(t, oneStep))
		assert.Equal(t, want, result.Failure)
		assert.Equal(t, scenario.Passed, result.Steps[0].Verdict)
		assert.Equal(t, answer == "DELETE", len(f.worlds) == 1, "the world is deleted whatever else fails")
	}
}

func TestATargetSaysWhichProgramItIs(t *testing.T) {
	health := func(answer string) scenario.Target {
		return scenario.InProcess(nil, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			assert.Equal(t, "/healthz", r.URL.Path)
			write(w, answer)
		}))
	}
	program, err := health(`200 {"status": "ok", "version": "1.2.3", "ruleEdition": "e"}`).Program(t.Context())
	require.NoError(t, err)
	assert.Equal(t, scenario.Program{Version: "1.2.3", RuleEdition: "e"}, program)
	_, err = health(`200 {"status": "ok"}`).Program(t.Context())
	assert.ErrorContains(t, err, "older than this program")
	_, err = health(`404 {"code": "SIM-REQ-404"}`).Program(t.Context())
	assert.ErrorContains(t, err, "404 SIM-REQ-404")
	_, err = scenario.Target{ControlURL: "http://127.0.0.1:1"}.Program(t.Context())
	assert.ErrorContains(t, err, "the control plane does not answer")
}
