package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"onshisim/bench/load"
	"onshisim/bench/work"
)

type profileCommand struct {
	Program     string        `default:"bin/sim" help:"The simulator."`
	Into        string        `default:"cmd/sim/default.pgo" help:"The file for the profile."`
	Time        time.Duration `default:"30s" help:"For how long the hot paths are asked."`
	Connections int           `default:"16"`
	Persons     int           `default:"1000000" help:"How large a nation."`
}

// Run asks all hot paths of a simulator that keeps its state in a file, and leaves what the simulator was busy with.
func (c *profileCommand) Run(ctx context.Context) (err error) {
	folder, remove, err := scratch()
	if err != nil {
		return err
	}
	defer remove()
	into, err := filepath.Abs(c.Into)
	if err != nil {
		return err
	}
	if err := c.record(ctx, into, filepath.Join(folder, "world.db")); err != nil {
		return err
	}
	info, err := os.Stat(into)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %d bytes\n", c.Into, info.Size())
	return nil
}

func (c *profileCommand) record(ctx context.Context, into, data string) (err error) {
	s, w, err := work.Population(ctx, c.Program, c.Persons, "--cpu-profile", into, "--data", data)
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

// mixed are the calls of all hot paths in turn.
func mixed(recorded map[string][]work.Call, host, prefix string) (requests []load.Request) {
	for i := range recorded[work.Certificate] {
		for _, name := range work.Names {
			calls := recorded[name]
			requests = append(requests, calls[i%len(calls)].Request(host, prefix))
		}
	}
	return requests
}
