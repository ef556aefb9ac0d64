package evidence

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"onshisim/sim/scenario"
)

// askAnew is the way out of a pack that is not what was written.
const askAnew = "ask for the pack anew"

// Pack is a pack that was read and found whole.
type Pack struct {
	Manifest Manifest
	cases    []recorded // one for each entry
	files    map[string][]byte
	sha256   string // of the manifest
}

// recorded is one scenario of a pack, and what it gave.
type recorded struct {
	entry    Entry
	scenario *scenario.Scenario
	failure  string
	steps    []scenario.StepResult
	events   []byte
}

// Read reads a pack. Every file must be the one that was written, no file may be missing, and none may have come to it;
// the error names all that are not so.
func Read(folder string) (*Pack, error) {
	files, err := readFiles(folder)
	if err != nil {
		return nil, fmt.Errorf("%s can't be read: %w", folder, err)
	}
	text, there := files[manifestFile]
	if !there {
		return nil, fmt.Errorf("%s has no %s; give the folder that `sim scenario run --evidence` wrote", folder, manifestFile)
	}
	delete(files, manifestFile)
	manifest, err := decodeManifest(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", folder, err)
	}
	if err := verify(manifest, files); err != nil {
		return nil, err
	}
	pack, err := open(manifest, files)
	if err != nil {
		return nil, err
	}
	pack.files, pack.sha256 = files, sha256Of(text)
	return pack, nil
}

// readFiles reads all files under a folder, by their paths with slashes. What is no plain file has no content.
func readFiles(folder string) (map[string][]byte, error) {
	files := map[string][]byte{}
	fsys := os.DirFS(folder)
	err := fs.WalkDir(fsys, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if files[path] = nil; entry.Type().IsRegular() {
			files[path], err = fs.ReadFile(fsys, path)
		}
		return err
	})
	return files, err
}

// verify holds the files against the manifest.
func verify(manifest Manifest, files map[string][]byte) error {
	var found []error
	listed := map[string]bool{}
	for _, file := range manifest.Files {
		listed[file.Path] = true
		content, there := files[file.Path]
		switch {
		case !there:
			found = append(found, fmt.Errorf("%s is missing; %s", file.Path, askAnew))
		case sha256Of(content) != strings.ToLower(file.SHA256):
			found = append(found, fmt.Errorf("%s was changed: its SHA-256 is not the one in %s; %s", file.Path, manifestFile, askAnew))
		}
	}
	for path := range files {
		if !listed[path] {
			found = append(found, fmt.Errorf("%s is not in %s; take it out of the folder", path, manifestFile))
		}
	}
	slices.SortFunc(found, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(found...)
}

// report is what a replay needs of report.json.
type report struct {
	Results []struct {
		Name    string `json:"name"`
		Failure string `json:"failure"`
		Steps   []struct {
			Result scenario.StepResult `json:"result"`
		} `json:"steps"`
	} `json:"results"`
}

// open brings together what the files say of each scenario.
func open(manifest Manifest, files map[string][]byte) (*Pack, error) {
	var given report
	if err := json.Unmarshal(files[reportFile], &given); err != nil {
		return nil, fmt.Errorf("%s is not a report: %w", reportFile, err)
	}
	if len(given.Results) != len(manifest.Scenarios) {
		return nil, disagree(fmt.Sprintf("%d scenarios", len(manifest.Scenarios)), reportFile)
	}
	pack := &Pack{Manifest: manifest}
	for i, entry := range manifest.Scenarios {
		s, err := scenario.Unpack(entry.Name, files[entry.Files.Scenario])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", entry.Files.Scenario, err)
		}
		result := given.Results[i]
		switch {
		case s.Title != entry.Title || len(s.Steps) != entry.Steps:
			return nil, disagree(entry.Name, entry.Files.Scenario)
		case result.Name != entry.Name || len(result.Steps) != entry.Steps:
			return nil, disagree(entry.Name, reportFile)
		}
		r := recorded{entry: entry, scenario: s, failure: result.Failure, events: files[entry.Files.Events]}
		for _, step := range result.Steps {
			r.steps = append(r.steps, step.Result)
		}
		pack.cases = append(pack.cases, r)
	}
	return pack, nil
}

// disagree says that the manifest was changed, which no hash can tell.
func disagree(about, file string) error {
	return fmt.Errorf("%s says other things of %s than %s; %s", manifestFile, about, file, askAnew)
}
