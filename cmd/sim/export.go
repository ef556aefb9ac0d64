package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/alecthomas/kong"

	"onshisim/sim/backup"
	"onshisim/sim/output"
	"onshisim/sim/web"
)

type exportCommand struct {
	World string `arg:"" optional:"" help:"${exportWorld}"`
	Out   string `placeholder:"FILE.jsonl" help:"${exportOut}"`
	All   string `placeholder:"FOLDER" help:"${exportAll}"`
	placeFlags
}

// Run exports one world, or every world into a folder. What is written to a file or a folder is there whole or not at all;
// whatever else reads an export goes by its closing line.
func (c *exportCommand) Run(t *terminal, line *kong.Context) (err error) {
	if c.All != "" && (c.World != "" || c.Out != "") {
		return errors.New("--all goes without a world and without --out: it exports every world to its folder")
	}
	from, err := c.open(t, line, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	if c.All != "" {
		return c.all(t, from)
	}
	name := cmp.Or(c.World, web.DefaultWorld)
	write := func(to io.Writer) error { return backup.Write(to, from.export(t, name)) }
	if c.Out == "" {
		return write(t.out)
	}
	if err := output.File(c.Out, write); err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	_, err = fmt.Fprintf(t.out, t.language.say("世界 %s を %s に書き出しました。\n", "World %s was exported to %s.\n"), name, c.Out)
	return err
}

// exportEnding is how the name of an export in a folder ends, behind that of its world.
const exportEnding = ".jsonl"

func (c *exportCommand) all(t *terminal, from store) error {
	names, err := from.worlds(t)
	if err != nil {
		return err
	}
	err = output.Folder(c.All, func(folder string) error {
		for _, name := range names {
			if err := output.File(filepath.Join(folder, name+exportEnding), func(to io.Writer) error {
				return backup.Write(to, from.export(t, name))
			}); err != nil {
				return fmt.Errorf("world %q: %w", name, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("--all: %w", err)
	}
	_, err = fmt.Fprintf(t.out, t.language.say("%d個の世界を %s に書き出しました。\n", "%d worlds were exported to %s.\n"), len(names), c.All)
	return err
}
