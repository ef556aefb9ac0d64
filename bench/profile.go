package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"onshisim/bench/load"
	"onshisim/bench/process"
)

type profileCommand struct {
	Program     string        `default:"bin/sim" help:"The simulator."`
	Into        string        `default:"cmd/sim/default.pgo" help:"The file for the profile."`
	Time        time.Duration `default:"30s" help:"For how long the hot paths are asked."`
	Connections int           `default:"16"`
	Persons     int           `default:"1000000" help:"How large a nation, if the program knows any."`
}

// Run asks all hot paths of a simulator that keeps its state in a file, and leaves what the simulator was busy with.
func (c *profileCommand) Run(ctx context.Context) (err error) {
	folder, remove, err := scratch()
	if err != nil {
		return err
	}
	defer remove()
	run := &runCommand{Program: c.Program}
	into, err := filepath.Abs(c.Into)
	if err != nil {
		return err
	}
	if err := c.record(ctx, run, into, filepath.Join(folder, "world.db")); err != nil {
		return err
	}
	info, err := os.Stat(into)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %d bytes\n", c.Into, info.Size())
	return nil
}

func (c *profileCommand) record(ctx context.Context, run *runCommand, into, data string) (err error) {
	persons := c.Persons
	if !process.Knows(ctx, c.Program, "--population") {
		persons = fewPersons
	}
	s, w, err := run.nationOf(ctx, persons, "--cpu-profile", into, "--data", data)
	if err != nil {
		return err
	}
	defer stopAll(&err, s.Process)
	recorded, err := w.Record(ctx)
	if err != nil {
		return err
	}
	m, err := load.Run(ctx, load.Plan{
		Addresses: []string{w.Address}, Connections: c.Connections, Time: c.Time, Requests: mixed(recorded, w.Address, w.Prefix),
	})
	fmt.Printf("%.0f requests per second\n", float64(m.Requests)/m.Elapsed.Seconds())
	return err
}
