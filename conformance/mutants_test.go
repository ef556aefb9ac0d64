package conformance_test

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/mutant"
)

// asidesOfMutants are the tests that are no part of what has to notice a mutant: this one, those that ask no world, or the
// same cells in another way, those that look at random situations, which cost much and cite few rules, and the one that looks
// at what operators see.
const asidesOfMutants = "^(TestEveryMutantIsCaught|TestCoreCells|TestFilesCells|TestFileTwins|TestExplainedCells|TestByURLCells|TestEveryRuleIsExamined|TestUncited|" +
	"TestEveryRouteHasTwins|TestTwinsAreToldAlike|TestDocumentComesBack|TestOneMoreFlagNeverShowsMore|TestFrontsAgree|TestOrderOfRegistration|TestOrderOfActs|" +
	"TestImportedWorldIsTheSame|TestSearchFindsExactly|Fuzz.*)$"

// TestEveryMutantIsCaught: this suite, run against a world that answers by any wrong policy, fails in a test that cites
// the very rule which the policy breaks; and without a mutant it passes. Each run is a process of its own, since only so a
// failure of the tests themselves is seen. To be cheap it takes the tests that cite the rule.
func TestEveryMutantIsCaught(t *testing.T) {
	t.Parallel()
	plain := runSuite(t, ".", "")
	require.Zero(t, plain.status, "without a mutant:\n%s", plain.output)
	for _, m := range mutant.All() {
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			citing := plain.citing(m.Rule)
			require.NotEmpty(t, citing, "no test cites %s", m.Rule)
			run := runSuite(t, strings.Join(citing, "|"), m.Name)
			require.Equal(t, 1, run.status, "%s (%s) is not caught:\n%s", m.Name, m.Rule, run.output)
			caught := run.failedCiting(m.Rule)
			require.NotEmpty(t, caught, "no test that failed cites %s:\n%s", m.Rule, run.output)
			t.Logf("%s: caught by %s", m.Rule, caught[0])
		})
	}
}

// suiteRun is one run of this suite.
type suiteRun struct {
	status int
	output string
}

// runSuite runs this suite's tests that a pattern of go test -run names.
func runSuite(t *testing.T, pattern, name string) suiteRun {
	t.Helper()
	program, err := os.Executable()
	require.NoError(t, err)
	output, err := exec.CommandContext(t.Context(), program,
		"-test.v", "-test.timeout=3m", "-test.run="+pattern, "-test.skip="+asidesOfMutants, "-mutant="+name).CombinedOutput()
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		return suiteRun{failed.ExitCode(), string(output)}
	}
	require.NoError(t, err)
	return suiteRun{0, string(output)}
}

// citing are patterns of the tests that cite a rule: of the cells each by itself, for a cell needs no other; of the rest
// with all around them, which may have led up to it.
func (r suiteRun) citing(rule string) []string {
	patterns, cites := map[string]string{}, citing(rule)
	for _, name := range names(r.output, "=== RUN ") {
		if !cites.MatchString(name) {
			continue
		}
		test, _, _ := strings.Cut(name, "/")
		patterns[test] = "^" + test + "$"
		if test == "TestInProcessCells" {
			patterns[test] += "//(^|_)" + rule + "(_|$)"
		}
	}
	return slices.Sorted(maps.Values(patterns))
}

// failedCiting are the tests citing a rule that failed.
func (r suiteRun) failedCiting(rule string) []string {
	cites := citing(rule)
	return slices.DeleteFunc(names(r.output, "--- FAIL: "), func(name string) bool { return !cites.MatchString(name) })
}

// citing matches the names of tests that cite a rule.
func citing(rule string) *regexp.Regexp { return regexp.MustCompile("[/_]" + rule + "(_|$)") }

// names are the tests of which go test says something.
func names(output, says string) (named []string) {
	for line := range strings.Lines(output) {
		if _, name, said := strings.Cut(line, says); said {
			named = append(named, strings.Fields(name)[0])
		}
	}
	return named
}
