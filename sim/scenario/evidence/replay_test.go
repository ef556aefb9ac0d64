package evidence_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim/scenario"
	"onshisim/sim/scenario/evidence"
)

// TestAReplayIsTheSame, with seed and clock or without, passed or not, played to the end or not at all.
func TestAReplayIsTheSame(t *testing.T) {
	t.Parallel()
	folder := packed(t, [2]string{"loose", loose}, [2]string{"failing", failing}, [2]string{"unfit", unfit}, [2]string{"broken", broken})
	for range 2 {
		compared := replayed(t, folder)
		for _, c := range compared {
			require.Nil(t, c.Difference, c.Entry.Name)
		}
		assert.Equal(t, []int{4, 2, 0, 0}, []int{compared[0].Answers, compared[1].Answers, compared[2].Answers, compared[3].Answers})
		assert.Equal(t, strings.Count(content(t, folder, "events/loose.jsonl"), "\n"), compared[0].Events)
		assert.Zero(t, compared[2].Events)
	}
}

// TestEveryScenarioReplays: all that come with the program.
func TestEveryScenarioReplays(t *testing.T) {
	t.Parallel()
	all, err := scenario.LoadAll(fixtures.FS)
	require.NoError(t, err)
	target := simulator(t, "1.0")
	report := scenario.Report{}
	for _, s := range all {
		if len(s.Steps) > 0 {
			report.Results = append(report.Results, scenario.Play(t.Context(), target, s))
		}
	}
	folder := t.TempDir()
	_, err = evidence.Write(folder, report, scenario.Program{})
	require.NoError(t, err)
	for _, c := range replayed(t, folder) {
		assert.Nil(t, c.Difference, c.Entry.Name)
		assert.Equal(t, c.Entry.Steps, c.Answers, c.Entry.Name)
	}
}

// tampered replays a pack of which one file was changed, and its hash with it.
func tampered(t *testing.T, file, from, to string) evidence.Comparison {
	t.Helper()
	folder := packed(t, [2]string{"loose", loose})
	text := content(t, folder, file)
	require.Contains(t, text, from)
	overwrite(t, folder, file, strings.Replace(text, from, to, 1))
	if file != "manifest.json" {
		refix(t, folder)
	}
	return replayed(t, folder)[0]
}

// TestADifferenceIsFound, with its place, its path and both values.
func TestADifferenceIsFound(t *testing.T) {
	t.Parallel()
	for what, test := range map[string]struct {
		file, from, to string
		want           evidence.Difference
	}{
		"an answer's field":  {"report.json", `"qualificationValidity": "1"`, `"qualificationValidity": "4"`, evidence.Difference{Place: "手順3", Path: "qualificationValidity", Recorded: `"4"`, Now: `"1"`}},
		"a field in a list":  {"report.json", `"reason": "人の文書による設定"`, `"reason": ""`, evidence.Difference{Place: "手順1", Path: "history[0].reason", Recorded: `""`, Now: `"人の文書による設定"`}},
		"a field too many":   {"report.json", `"items": [],`, `"items": [1],`, evidence.Difference{Place: "手順1", Path: "items[0]", Recorded: "1", Now: "(なし)"}},
		"a field's absence":  {"report.json", `"items": [],`, ``, evidence.Difference{Place: "手順1", Path: "items", Recorded: "(なし)", Now: "[]"}},
		"an answer's status": {"report.json", `"status": 200`, `"status": 201`, evidence.Difference{Place: "手順1", Path: "status", Recorded: "201", Now: "200"}},
		"a verdict": {"report.json", `"verdict": "passed",
            "who"`, `"verdict": "failed", "who"`, evidence.Difference{Place: "手順1", Path: "verdict", Recorded: "failed", Now: "passed"}},
		"a step's failure": {"report.json", `"mismatches": null,
            "failure": ""`, `"failure": "x"`, evidence.Difference{Place: "手順1", Path: "failure", Recorded: "x", Now: "(なし)"}},
		"the scenario":         {"scenarios/loose.yaml", `"duration": "1d"`, `"duration": "2d"`, evidence.Difference{Place: "手順4", Path: "now"}},
		"an event's data":      {"events/loose.jsonl", `"name":"花子"`, `"name":"華子"`, evidence.Difference{Place: "イベント6", Path: "data.person.name", Recorded: `"華子"`, Now: `"花子"`}},
		"an event's type":      {"events/loose.jsonl", `"type":"worldCreated"`, `"type":"x"`, evidence.Difference{Place: "イベント1", Path: "type", Recorded: `"x"`, Now: `"worldCreated"`}},
		"an event's instant":   {"events/loose.jsonl", `"at":"`, `"at":"x`, evidence.Difference{Place: "イベント1", Path: "at"}},
		"an event too many":    {"events/loose.jsonl", "{\"position\":1,", "{\"position\":1}\n{\"position\":1,", evidence.Difference{Place: "イベント1", Path: "at", Recorded: "(なし)"}},
		"whether it passed":    {"manifest.json", `"passed": true`, `"passed": false`, evidence.Difference{Place: "世界", Path: "passed", Recorded: "false", Now: "true"}},
		"the seed":             {"manifest.json", `"seed": `, `"seed": 1`, evidence.Difference{Place: "世界", Path: "seed"}},
		"the clock at the end": {"manifest.json", `"clockAtEnd": "`, `"clockAtEnd": "x`, evidence.Difference{Place: "世界", Path: "clockAtEnd"}},
		"the clock before":     {"manifest.json", `"clockAtStart": "`, `"clockAtStart": "x`, evidence.Difference{Place: "世界", Path: "clockAtStart"}},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			c := tampered(t, test.file, test.from, test.to)
			require.NotNil(t, c.Difference)
			if test.want.Now == "" { // it is drawn
				c.Difference.Now = ""
			}
			if test.want.Recorded == "" {
				c.Difference.Recorded = ""
			}
			assert.Equal(t, test.want, *c.Difference)
		})
	}
}

