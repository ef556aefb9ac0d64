package scenario

import (
	"encoding/json"
	"io/fs"
	"sync"

	"onshisim/sim/problem"
	"onshisim/sim/world"
)

// Worlds are the worlds of scenario files by the files' names, as the control plane makes worlds from them. The files are
// taken to stay as they are: each is read once.
type Worlds struct {
	files fs.FS
	read  sync.Map // name → json.RawMessage
}

// NewWorlds are the worlds of the scenarios of a file system.
func NewWorlds(files fs.FS) *Worlds { return &Worlds{files: files} }

// World is the world that a scenario plays in, the caller's own.
func (w *Worlds) World(name string) (doc world.Document, err error) {
	given, known := w.read.Load(name)
	if !known {
		if given, err = w.given(name); err != nil {
			return doc, err
		}
		w.read.Store(name, given)
	}
	return doc, json.Unmarshal(given.(json.RawMessage), &doc)
}

// given is the world as its scenario has it.
func (w *Worlds) given(name string) (json.RawMessage, error) {
	if _, err := fs.Stat(w.files, name+extension); err != nil {
		return nil, problem.BadField("body.scenario", "there is no scenario %q; `sim scenario list` lists them", name)
	}
	s, err := Load(w.files, name)
	if err != nil {
		return nil, err
	}
	return s.given, nil
}
