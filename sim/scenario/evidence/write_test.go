package evidence_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/scenario"
	"onshisim/sim/scenario/evidence"
)

func TestAPackNamesItsFilesWithTheirHashes(t *testing.T) {
	t.Parallel()
	report := played(t, [2]string{"qa/loose", loose}, [2]string{"/some/where/failing", failing}, [2]string{"../Failing", failing}, [2]string{"qa/unfit", unfit})
	folder := filepath.Join(t.TempDir(), "pack")
	written, err := evidence.Write(folder, report, scenario.Program{Version: "1.0", RuleEdition: "e"})
	require.NoError(t, err)
	text := content(t, folder, "manifest.json")
	assert.Equal(t, fmt.Sprintf("%x", sha256.Sum256([]byte(text))), written.SHA256)
	assert.True(t, strings.HasPrefix(text, "{\n  \"format\": \"onshisim-evidence/1\",\n  \"version\": \"1.0\",\n  \"ruleEdition\": \"e\",\n  \"at\": \"2026-04-01T09:00:00+09:00\",\n  \"target\": \"プロセス内\",\n"), text)
	var manifest evidence.Manifest
	require.NoError(t, json.Unmarshal([]byte(text), &manifest))

	var paths []string
	for _, file := range manifest.Files {
		paths = append(paths, file.Path)
		assert.Equal(t, fmt.Sprintf("%x", sha256.Sum256([]byte(content(t, folder, file.Path)))), file.SHA256)
	}
	assert.Equal(t, []string{
		"events/Failing-2.jsonl", "events/failing.jsonl", "events/qa/loose.jsonl", "events/qa/unfit.jsonl",
		"report.csv", "report.html", "report.json", "report.xml",
		"scenarios/Failing-2.yaml", "scenarios/failing.yaml", "scenarios/qa/loose.yaml", "scenarios/qa/unfit.yaml",
	}, paths)

	first, second, last := manifest.Scenarios[0], manifest.Scenarios[1], manifest.Scenarios[3]
	assert.Equal(t, report.Results[0].Seed, first.Seed)
	assert.NotZero(t, first.Seed)
	assert.Equal(t, report.Results[0].ClockAtStart, first.ClockAtStart)
	assert.Equal(t, report.Results[0].ClockAtEnd, first.ClockAtEnd)
	assert.NotEqual(t, first.ClockAtStart, first.ClockAtEnd)
	assert.Equal(t, 4, first.Steps)
	assert.True(t, first.Passed)
	assert.Equal(t, "/some/where/failing", second.Name)
	assert.Equal(t, "scenarios/failing.yaml", second.Files.Scenario)
	assert.False(t, second.Passed)
	assert.Empty(t, last.ClockAtStart)
	assert.Equal(t, string(report.Results[0].Events), content(t, folder, first.Files.Events))
	assert.Contains(t, content(t, folder, "scenarios/failing.yaml"), "避難町", "its base's world stands in it")
}

func TestAPackIsTheSameBytesAgain(t *testing.T) {
	t.Parallel()
	report := played(t, [2]string{"a", loose}, [2]string{"b", failing})
	var texts []string
	for range 2 {
		folder := filepath.Join(t.TempDir(), "pack")
		_, err := evidence.Write(folder, report, scenario.Program{})
		require.NoError(t, err)
		texts = append(texts, content(t, folder, "manifest.json"))
	}
	assert.Equal(t, texts[0], texts[1])
}

func TestAFolderThatHoldsAnythingIsLeftAlone(t *testing.T) {
	t.Parallel()
	report := played(t, [2]string{"a", failing})
	parent := t.TempDir()
	folder := filepath.Join(parent, "pack")
	require.NoError(t, os.Mkdir(folder, 0o700))
	note := filepath.Join(folder, "note.txt")
	require.NoError(t, os.WriteFile(note, []byte("mine"), 0o600))
	for _, taken := range []string{folder, note} {
		_, err := evidence.Write(taken, report, scenario.Program{})
		require.ErrorContains(t, err, "give a folder that is new or empty")
	}
	assert.Equal(t, "mine", content(t, folder, "note.txt"))
	entries, err := os.ReadDir(parent)
	require.NoError(t, err)
	assert.Len(t, entries, 1, "nothing is left beside it")

	require.NoError(t, os.Remove(note))
	_, err = evidence.Write(folder, report, scenario.Program{})
	require.NoError(t, err, "an empty one is taken")
	assert.FileExists(t, filepath.Join(folder, "manifest.json"))
	entries, err = os.ReadDir(parent)
	require.NoError(t, err)
	assert.Len(t, entries, 1)
}

func TestWhatCanNotBeWrittenLeavesNothing(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(parent, "file"), nil, 0o600))
	_, err := evidence.Write(filepath.Join(parent, "file", "pack"), played(t, [2]string{"a", failing}), scenario.Program{})
	require.Error(t, err)
	entries, err := os.ReadDir(parent)
	require.NoError(t, err)
	assert.Len(t, entries, 1)
}