// TestEventsAreComparedToTheLast: instants too.
func TestEventsAreComparedToTheLast(t *testing.T) {
	t.Parallel()
	folder := packed(t, [2]string{"loose", loose})
	text := content(t, folder, "events/loose.jsonl")
	lines := strings.SplitAfter(text, "\n")
	lines = lines[:len(lines)-1]
	for _, cut := range []struct {
		events string
		want   evidence.Difference
	}{
		{strings.Join(lines[:len(lines)-1], ""), evidence.Difference{Place: "イベント9", Recorded: "(なし)"}},
		{text + "{}\n", evidence.Difference{Place: "イベント10", Recorded: "{}", Now: "(なし)"}},
		{strings.Join(lines[:2], "") + strings.Replace(lines[2], `"at":"2`, `"at":"3`, 1) + strings.Join(lines[3:], ""), evidence.Difference{Place: "イベント3", Path: "at"}},
	} {
		overwrite(t, folder, "events/loose.jsonl", cut.events)
		refix(t, folder)
		d := replayed(t, folder)[0].Difference
		require.NotNil(t, d)
		assert.Equal(t, cut.want.Place, d.Place)
		assert.Equal(t, cut.want.Path, d.Path)
	}
}

// TestAReplayTellsInWords what is the same, what is not, and with what else it was done.
func TestAReplayTellsInWords(t *testing.T) {
	t.Parallel()
	folder := packed(t, [2]string{"failing", failing}, [2]string{"broken", broken})
	overwrite(t, folder, "report.json", strings.ReplaceAll(content(t, folder, "report.json"), "\"status\": \"valid\"\n", "\"status\": \"locked\"\n"))
	refix(t, folder)
	pack, err := evidence.Read(folder)
	require.NoError(t, err)
	target := simulator(t, "1.1")
	program, err := target.Program(t.Context())
	require.NoError(t, err)
	compared := pack.Replay(t.Context(), target)
	assert.False(t, pack.Same(compared))
	var text bytes.Buffer
	require.NoError(t, pack.WriteText(&text, program, compared))
	events := strings.Count(content(t, folder, "events/broken.jsonl"), "\n")
	manifest := sha256.Sum256([]byte(content(t, folder, "manifest.json")))
	want := `記録: 2026-04-01T09:00:00+09:00 に実施、対象 プロセス内、版 1.0、規則 e
manifest.json のSHA-256: ` + hex.EncodeToString(manifest[:]) + `
注意: プログラムの版が記録と違います。記録 1.0、今回 1.1
注意: 規則の版が記録と違います。記録 e、今回 ` + program.RuleEdition + `

✗ 違う  不合格  (failing)
    手順1 status
      記録: "locked"
      今回: "valid"
✓ 同じ  先に読んでいない  (broken)  応答 0件、イベント ` + written(t, events) + `件

シナリオ 2件: 同じ 1、違う 1。比べて同じだった応答 0件、イベント ` + written(t, events) + `件。
版が違うため、報告書(CSV、HTML)は作り直して比べていません。
`
	assert.Equal(t, want, text.String())

	text.Reset()
	require.NoError(t, pack.WriteText(&text, scenario.Program{Version: "1.0", RuleEdition: "e"}, compared[1:]))
	assert.NotContains(t, text.String(), "注意")
	assert.Contains(t, text.String(), "中断したため、1件は比べていません。")
	assert.False(t, pack.Same(compared[1:]))
}

func written(t *testing.T, number int) string {
	t.Helper()
	text, err := json.Marshal(number)
	require.NoError(t, err)
	return string(text)
}

func TestAReplayThatIsCutShortProvesNothing(t *testing.T) {
	t.Parallel()
	pack, err := evidence.Read(packed(t, [2]string{"failing", failing}))
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	compared := pack.Replay(ctx, simulator(t, "1.0"))
	assert.Empty(t, compared)
	assert.False(t, pack.Same(compared))
}

// A report for people that was changed together with its hash is found by what the replay gives.
func TestAForgedReportIsFound(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"report.csv", "report.html"} {
		folder := packed(t, [2]string{"loose", loose})
		overwrite(t, folder, file, strings.Replace(content(t, folder, file), "合格", "不合格", 1))
		refix(t, folder)
		pack, err := evidence.Read(folder)
		require.NoError(t, err)
		played, program := simulator(t, "1.0"), scenario.Program{Version: "1.0", RuleEdition: "e"}
		forged, err := pack.Forged(program, pack.Replay(t.Context(), played))
		require.NoError(t, err)
		assert.Equal(t, []string{file}, forged)
		program.Version = "another"
		forged, err = pack.Forged(program, pack.Replay(t.Context(), played))
		require.NoError(t, err)
		assert.Empty(t, forged, "another program may say the same in other words")
	}
}
