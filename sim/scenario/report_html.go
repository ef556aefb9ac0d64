package scenario

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"
	"unicode"

	"onshisim/sim/guidance"
)

//go:embed report.html.tmpl report.css
var reportFiles embed.FS

var reportPage = template.Must(template.New("report.html.tmpl").Funcs(template.FuncMap{
	"anchor": anchor,
	"mark":   func(v Verdict) string { return marks[v] },
	"word":   func(v Verdict) string { return verdictWords[v] },
	"page":   pageWord,
	"next":   func(i int) int { return i + 1 },
	"rules":  rulesOf,
	"rule":   ruleText,
	"pretty": pretty,
}).ParseFS(reportFiles, "report.html.tmpl"))

var verdictWords = map[Verdict]string{Passed: "合格", Failed: "不合格", NotPlayed: "未実施"}

// htmlReport is what the page shows.
type htmlReport struct {
	Report
	Style    template.CSS
	Coverage []Coverage
	Covered  int
}

// CaseVerdict is the verdict on a scenario as a whole.
func (htmlReport) CaseVerdict(r Result) Verdict {
	if r.Passed() {
		return Passed
	}
	return Failed
}

// WriteHTML writes one page that needs nothing beside itself, in Japanese, for people and for printing.
func WriteHTML(w io.Writer, report Report) error {
	style, err := reportFiles.ReadFile("report.css")
	if err != nil {
		return err
	}
	covered := RuleCoverage(report.Results)
	return reportPage.Execute(w, htmlReport{
		Report:   report,
		Style:    template.CSS(style), //nolint:gosec // our own file
		Coverage: covered,
		Covered:  CountRules(covered, Passed),
	})
}

// anchor names a scenario's place on the page.
func anchor(name string) string {
	return "case-" + strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '-'
	}, name)
}

// pageWord names a rule's place in the notice.
func pageWord(rule guidance.Rule) string {
	if rule.Page == 0 {
		return "QA"
	}
	return fmt.Sprintf("P.%d", rule.Page)
}

// ruleText gives a rule's sentence, which is shown where its id is pointed at.
func ruleText(id string) string {
	rule, _ := guidance.Find(id)
	return rule.Text
}

// pretty lays JSON out for reading.
func pretty(body json.RawMessage) string {
	var out bytes.Buffer
	if json.Indent(&out, body, "", "  ") != nil {
		return string(body)
	}
	return out.String()
}
