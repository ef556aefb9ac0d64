package evidence

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"onshisim/sim/output"
	"onshisim/sim/scenario"
)

// Written tells what Write wrote.
type Written struct {
	Files  int    // the manifest among them
	SHA256 string // of the manifest, which holds those of all others
}

// reports are the reports of a pack by their files.
var reports = map[string]func(io.Writer, scenario.Report) error{
	reportFile: scenario.WriteJSON, "report.xml": scenario.WriteJUnit, "report.csv": scenario.WriteCSV, "report.html": scenario.WriteHTML,
}

// Write writes the pack of a report to a folder that is new or empty: as a whole, or not at all.
func Write(folder string, report scenario.Report, program scenario.Program) (written Written, err error) {
	files, err := packFiles(report, program)
	if err != nil {
		return written, err
	}
	if err := output.Folder(folder, func(beside string) error { return writeFiles(beside, files) }); err != nil {
		return written, err
	}
	return Written{Files: len(files), SHA256: sha256Of(files[manifestFile])}, nil
}

// writeFiles writes files into a folder.
func writeFiles(folder string, files map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		at := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(at, files[name], 0o666); err != nil {
			return err
		}
	}
	return nil
}

// packFiles makes the files of a pack, by their paths within it.
func packFiles(report scenario.Report, program scenario.Program) (map[string][]byte, error) {
	files := map[string][]byte{}
	report.At, report.Program = report.At.Truncate(time.Second), program
	for name, write := range reports {
		var text bytes.Buffer
		if err := write(&text, report); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		files[name] = text.Bytes()
	}
	manifest := Manifest{
		Format: format, Version: program.Version, RuleEdition: program.RuleEdition,
		At: report.At.Format(time.RFC3339), Target: report.Target, Scenarios: []Entry{},
	}
	for i, name := range fileNames(report.Results) {
		entry, err := addScenario(files, name, report.Results[i])
		if err != nil {
			return nil, err
		}
		manifest.Scenarios = append(manifest.Scenarios, entry)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		manifest.Files = append(manifest.Files, File{Path: name, SHA256: sha256Of(files[name])})
	}
	text, err := encode(manifest)
	files[manifestFile] = text
	return files, err
}

// addScenario adds the files of one scenario. One whose world could not be made has the seed and the clock that it was
// written with.
func addScenario(files map[string][]byte, name string, r scenario.Result) (Entry, error) {
	e := Entry{
		Name: r.Scenario.Name, Title: r.Scenario.Title, Passed: r.Passed(), Seed: r.Seed,
		ClockAtStart: r.ClockAtStart, ClockAtEnd: r.ClockAtEnd, Steps: len(r.Steps),
	}
	e.Files.Scenario, e.Files.Events = "scenarios/"+name+".yaml", "events/"+name+".jsonl"
	packed, err := r.Scenario.Packed(r.Seed, r.ClockAtStart)
	files[e.Files.Scenario], files[e.Files.Events] = packed, r.Events
	return e, err
}

// sha256Of gives the hash as manifests have it.
func sha256Of(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
