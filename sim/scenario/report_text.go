package scenario

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"onshisim/sim/columns"
)

// headings and columnWidths are those of the table of steps.
var (
	headings     = [...]string{"手順", "誰が", "何をした", "見えたもの", "判定"}
	columnWidths = [...]int{4, 24, 36, 44, 4}
)

// marks are the verdicts as a table shows them.
var marks = map[Verdict]string{Passed: "✓", Failed: "✗", NotPlayed: "–"}

// colours are the escape sequences of the verdicts.
var colours = map[Verdict]string{Passed: "\x1b[32m", Failed: "\x1b[31m", NotPlayed: "\x1b[90m"}

const plain = "\x1b[0m"

// WriteText writes a table for each scenario: step by step who saw what.
func WriteText(w io.Writer, report Report, colour bool) error {
	t := textReport{Writer: bufio.NewWriter(w), colour: colour}
	for _, result := range report.Results {
		t.result(result)
	}
	covered := RuleCoverage(report.Results)
	fmt.Fprintf(t, "シナリオ %d件: 合格 %d、不合格 %d。規則 %d/%d を確認。\n", len(report.Results),
		report.Count(Passed), report.Count(Failed), CountRules(covered, Passed), len(covered))
	return t.Flush()
}

// textReport writes one report; a write that fails is found by Flush.
type textReport struct {
	*bufio.Writer
	colour bool
}

// paint colours a text by a verdict.
func (t textReport) paint(verdict Verdict, text string) string {
	if !t.colour {
		return text
	}
	return colours[verdict] + text + plain
}

// result writes one scenario.
func (t textReport) result(r Result) {
	verdict := Passed
	if !r.Passed() {
		verdict = Failed
	}
	fmt.Fprintf(t, "%s %s  (%s)\n", t.paint(verdict, marks[verdict]), r.Scenario.Title, r.Scenario.Name)
	if rules := rulesOf(r.Scenario); len(rules) > 0 {
		fmt.Fprintf(t, "  規則: %s\n", strings.Join(rules, ", "))
	}
	if len(r.Steps) > 0 {
		t.row(headings, "")
		t.rule()
	}
	for i, step := range r.Steps {
		saw := step.Saw
		if step.Failure != "" {
			saw = step.Failure
		}
		t.row([...]string{strconv.Itoa(i + 1), step.Who, r.Scenario.Steps[i].Title, saw, marks[step.Verdict]}, step.Verdict)
	}
	for i, step := range r.Steps {
		t.mismatches(i, r.Scenario, step)
	}
	if r.Failure != "" {
		fmt.Fprintf(t, "  %s\n", t.paint(Failed, r.Failure))
	}
	fmt.Fprintln(t)
}

// row writes one row, over as many lines as its longest cell needs.
func (t textReport) row(cells [len(headings)]string, verdict Verdict) {
	var wrapped [len(headings)][]string
	height := 1
	for i, cell := range cells {
		wrapped[i] = columns.Wrap(cell, columnWidths[i])
		height = max(height, len(wrapped[i]))
	}
	for line := range height {
		parts := make([]string, len(cells))
		for i := range cells {
			if line < len(wrapped[i]) {
				parts[i] = wrapped[i][line]
			}
			parts[i] = columns.Pad(parts[i], columnWidths[i])
		}
		last := len(parts) - 1
		parts[last] = strings.TrimRight(parts[last], " ")
		if verdict != "" && parts[last] != "" {
			parts[last] = t.paint(verdict, parts[last])
		}
		fmt.Fprintln(t, strings.TrimRight("  "+strings.Join(parts, " | "), " "))
	}
}

// rule writes the line under the headings.
func (t textReport) rule() {
	parts := make([]string, len(columnWidths))
	for i, width := range columnWidths {
		parts[i] = strings.Repeat("-", width)
	}
	fmt.Fprintln(t, "  "+strings.Join(parts, "-+-"))
}

// mismatches writes what a step ought to have shown.
func (t textReport) mismatches(i int, s *Scenario, step StepResult) {
	if len(step.Mismatches) == 0 {
		return
	}
	fmt.Fprintf(t, "  %s\n", t.paint(Failed, fmt.Sprintf("手順%d(%s%s:%d)が期待と違います", i+1, s.Name, extension, s.Steps[i].Line)))
	for _, m := range step.Mismatches {
		fmt.Fprintf(t, "    %s\n      期待: %s\n      実際: %s\n", m.Path, m.Expected, m.Got)
	}
}
