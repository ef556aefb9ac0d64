package scenario

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
)

// csvHeadings are the columns, one row for each step.
var csvHeadings = []string{
	"シナリオ", "題名", "手順番号", "手順", "立場", "誰が", "操作", "規則", "要求", "状態コード", "見えたもの", "結果", "相違",
}

// byteOrderMark is what Excel wants before it takes a file for UTF-8.
const byteOrderMark = "\ufeff"

// WriteCSV writes a row for each step, as Excel in Japan opens it: UTF-8 with a byte order mark, lines ending in CR LF.
func WriteCSV(w io.Writer, report Report) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	rows := [][]string{slices.Clone(csvHeadings)}
	for _, r := range report.Results {
		if r.Failure != "" {
			rows = append(rows, []string{r.Scenario.Name, r.Scenario.Title, "0", "世界", "", "", "", strings.Join(inOrder(r.Scenario.Rules), " "), "", "", "", verdictWords[Failed], r.Failure})
		}
		for i, step := range r.Steps {
			rows = append(rows, csvRow(r.Scenario, i, step))
		}
	}
	for _, row := range rows {
		for i, cell := range row {
			row[i] = inert(cell)
		}
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	return out.WriteAll(rows)
}

// csvRow is one step.
func csvRow(s *Scenario, i int, step StepResult) []string {
	written := s.Steps[i]
	role, _ := roleOf(written.Actor)
	rules := inOrder(slices.Concat(s.Rules, written.Rules))
	status := ""
	if step.Answer.Status != 0 {
		status = strconv.Itoa(step.Answer.Status)
	}
	differs := []string{}
	if step.Failure != "" {
		differs = append(differs, step.Failure)
	}
	for _, m := range step.Mismatches {
		differs = append(differs, m.String())
	}
	request := strings.TrimSpace(step.Request.Method + " " + step.Request.Path + " " + string(step.Request.Body))
	return []string{
		s.Name, s.Title, strconv.Itoa(i + 1), written.Title, role.label, personOf(step.Who), step.Act, strings.Join(rules, " "),
		request, status, step.Saw, verdictWords[step.Verdict], strings.Join(differs, "\n"),
	}
}

// formulaStarts are the characters with which a cell begins that a spreadsheet runs; in Japan also in their wide forms.
const formulaStarts = "=+-@\t\r＝＋－＠"

// inert is a cell that no spreadsheet takes for a formula. A dash alone is none.
func inert(cell string) string {
	if cell != "-" && strings.IndexAny(cell, formulaStarts) == 0 {
		return "'" + cell
	}
	return cell
}
