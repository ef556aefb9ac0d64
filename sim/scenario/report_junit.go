package scenario

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name      string      `xml:"name,attr"`
	Timestamp string      `xml:"timestamp,attr"`
	Tests     int         `xml:"tests,attr"`
	Failures  int         `xml:"failures,attr"`
	Errors    int         `xml:"errors,attr"`
	Skipped   int         `xml:"skipped,attr"`
	Cases     []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	File    string        `xml:"file,attr"`
	Line    int           `xml:"line,attr,omitempty"`
	Failure *junitMessage `xml:"failure"`
	Error   *junitMessage `xml:"error"`
	Skipped *struct{}     `xml:"skipped"`
	Output  string        `xml:"system-out,omitempty"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// WriteJUnit writes the report that build servers read: a suite for each scenario, a case for each step.
func WriteJUnit(w io.Writer, report Report) error {
	out := junitSuites{Name: "onshisim"}
	for _, r := range report.Results {
		suite := junitScenario(r)
		suite.Timestamp = report.At.Format(time.RFC3339)
		out.Suites = append(out.Suites, suite)
		out.Tests += suite.Tests
		out.Failures += suite.Failures
		out.Errors += suite.Errors
		out.Skipped += suite.Skipped
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// junitScenario gives a scenario as a suite. What concerns it as a whole is a case of its own.
func junitScenario(r Result) junitSuite {
	suite := junitSuite{Name: r.Scenario.Name + " " + r.Scenario.Title}
	file := r.Scenario.Name + extension
	world := junitCase{Class: r.Scenario.Name, Name: "0 世界", File: file}
	if r.Failure != "" {
		suite.Errors++
		world.Error = &junitMessage{Message: r.Failure}
	}
	suite.Cases = append(suite.Cases, world)
	for i, step := range r.Steps {
		written := r.Scenario.Steps[i]
		one := junitCase{Class: r.Scenario.Name, Name: fmt.Sprintf("%d %s", i+1, written.Title), File: file, Line: written.Line}
		one.Output = step.Who + ": " + step.Saw
		switch {
		case step.Verdict == NotPlayed:
			suite.Skipped++
			one.Skipped, one.Output = &struct{}{}, ""
		case step.Failure != "":
			suite.Errors++
			one.Error = &junitMessage{Message: step.Failure}
		case step.Verdict == Failed:
			suite.Failures++
			one.Failure = junitMismatches(step.Mismatches)
		}
		suite.Cases = append(suite.Cases, one)
	}
	suite.Tests = len(suite.Cases)
	return suite
}

// junitMismatches gives the first mismatch as the message and all as the text.
func junitMismatches(found []Mismatch) *junitMessage {
	lines := make([]string, len(found))
	for i, m := range found {
		lines[i] = m.String()
	}
	return &junitMessage{Message: lines[0], Text: strings.Join(lines, "\n")}
}
