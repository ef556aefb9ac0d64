package main

import (
	"context"
	"path/filepath"
	"strconv"

	"onshisim/bench/result"
	"onshisim/bench/work"
)

// fewPersons are those of the world that the baseline is compared in.
const fewPersons = 1000

// hot measures the hot paths of a simulator with 1,000 persons beside the baseline, and card reads that are kept in a file.
func (c *runCommand) hot(ctx context.Context, into *result.Results) (err error) {
	var all rigs
	defer all.stop(&err)
	sim, err := all.simulator(ctx, "sim", c.Program, fewPersons)
	if err != nil {
		return err
	}
	baseline, err := all.baseline(ctx, sim)
	if err != nil {
		return err
	}
	folder, remove, err := scratch()
	if err != nil {
		return err
	}
	defer remove()
	kept, err := all.simulator(ctx, "sim --data", c.Program, fewPersons, "--data", filepath.Join(folder, "world.db"))
	if err != nil {
		return err
	}
	kept.only = work.CardRead
	into.Hot, err = c.beside(ctx, baseline, sim, kept)
	return err
}

// nation measures the hot paths in the largest nation beside those with 1,000 persons: asking again about persons whom the
// simulator remembers, as many as are asked about there, and about so many that nearly everybody is computed anew.
func (c *runCommand) nation(ctx context.Context, into *result.Results) (err error) {
	var all rigs
	defer all.stop(&err)
	few, err := all.simulator(ctx, strconv.Itoa(fewPersons), c.Program, fewPersons)
	if err != nil {
		return err
	}
	most, err := all.simulator(ctx, strconv.Itoa(c.Persons), c.Program, c.Persons)
	if err != nil {
		return err
	}
	into.Nation, err = c.beside(ctx, few, most.about(work.Asked), most)
	return err
}

// pgo measures the simulator as it is built beside one that was built without the profile.
func (c *runCommand) pgo(ctx context.Context, into *result.Results) (err error) {
	var all rigs
	defer all.stop(&err)
	without, err := all.simulator(ctx, "without", c.Without, fewPersons)
	if err != nil {
		return err
	}
	with, err := all.simulator(ctx, "default.pgo", c.Program, fewPersons)
	if err != nil {
		return err
	}
	into.PGO, err = c.beside(ctx, without, with)
	return err
}
