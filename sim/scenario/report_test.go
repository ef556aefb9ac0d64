package scenario_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/scenario"
)

// played is a report with a scenario that passes, one that fails midway, and one whose world can't be made.
func played(t *testing.T) scenario.Report {
	t.Helper()
	f := newFake(map[string]string{"GET /jpki/cards/card-1": `200 {"status": "valid", "note": "<b>&避難町</b>"}`})
	good := parsed(t, `
  - {title: カードを確かめる, actor: cardOffice, act: showCard, with: {cardSerial: card-1}, rules: [P12-4], sees: {status: valid}}
`)
	bad := parsed(t, `
  - {title: カードが止まったかを、町の窓口がその日のうちに確かめる, actor: cardOffice, by: 町の係, act: showCard, with: {cardSerial: card-1}, rules: [P15-1], sees: {status: suspended}, hides: [避難町]}
  - {title: まだ, actor: cardOffice, act: showCard, with: {cardSerial: card-1}}
`)
	bad.Title, bad.Name = "止まらない <カード>", "flows/b"
	broken := parsed(t, "  - {title: 一, actor: time, act: setClock}\n")
	broken.Name = "z"
	return scenario.Report{
		At: time.Date(2021, 4, 1, 9, 0, 0, 0, time.FixedZone("JST", 9*60*60)), Target: "内蔵",
		Results: []scenario.Result{
			scenario.Play(t.Context(), f.target(), good),
			scenario.Play(t.Context(), f.target(), bad),
			scenario.Play(t.Context(), newFake(map[string]string{"PUT": "503 {}"}).target(), broken),
		},
	}
}

func TestTheTableSaysStepByStepWhoSawWhat(t *testing.T) {
	const want = `
✓ 題  (x)
  規則: P12-4, QA-3
  手順 | 誰が                     | 何をした                             | 見えたもの                                   | 判定
  -----+--------------------------+--------------------------------------+----------------------------------------------+-----
  1    | 市区町村・JPKI           | カードを確かめる                     | 有効                                         | ✓

✗ 止まらない <カード>  (flows/b)
  規則: P15-1, QA-3
  手順 | 誰が                     | 何をした                             | 見えたもの                                   | 判定
  -----+--------------------------+--------------------------------------+----------------------------------------------+-----
  1    | 市区町村・JPKI（町の係） | カードが止まったかを、町の窓口がその | 有効                                         | ✗
       |                          | 日のうちに確かめる                   |                                              |
  2    | 市区町村・JPKI           | まだ                                 |                                              | –
  手順1(flows/b.yaml:11)が期待と違います
    status
      期待: "suspended"
      実際: "valid"
    note
      期待: 「避難町」が出ない
      実際: <b>&避難町</b>

✗ 題  (z)
  規則: QA-3
  手順 | 誰が                     | 何をした                             | 見えたもの                                   | 判定
  -----+--------------------------+--------------------------------------+----------------------------------------------+-----
  1    | 時計                     | 一                                   |                                              | –
  世界を作れません: 503

シナリオ 3件: 合格 1、不合格 2。規則 1/64 を確認。
`
	var text bytes.Buffer
	require.NoError(t, scenario.WriteText(&text, played(t), false))
	assert.Equal(t, strings.TrimPrefix(want, "\n"), text.String())

	var coloured bytes.Buffer
	require.NoError(t, scenario.WriteText(&coloured, played(t), true))
	assert.Contains(t, coloured.String(), "\x1b[32m✓\x1b[0m")
	assert.Equal(t, text.String(), regexp.MustCompile("\x1b\\[[0-9]+m").ReplaceAllString(coloured.String(), ""))
}

func TestTheJSONReportHasEverything(t *testing.T) {
	var text bytes.Buffer
	require.NoError(t, scenario.WriteJSON(&text, played(t)))
	var report struct {
		At             string
		Passed, Failed int
		Rules          []struct {
			ID, Verdict string
			Cases       []string
		}
		Results []struct {
			Name    string
			Passed  bool
			Failure string
			Steps   []struct {
				Title  string
				Line   int
				Result struct {
					Verdict    string
					Answer     struct{ Body map[string]any }
					Mismatches []map[string]string
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal(text.Bytes(), &report))
	assert.Equal(t, "2021-04-01T09:00:00+09:00", report.At)
	assert.Equal(t, []int{1, 2}, []int{report.Passed, report.Failed})
	verdicts := map[string]string{}
	for _, rule := range report.Rules {
		assert.NotNil(t, rule.Cases)
		verdicts[rule.ID] = rule.Verdict
	}
	assert.Equal(t, []string{"passed", "failed", "failed", "notPlayed"}, []string{verdicts["P12-4"], verdicts["P15-1"], verdicts["QA-3"], verdicts["P3-1"]})
	step := report.Results[1].Steps[0]
	assert.Equal(t, 11, step.Line)
	assert.Equal(t, "<b>&避難町</b>", step.Result.Answer.Body["note"])
	assert.Equal(t, map[string]string{"path": "status", "expected": `"suspended"`, "got": `"valid"`}, step.Result.Mismatches[0])
	assert.Equal(t, "世界を作れません: 503", report.Results[2].Failure)
}

func TestTheJUnitReportCountsAsBuildServersDo(t *testing.T) {
	var text bytes.Buffer
	require.NoError(t, scenario.WriteJUnit(&text, played(t)))
	var report struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Skipped  int `xml:"skipped,attr"`
		Suites   []struct {
			Name  string `xml:"name,attr"`
			Cases []struct {
				Name    string `xml:"name,attr"`
				Failure string `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	require.NoError(t, xml.Unmarshal(text.Bytes(), &report))
	assert.Equal(t, []int{7, 1, 1, 2}, []int{report.Tests, report.Failures, report.Errors, report.Skipped})
	assert.Equal(t, "flows/b 止まらない <カード>", report.Suites[1].Name)
	assert.Equal(t, "status: 期待 \"suspended\" / 実際 \"valid\"\nnote: 期待 「避難町」が出ない / 実際 <b>&避難町</b>", report.Suites[1].Cases[1].Failure)
}

func TestTheHTMLReportStandsAlone(t *testing.T) {
	var text bytes.Buffer
	require.NoError(t, scenario.WriteHTML(&text, played(t)))
	page := text.String()
	assert.Contains(t, page, `<html lang="ja">`)
	assert.NotRegexp(t, `<script|src=|<link|@import|url\(|https?://`, page, "the page needs nothing beside itself")
	for _, shown := range []string{
		"<td class=\"narrow\">P.12</td><td class=\"narrow\">P12-4</td>", // a rule with its page
		"✓ 合格", "✗ 不合格", "– 未実施",
		"止まらない &lt;カード&gt;",
		"&lt;b&gt;&amp;避難町&lt;/b&gt;", // an answer
		"期待: &#34;suspended&#34;<br>実際: &#34;valid&#34;",
		"世界を作れません: 503",
		`id="case-flows-b-1"`,
	} {
		assert.Contains(t, page, shown)
	}
	for _, link := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(page, -1) {
		assert.Contains(t, page, `id="`+link[1]+`"`, "a link leads nowhere")
	}
}
