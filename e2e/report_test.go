package e2e_test

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// jsonReport is what the tests look at of a JSON report.
type jsonReport struct {
	At, Target     string
	Passed, Failed int
	Results        []struct {
		Name, Title string
		Passed      bool
		Steps       []struct {
			Title  string
			Result struct{ Verdict string }
		}
	}
}

func TestReportsForProgramsBuildServersAndPeople(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	json1, junit, html := filepath.Join(folder, "a.json"), filepath.Join(folder, "b.xml"), filepath.Join(folder, "c.html")
	e := run(t, "scenario", "run", "all", "--report", json1, "--report", junit, "--report", html)
	require.Equal(t, 0, e.status, failed(e.stdout)+e.stderr)

	var report jsonReport
	require.NoError(t, json.Unmarshal([]byte(content(t, json1)), &report))
	assert.NotZero(t, report.Passed)
	assert.Zero(t, report.Failed)
	assert.Equal(t, "プロセス内 (in process)", report.Target)
	assert.Len(t, report.Results, report.Passed)

	var suites struct {
		XMLName xml.Name `xml:"testsuites"`
		Tests   int      `xml:"tests,attr"`
		Suites  []struct {
			Name  string `xml:"name,attr"`
			Tests int    `xml:"tests,attr"`
			Cases []struct {
				Name    string    `xml:"name,attr"`
				Failure *struct{} `xml:"failure"`
				Error   *struct{} `xml:"error"`
				Skipped *struct{} `xml:"skipped"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	require.NoError(t, xml.Unmarshal([]byte(content(t, junit)), &suites))
	require.Len(t, suites.Suites, len(report.Results))
	tests := 0
	for i, scenario := range report.Results {
		suite := suites.Suites[i]
		assert.Equal(t, scenario.Name+" "+scenario.Title, suite.Name)
		require.Len(t, suite.Cases, 1+len(scenario.Steps), "one for the making of the world, one for each step")
		assert.Equal(t, len(suite.Cases), suite.Tests)
		tests += suite.Tests
		for n, step := range scenario.Steps {
			assert.Equal(t, "passed", step.Result.Verdict)
			assert.Contains(t, suite.Cases[n+1].Name, step.Title)
		}
		for _, one := range suite.Cases {
			assert.Nil(t, one.Failure)
			assert.Nil(t, one.Error)
			assert.Nil(t, one.Skipped)
		}
	}
	assert.Equal(t, tests, suites.Tests)

	page := content(t, html)
	assert.Contains(t, page, "<!DOCTYPE html>")
	assert.NotRegexp(t, `(?i)(src|href|action|data|poster)\s*=\s*["']?\s*(https?:)?//|url\(|@import|<script`, page, "it loads something")
	for _, scenario := range report.Results {
		assert.Contains(t, page, scenario.Title)
	}
}

func content(t *testing.T, file string) string {
	t.Helper()
	read, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(read)
}

func TestAReportIsWrittenOfWhatFails(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "a.json")
	e := run(t, "scenario", "run", written(t, window+"    sees: {qualificationValidity: \"4\"}\n"), "--report", file)
	require.Equal(t, 1, e.status)
	var report jsonReport
	require.NoError(t, json.Unmarshal([]byte(content(t, file)), &report))
	assert.Equal(t, 1, report.Failed)
	assert.Equal(t, "failed", report.Results[0].Steps[0].Result.Verdict)

	e = run(t, "scenario", "run", "qa/qa-3", "--report", filepath.Join(t.TempDir(), "none", "a.json"))
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, "sim: --report: ")
}

// TestAScenarioGoesTheSameOverTheNetwork: every question and every answer is the one of the run in process.
func TestAScenarioGoesTheSameOverTheNetwork(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	here := filepath.Join(folder, "here.json")
	e := run(t, "scenario", "run", "all", "--report", here)
	require.Equal(t, 0, e.status, failed(e.stdout)+e.stderr)
	s := serve(t)
	before := get(t, s.control+"/worlds")
	for _, there := range []string{filepath.Join(folder, "there.json"), filepath.Join(folder, "again.json")} {
		e := run(t, "scenario", "run", "all", "--url", s.public, "--control-url", s.control, "--report", there)
		require.Equal(t, 0, e.status, failed(e.stdout)+e.stderr)
		reported := decoded(t, there)
		assert.Equal(t, s.public, reported["target"])
		expected := decoded(t, here)
		for _, differs := range []string{"at", "target"} {
			delete(expected, differs)
			delete(reported, differs)
		}
		assert.Equal(t, expected, reported)
	}
	assert.Equal(t, before.body, get(t, s.control+"/worlds").body, "it leaves worlds behind")

	s.stop(t)
	e = run(t, "scenario", "run", "all", "--url", s.public, "--control-url", s.control)
	assert.Equal(t, 1, e.status, "nobody is there")
	assert.Contains(t, e.stdout, "世界を作れません")
}

func decoded(t *testing.T, file string) (report map[string]any) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(content(t, file)), &report))
	return report
}
