package e2e_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// runFrom runs the program to its end in another working directory.
func runFrom(t *testing.T, folder string, args ...string) ended {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Dir, cmd.Env = folder, []string{"LANG=C"}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	require.NoError(t, cmd.Start())
	_ = cmd.Wait() // the status says it
	return ended{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// manifest is what the tests look at of a pack's manifest.
type manifest struct {
	Version, RuleEdition, Target string
	Scenarios                    []struct {
		Name   string
		Passed bool
		Seed   uint64
		Files  struct{ Scenario, Events string }
	}
	Files []struct{ Path, SHA256 string }
}

func manifestOf(t *testing.T, pack string) (m manifest) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(content(t, filepath.Join(pack, "manifest.json"))), &m))
	return m
}

// TestEvidenceOfAllIsProvedElsewhere: the pack alone, moved to another place, gives every answer and every event again.
func TestEvidenceOfAllIsProvedElsewhere(t *testing.T) {
	t.Parallel()
	made := filepath.Join(t.TempDir(), "new", "pack")
	e := run(t, "scenario", "run", "all", "--evidence", made)
	require.Equal(t, 0, e.status, failed(e.stdout)+e.stderr)
	assert.Regexp(t, `manifest\.json のSHA-256: [0-9a-f]{64}\n$`, e.stdout)
	m := manifestOf(t, made)
	assert.Len(t, m.Files, 4+2*len(m.Scenarios))
	assert.Contains(t, run(t, "version").stdout, m.Version)
	assert.NotEmpty(t, m.RuleEdition)

	folder := t.TempDir()
	pack := filepath.Join(folder, "moved")
	require.NoError(t, os.CopyFS(pack, os.DirFS(made)))
	e = runFrom(t, folder, "scenario", "replay", "moved")
	require.Equal(t, 0, e.status, e.stdout+e.stderr)
	assert.Empty(t, e.stderr)
	assert.Equal(t, len(m.Scenarios), strings.Count(e.stdout, "✓ 同じ  "))
	assert.NotContains(t, e.stdout, "注意")
	assert.Contains(t, e.stdout, "違う 0。")

	alone := runFrom(t, folder, "scenario", "run", filepath.Join("moved", "scenarios", "qa", "qa-3.yaml"), "--report", "a.csv")
	assert.Equal(t, 0, alone.status, alone.stdout+alone.stderr)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(content(t, filepath.Join(folder, "a.csv")), "\ufeff"))).ReadAll()
	require.NoError(t, err)
	assert.Equal(t, "シナリオ", rows[0][0])
	assert.Greater(t, len(rows), 5)

	tamper(t, folder, pack)
}

// tamper changes a pack in each way that there is, and finds the file named.
func tamper(t *testing.T, folder, pack string) {
	t.Helper()
	file := filepath.Join(pack, "events", "qa", "qa-3.jsonl")
	whole := content(t, file)
	for says, change := range map[string]func() error{
		"events/qa/qa-3.jsonl was changed":        func() error { return os.WriteFile(file, []byte(whole[1:]), 0o600) },
		"events/qa/qa-3.jsonl is missing":         func() error { return os.Remove(file) },
		"events/note.txt is not in manifest.json": func() error { return os.WriteFile(filepath.Join(pack, "events", "note.txt"), nil, 0o600) },
	} {
		require.NoError(t, change())
		e := runFrom(t, folder, "scenario", "replay", "moved")
		assert.Equal(t, 1, e.status)
		assert.Contains(t, e.stderr, says)
		assert.Empty(t, e.stdout, "nothing is played")
		require.NoError(t, os.WriteFile(file, []byte(whole), 0o600))
		_ = os.Remove(filepath.Join(pack, "events", "note.txt"))
	}
	e := runFrom(t, folder, "scenario", "replay", folder)
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, "has no manifest.json; give the folder that `sim scenario run --evidence` wrote")
}

// ownWorld has neither seed nor clock, and a step that fails.
const ownWorld = `title: 種も時計もない世界
rules: [QA-3]
world:
  insurers: [{insurerNumber: "06990014"}]
  persons:
    - {id: a, cards: [{cardSerial: c1, pin: "1234"}], members: [{personalInsuredNumber: n, insurerNumber: "06990014", flags: {nonDisclosure: true}}]}
steps:
  - {title: フラグの履歴, actor: insurer, as: "06990014", act: showFlags, with: {personalInsuredNumber: n}}
  - {title: ログイン, actor: citizen, as: c1, act: logIn, with: {pin: "1234"}}
  - {title: 再発行, actor: cardOffice, act: reissueCard, with: {cardSerial: c1}, sees: {cardSerial: c1}}
  - {title: もう一度, actor: citizen, as: c1, act: logIn, with: {pin: "1234"}}
`

// TestEvidenceOverTheNetwork: it names the program that answered, whose drawn ids and failures it proves, there and here.
func TestEvidenceOverTheNetwork(t *testing.T) {
	t.Parallel()
	s := serveCommand(t, "serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0", "--control-token", "very-secret")
	there := []string{"--url", s.public, "--control-url", s.control, "--control-token", "very-secret"}
	pack := filepath.Join(t.TempDir(), "pack")
	e := run(t, append([]string{"scenario", "run", written(t, ownWorld), "--evidence", pack}, there...)...)
	require.Equal(t, 1, e.status)
	assert.Equal(t, "sim: a scenario failed\n", e.stderr)
	m := manifestOf(t, pack)
	assert.Equal(t, s.public, m.Target)
	assert.Equal(t, get(t, s.public+"/healthz").field(t, "version"), m.Version)
	assert.Equal(t, get(t, s.control+"/healthz").field(t, "ruleEdition"), m.RuleEdition)
	assert.False(t, m.Scenarios[0].Passed)
	assert.NotZero(t, m.Scenarios[0].Seed)
	assert.Equal(t, "scenarios/own.yaml", m.Scenarios[0].Files.Scenario)
	require.NoError(t, fs.WalkDir(os.DirFS(pack), ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			assert.NotContains(t, content(t, filepath.Join(pack, path)), "very-secret", path)
		}
		return err
	}))
	for _, against := range [][]string{there, nil, there} {
		e := run(t, append([]string{"scenario", "replay", pack}, against...)...)
		require.Equal(t, 0, e.status, e.stdout+e.stderr)
		assert.Contains(t, e.stdout, "✓ 同じ  種も時計もない世界")
		assert.Contains(t, e.stdout, "応答 3件")
	}
	s.stop(t)
	e = run(t, append([]string{"scenario", "replay", pack}, there...)...)
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, "the control plane does not answer")
	e = run(t, append([]string{"scenario", "run", "qa/qa-3", "--evidence", filepath.Join(t.TempDir(), "none")}, there...)...)
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, "sim: --evidence: the control plane does not answer")
	assert.Empty(t, e.stdout, "nothing is played")
}

func TestEvidenceWritesOverNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	note := filepath.Join(folder, "note.txt")
	require.NoError(t, os.WriteFile(note, []byte("mine"), 0o600))
	for _, taken := range []string{folder, note} {
		e := run(t, "scenario", "run", "qa/qa-3", "--evidence", taken)
		assert.Equal(t, 1, e.status)
		assert.Contains(t, e.stderr, "sim: --evidence: ")
		assert.Contains(t, e.stderr, "give a folder that is new or empty")
		assert.Empty(t, e.stdout, "nothing is played")
	}
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	assert.Len(t, entries, 1)
	assert.Equal(t, "mine", content(t, note))
}
