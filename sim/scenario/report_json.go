package scenario

import (
	"encoding/json"
	"io"
	"time"
)

type jsonReport struct {
	At      string     `json:"at"`
	Target  string     `json:"target"`
	Passed  int        `json:"passed"`
	Failed  int        `json:"failed"`
	Rules   []jsonRule `json:"rules"`
	Results []jsonCase `json:"results"`
}

type jsonRule struct {
	ID      string   `json:"id"`
	Page    int      `json:"page"`
	Text    string   `json:"text"`
	Cases   []string `json:"cases"`
	Verdict Verdict  `json:"verdict"`
}

type jsonCase struct {
	Name    string     `json:"name"`
	Title   string     `json:"title"`
	Rules   []string   `json:"rules"`
	Passed  bool       `json:"passed"`
	Failure string     `json:"failure"`
	Steps   []jsonStep `json:"steps"`
}

type jsonStep struct {
	Step
	Line   int        `json:"line"`
	Result StepResult `json:"result"`
}

// WriteJSON writes everything that was asked, answered and found, for programs.
func WriteJSON(w io.Writer, report Report) error {
	out := jsonReport{
		At: report.At.Format(time.RFC3339), Target: report.Target,
		Passed: report.Count(Passed), Failed: report.Count(Failed),
		Rules: []jsonRule{}, Results: []jsonCase{},
	}
	for _, c := range RuleCoverage(report.Results) {
		out.Rules = append(out.Rules, jsonRule{ID: c.Rule.ID, Page: c.Rule.Page, Text: c.Rule.Text, Cases: append([]string{}, c.Cases...), Verdict: c.Verdict})
	}
	for _, r := range report.Results {
		one := jsonCase{
			Name: r.Scenario.Name, Title: r.Scenario.Title, Rules: rulesOf(r.Scenario),
			Passed: r.Passed(), Failure: r.Failure, Steps: []jsonStep{},
		}
		for i, step := range r.Steps {
			one.Steps = append(one.Steps, jsonStep{Step: r.Scenario.Steps[i], Line: r.Scenario.Steps[i].Line, Result: step})
		}
		out.Results = append(out.Results, one)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(out)
}
