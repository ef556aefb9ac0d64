package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"onshisim/sim/backup"
	"onshisim/sim/world"
)

type importCommand struct {
	World    string `arg:"" optional:"" help:"${importWorld}"`
	File     string `arg:"" optional:"" help:"${importFile}"`
	All      string `placeholder:"FOLDER" help:"${importAll}"`
	Unclosed bool   `help:"${importUnclosed}"`
	placeFlags
}

// Run makes one world of its export, or every world of a folder: each all of it, or nothing.
func (c *importCommand) Run(t *terminal, line *kong.Context) (err error) {
	exports := []exported{{c.World, c.File}}
	switch {
	case c.All != "" && c.World != "":
		return errors.New("--all goes without a world: it imports every world of its folder")
	case c.All != "":
		exports, err = exportsIn(c.All)
	case c.World == "":
		err = errors.New("give the name of the new world, or --all FOLDER")
	case !world.IsName(c.World):
		err = fmt.Errorf("%q can't be a world's name; give one of 1 to 64 of a-z, 0-9, dot, underscore, dash, beginning with a letter or digit", c.World)
	}
	if err != nil {
		return err
	}
	to, err := c.open(t, line, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	if err := vacant(t, to, exports); err != nil {
		return err
	}
	for i, e := range exports {
		if err := c.take(t, to, e); err != nil {
			if i > 0 {
				err = fmt.Errorf("%w (the worlds before it, %s to %s, were imported)", err, exports[0].world, exports[i-1].world)
			}
			return err
		}
		fmt.Fprintf(t.out, t.language.say("世界 %s を取り込みました。\n", "World %s was imported.\n"), e.world)
	}
	return nil
}

// exported is where the export of a world lies; no file: the standard input.
type exported struct{ world, file string }

// exportsIn are the exports of a folder, by their worlds' names.
func exportsIn(folder string) (exports []exported, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("--all: %w", err)
	}
	for _, entry := range entries {
		name, is := strings.CutSuffix(entry.Name(), exportEnding)
		if !is {
			continue
		}
		if !world.IsName(name) {
			return nil, fmt.Errorf("--all: %s is not called by a world, as in default%s", entry.Name(), exportEnding)
		}
		exports = append(exports, exported{name, filepath.Join(folder, entry.Name())})
	}
	if len(exports) == 0 {
		return nil, fmt.Errorf("--all: %s holds no export, as default%s", folder, exportEnding)
	}
	return exports, nil
}

// vacant refuses before anything is imported what could not be imported to its end.
func vacant(t *terminal, to store, exports []exported) error {
	there, err := to.worlds(t)
	if err != nil {
		return err
	}
	for _, e := range exports {
		if slices.Contains(there, e.world) {
			return fmt.Errorf("world %q exists already; delete it first, or take another name. Nothing was imported", e.world)
		}
	}
	return nil
}

func (c *importCommand) take(t *terminal, to store, e exported) error {
	from, name := os.Stdin, "standard input"
	if e.file != "" && e.file != "-" {
		file, err := os.Open(e.file)
		if err != nil {
			return err
		}
		defer file.Close()
		from, name = file, e.file
	}
	err := to.take(t, e.world, from, !c.Unclosed)
	if errors.Is(err, backup.ErrCutOff) {
		err = fmt.Errorf("%w; export it again, or, if it does not come from sim export and is whole, give --unclosed", err)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
