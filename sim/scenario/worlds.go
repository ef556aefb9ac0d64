package scenario

import (
	"io/fs"

	"onshisim/sim/problem"
	"onshisim/sim/world"
)

// Worlds are the worlds of scenario files by the files' names, as the control plane makes worlds from them.
type Worlds struct{ FS fs.FS }

// World is the world that a scenario plays in.
func (w Worlds) World(name string) (world.Document, error) {
	if _, err := fs.Stat(w.FS, name+".yaml"); err != nil {
		return world.Document{}, problem.BadField("body.scenario", "there is no scenario %q; `sim scenario list` lists them", name)
	}
	s, err := Load(w.FS, name)
	if err != nil {
		return world.Document{}, err
	}
	return s.World, nil
}
