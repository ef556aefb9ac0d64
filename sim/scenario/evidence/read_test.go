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

	"onshisim/sim/scenario/evidence"
)

// overwrite puts other content into a file of a pack.
func overwrite(t *testing.T, folder, file, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(folder, filepath.FromSlash(file)), []byte(text), 0o600))
}

// refix gives the manifest the hashes of the files as they are now.
func refix(t *testing.T, folder string) {
	t.Helper()
	var manifest evidence.Manifest
	require.NoError(t, json.Unmarshal([]byte(content(t, folder, "manifest.json")), &manifest))
	for i, file := range manifest.Files {
		manifest.Files[i].SHA256 = fmt.Sprintf("%x", sha256.Sum256([]byte(content(t, folder, file.Path))))
	}
	text, err := json.Marshal(manifest)
	require.NoError(t, err)
	overwrite(t, folder, "manifest.json", string(text))
}

// TestAChangedByteIsNamed, in whichever file it is.
func TestAChangedByteIsNamed(t *testing.T) {
	t.Parallel()
	folder := packed(t, [2]string{"qa/loose", loose})
	for _, file := range []string{
		"report.json", "report.xml", "report.csv", "report.html", "scenarios/qa/loose.yaml", "events/qa/loose.jsonl",
	} {
		whole := content(t, folder, file)
		changed := []byte(whole)
		changed[len(changed)/2] ^= 1
		overwrite(t, folder, file, string(changed))
		_, err := evidence.Read(folder)
		require.ErrorContains(t, err, file+" was changed: its SHA-256 is not the one in manifest.json")
		require.NoError(t, os.Remove(filepath.Join(folder, filepath.FromSlash(file))))
		_, err = evidence.Read(folder)
		require.ErrorContains(t, err, file+" is missing")
		overwrite(t, folder, file, whole)
	}
	overwrite(t, folder, "events/more.txt", "")
	overwrite(t, folder, "report.xml", "")
	_, err := evidence.Read(folder)
	require.EqualError(t, err, "events/more.txt is not in manifest.json; take it out of the folder\n"+
		"report.xml was changed: its SHA-256 is not the one in manifest.json; ask for the pack anew")
}

func TestWhatIsNoPackIsRefused(t *testing.T) {
	t.Parallel()
	empty := t.TempDir()
	_, err := evidence.Read(empty)
	require.ErrorContains(t, err, empty+" has no manifest.json; give the folder that `sim scenario run --evidence` wrote")
	_, err = evidence.Read(filepath.Join(empty, "none"))
	require.ErrorContains(t, err, filepath.Join(empty, "none")+" can't be read")
}

func TestAManifestThatWasChangedIsRefused(t *testing.T) {
	t.Parallel()
	folder := packed(t, [2]string{"loose", loose})
	whole := content(t, folder, "manifest.json")
	for change, says := range map[[2]string]string{
		{"onshisim-evidence/1", "onshisim-evidence/9"}:    `has the format "onshisim-evidence/9"`,
		{`"steps": 4`, `"steps": 3`}:                      "manifest.json says other things of loose than scenarios/loose.yaml",
		{`"name": "loose"`, `"name": "lose"`}:             "manifest.json says other things of lose than report.json",
		{`"path": "report.xml"`, `"path": "report.json"`}: "manifest.json names a file twice",
		{`"path": "report.xml"`, `"path": "../x"`}:        "../x is missing",
		{`{`, ``}: "manifest.json is not JSON",
	} {
		text := strings.Replace(whole, change[0], change[1], 1)
		require.NotEqual(t, whole, text, change)
		overwrite(t, folder, "manifest.json", text)
		_, err := evidence.Read(folder)
		assert.ErrorContains(t, err, says)
	}
	overwrite(t, folder, "manifest.json", whole)
	for file, changed := range map[string][2]string{
		"report.json":          {"{}", "manifest.json says other things of 1 scenarios than report.json"},
		"scenarios/loose.yaml": {`{"title": "題"}`, "scenarios/loose.yaml: loose.yaml:1:1"},
	} {
		former := content(t, folder, file)
		overwrite(t, folder, file, changed[0])
		refix(t, folder)
		_, err := evidence.Read(folder)
		assert.ErrorContains(t, err, changed[1])
		overwrite(t, folder, file, former)
	}
	overwrite(t, folder, "report.json", "{")
	refix(t, folder)
	_, err := evidence.Read(folder)
	assert.ErrorContains(t, err, "report.json is not a report")
}
