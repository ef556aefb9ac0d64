package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheScenariosThatComeWithTheProgram(t *testing.T) {
	t.Parallel()
	listed := run(t, "scenario", "list")
	assert.Equal(t, 0, listed.status)
	names := []string{}
	for line := range strings.Lines(listed.stdout) {
		name, title, _ := strings.Cut(line, " ")
		assert.NotEmpty(t, strings.TrimSpace(title), name)
		names = append(names, name)
	}
	assert.Contains(t, names, "base")
	assert.Contains(t, names, "qa/qa-3")
	assert.IsIncreasing(t, names)

	all := run(t, "scenario", "run", "all")
	require.Equal(t, 0, all.status, failed(all.stdout)+all.stderr)
	assert.Empty(t, all.stderr)
	assert.Regexp(t, `シナリオ [0-9]+件: 合格 [0-9]+、不合格 0。`, all.stdout)
	assert.NotContains(t, all.stdout, "\x1b[", "no colours but on a terminal")

	one := run(t, "scenario", "run", "qa/qa-3")
	assert.Equal(t, 0, one.status)
	assert.Contains(t, one.stdout, "シナリオ 1件: 合格 1、不合格 0。")

	checked := run(t, append([]string{"scenario", "check"}, names...)...)
	assert.Equal(t, 0, checked.status, checked.stderr)
	assert.Equal(t, strings.Join(names, ": ok\n")+": ok\n", checked.stdout)
}

// failed is the part of a printed report that tells of scenarios that failed.
func failed(printed string) string {
	var found []string
	for scenario := range strings.SplitSeq(printed, "\n\n") {
		if strings.HasPrefix(scenario, "✗") {
			found = append(found, scenario)
		}
	}
	return strings.Join(found, "\n")
}

// window is a scenario in the base world whose one step begins in line 5.
const window = `title: 窓口
rules: [QA-3]
base: base
steps:
  - title: 標準一郎がカードを出す
    actor: window
    as: "9919990011"
    act: readCard
    with: {cardSerial: card-ichiro-1, verification: {method: pin, pin: "1101"}}
`

// written writes a scenario file of the user's own.
func written(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "own.yaml")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	return file
}

func TestAScenarioOfOnesOwn(t *testing.T) {
	t.Parallel()
	file := written(t, window+"    sees: {qualificationValidity: \"1\", results: [{name: 標準　一郎}]}\n    hides: [かくれ里]\n")
	assert.Equal(t, ended{0, file + ": ok\n", ""}, run(t, "scenario", "check", file))
	e := run(t, "scenario", "run", file)
	assert.Equal(t, 0, e.status, e.stdout)
	assert.Contains(t, e.stdout, "✓ 窓口")
}

func TestWhatIsSeenOtherThanExpectedFails(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		expectation string
		shows       []string
	}{
		"another value": {`sees: {qualificationValidity: "4"}`, []string{"qualificationValidity\n", `期待: "4"`, `実際: "1"`}},
		"not hidden":    {`hides: [標準町一丁目]`, []string{"results[0].address\n", "期待: 「標準町一丁目」が出ない", "実際: 架空県仮想市標準町一丁目1番1号"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := written(t, window+"    "+test.expectation+"\n  - title: あとの段\n    actor: time\n    act: advanceClock\n    with: {duration: 1h}\n")
			assert.Equal(t, 0, run(t, "scenario", "check", file).status, "it is well written")
			e := run(t, "scenario", "run", file)
			assert.Equal(t, 1, e.status)
			assert.Equal(t, "sim: a scenario failed\n", e.stderr)
			assert.Contains(t, e.stdout, "own.yaml:5)が期待と違います")
			assert.Contains(t, e.stdout, "合格 0、不合格 1")
			for _, text := range test.shows {
				assert.Contains(t, e.stdout, text)
			}
		})
	}
}

// TestAMistakeSaysWhereItIs and what was expected, without anything being played.
func TestAMistakeSaysWhereItIs(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, says string }{
		"misspelt actor": {strings.Replace(window, "window", "widnow", 1), `:6:12: steps[0].actor: "widnow" is not known here; expected one of `},
		"misspelt key":   {strings.Replace(window, "rules", "ruels", 1), `:2:1: ruels: there is no such key here; expected one of `},
		"code as number": {strings.Replace(window, `"9919990011"`, "9919990011", 1), `:7:9: steps[0].as: expected text; write it in quotes: "9919990011"`},
		"unknown base":   {strings.Replace(window, "base: base", "base: bsae", 1), `:3:7: base: there is no such scenario; `},
		"not YAML":       {"title: [\n", `:1:`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := written(t, test.text)
			for _, command := range []string{"check", "run"} {
				e := run(t, "scenario", command, file)
				assert.Equal(t, 1, e.status)
				assert.Contains(t, e.stderr, file+test.says)
				assert.Empty(t, e.stdout)
			}
		})
	}
	missing := filepath.Join(t.TempDir(), "missing.yaml")
	e := run(t, "scenario", "check", "base", missing)
	assert.Equal(t, 1, e.status)
	assert.Equal(t, "base: ok\n", e.stdout)
	assert.Contains(t, e.stderr, missing)
}
