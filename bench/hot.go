package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"

	"onshisim/bench/load"
	"onshisim/bench/process"
	"onshisim/bench/result"
	"onshisim/bench/work"
)

// fewPersons are those of the world that the baseline is compared in.
const fewPersons = 1000

// hot measures the hot paths of a simulator with 1,000 persons beside the baseline, and card reads that are kept in a file.
func (c *runCommand) hot(ctx context.Context, into *result.Results) (err error) {
	s, w, err := c.nationOf(ctx, fewPersons)
	if err != nil {
		return err
	}
	defer stopAll(&err, s.Process)
	recorded, err := w.Record(ctx)
	if err != nil {
		return err
	}
	baseline, address, err := serveBaseline(ctx, recorded)
	if err != nil {
		return err
	}
	defer stopAll(&err, baseline)
	folder, remove, err := scratch()
	if err != nil {
		return err
	}
	defer remove()
	kept, keptWorld, err := c.nationOf(ctx, fewPersons, "--data", filepath.Join(folder, "world.db"))
	if err != nil {
		return err
	}
	defer stopAll(&err, kept.Process)
	keptRecorded, err := keptWorld.Record(ctx)
	if err != nil {
		return err
	}

	part := &result.Part[result.Comparison]{Machine: result.Here()}
	for _, name := range work.Names {
		contenders := []contender{
			c.asking("baseline", baseline, address, work.Requests(recorded[name], address, "")),
			c.asking("sim", s, w.Address, work.Requests(recorded[name], w.Address, w.Prefix)),
		}
		if name == work.CardRead {
			contenders = append(contenders, c.asking("sim --data", kept, keptWorld.Address,
				work.Requests(keptRecorded[name], keptWorld.Address, keptWorld.Prefix)))
		}
		if err := c.warm(ctx, contenders); err != nil {
			return err
		}
		rows, err := c.compare(ctx, name, contenders...)
		if err != nil {
			return err
		}
		part.Rows = append(part.Rows, rows...)
	}
	into.Hot = part
	return nil
}

// nation measures the hot paths in the largest nation beside those with 1,000 persons.
func (c *runCommand) nation(ctx context.Context, into *result.Results) (err error) {
	if !process.Knows(ctx, c.Program, "--population") {
		return leftOut("this simulator knows no --population")
	}
	few, fewWorld, err := work.Population(ctx, c.Program, fewPersons)
	if err != nil {
		return err
	}
	defer stopAll(&err, few.Process)
	all, allWorld, err := work.Population(ctx, c.Program, c.Persons)
	if err != nil {
		return err
	}
	defer stopAll(&err, all.Process)
	fewRecorded, err := fewWorld.Record(ctx)
	if err != nil {
		return err
	}
	allRecorded, err := allWorld.Record(ctx)
	if err != nil {
		return err
	}
	part := &result.Part[result.Comparison]{Machine: result.Here()}
	for _, name := range work.Names {
		contenders := []contender{
			c.asking(strconv.Itoa(fewPersons), few, fewWorld.Address, work.Requests(fewRecorded[name], fewWorld.Address, "")),
			c.asking(strconv.Itoa(c.Persons), all, allWorld.Address, work.Requests(allRecorded[name], allWorld.Address, "")),
		}
		if err := c.warm(ctx, contenders); err != nil {
			return err
		}
		rows, err := c.compare(ctx, name, contenders...)
		if err != nil {
			return err
		}
		part.Rows = append(part.Rows, rows...)
	}
	into.Nation = part
	return nil
}

// nationOf starts a simulator with a world of so many persons: of a synthetic nation, or where the program knows none, of
// a document.
func (c *runCommand) nationOf(ctx context.Context, persons int, args ...string) (*process.Simulator, *work.World, error) {
	if process.Knows(ctx, c.Program, "--population") {
		return work.Population(ctx, c.Program, persons, args...)
	}
	s, err := process.Serve(ctx, c.Program, args...)
	if err != nil {
		return nil, nil, err
	}
	w, err := work.Town(ctx, s, "bench", persons)
	if err != nil {
		stopAll(&err, s.Process)
		return nil, nil, fmt.Errorf("a world of %d persons: %w", persons, err)
	}
	return s, w, nil
}

// warm gives every contender one turn that does not count.
func (c *runCommand) warm(ctx context.Context, contenders []contender) error {
	for _, one := range contenders {
		if _, err := one.turn(ctx); err != nil {
			return fmt.Errorf("%s: %w", one.name, err)
		}
	}
	return nil
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
