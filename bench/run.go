package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"onshisim/bench/result"
)

type runCommand struct {
	Program     string        `default:"bin/sim" help:"The simulator."`
	Only        []string      `help:"Parts to measure: hot, nation, durable, replay, start, growth, peers, pgo. None: all but the last two."`
	Results     string        `default:"out/bench/results.json" help:"Where the results are kept; parts not measured stay as they are."`
	Rounds      int           `default:"12" help:"How often everything takes its turn."`
	Time        time.Duration `default:"2s" help:"How long a turn is."`
	Connections int           `default:"16" help:"How many connections ask at the same time."`
	Persons     int           `default:"125000000" help:"The largest nation."`
	Growth      int           `default:"1000000" help:"How far events grow; worlds, connections and replicas grow with it."`
	Changed     int           `default:"1000000" help:"How many persons are changed on top of the largest nation."`
	Replayed    int           `default:"1000000" help:"How many events are replayed."`
	Peers       string        `default:"bin/peers" help:"Folder of the mock servers."`
	Without     string        `default:"out/bench/sim-without-pgo" help:"The simulator built without the profile, for the part pgo."`
}

// Run measures the parts one after another, and keeps each as it is done. Only what is wrong is an error, never what is slow.
func (c *runCommand) Run(ctx context.Context) error {
	kept, err := result.Read(c.Results)
	if err != nil {
		return err
	}
	for _, part := range []struct {
		name    string
		measure func(ctx context.Context, into *result.Results) error
	}{
		{"hot", c.hot},
		{"nation", c.nation},
		{"durable", c.durable},
		{"replay", c.replay},
		{"start", c.start},
		{"growth", c.growth},
		{"peers", c.peers},
		{"pgo", c.pgo},
	} {
		if !c.wants(part.name) {
			continue
		}
		fmt.Printf("\n== %s\n", part.name)
		err := part.measure(ctx, kept)
		switch left, is := errors.AsType[leftOut](err); {
		case is:
			fmt.Println("left out:", string(left))
			continue
		case err != nil:
			return fmt.Errorf("%s: %w", part.name, err)
		}
		if err := kept.Write(c.Results); err != nil {
			return err
		}
	}
	fmt.Fprintln(os.Stderr, "kept in", c.Results)
	return nil
}

func (c *runCommand) wants(part string) bool {
	if len(c.Only) == 0 {
		return part != "peers" && part != "pgo"
	}
	return slices.Contains(c.Only, part)
}

// leftOut says why a part can't be measured here; that is no failure.
type leftOut string

func (l leftOut) Error() string { return string(l) }
