// Package evidence writes what scenarios gave into a folder that can be handed on, the evidence pack (エビデンス), and
// proves from such a folder that a simulator gives the same answers again.
//
// A pack needs nothing beside itself: it holds the reports, each scenario with its world, seed and clock, and the events
// of each world. Its manifest has a SHA-256 of every other file. That tells what was changed by accident or on the way,
// not who made the pack: whoever wants that quotes the manifest's own SHA-256 elsewhere.
package evidence

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"onshisim/sim/scenario"
)

// format is what this program writes and reads; a pack of another one is refused.
const format = "onshisim-evidence/1"

// The files of a pack that there is one of.
const (
	manifestFile = "manifest.json"
	reportFile   = "report.json"
)

// Manifest says what a pack holds, and what it was made with.
type Manifest struct {
	Format      string  `json:"format"`
	Version     string  `json:"version"`     // of the simulator that gave the answers
	RuleEdition string  `json:"ruleEdition"` // the rules that it answered by
	At          string  `json:"at"`          // when it was played
	Target      string  `json:"target"`      // what it was played against, in words
	Scenarios   []Entry `json:"scenarios"`   // in the order of the report
	Files       []File  `json:"files"`       // all but the manifest, by path
}

// Entry is one scenario of a pack.
type Entry struct {
	Name         string `json:"name"`
	Title        string `json:"title"`
	Passed       bool   `json:"passed"`
	Seed         uint64 `json:"seed"`
	ClockAtStart string `json:"clockAtStart"`
	ClockAtEnd   string `json:"clockAtEnd"`
	Steps        int    `json:"steps"`
	Files        struct {
		Scenario string `json:"scenario"`
		Events   string `json:"events"`
	} `json:"files"`
}

// File is one file of a pack.
type File struct {
	Path   string `json:"path"`   // with slashes
	SHA256 string `json:"sha256"` // in hexadecimal digits
}

// program is what a pack was made with.
func (m Manifest) program() scenario.Program {
	return scenario.Program{Version: m.Version, RuleEdition: m.RuleEdition}
}

// encode writes JSON as people read it.
func encode(value any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(value)
	return text.Bytes(), err
}

// decodeManifest reads a manifest of this format.
func decodeManifest(text []byte) (m Manifest, err error) {
	if err := json.Unmarshal(text, &m); err != nil {
		return m, fmt.Errorf("%s is not JSON: %w", manifestFile, err)
	}
	if m.Format != format {
		return m, fmt.Errorf("%s has the format %q, and this program reads %q; replay the pack with the program that wrote it", manifestFile, m.Format, format)
	}
	if _, err := time.Parse(time.RFC3339, m.At); err != nil {
		return m, fmt.Errorf("%s has %q for the time of the play, which is none; %s", manifestFile, m.At, askAnew)
	}
	paths := make([]string, 0, len(m.Files))
	for _, file := range m.Files {
		paths = append(paths, file.Path)
	}
	slices.Sort(paths)
	if len(slices.Compact(paths)) < len(m.Files) {
		return m, fmt.Errorf("%s names a file twice; %s", manifestFile, askAnew)
	}
	return m, nil
}
