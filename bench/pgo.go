package main

import (
	"context"

	"onshisim/bench/result"
	"onshisim/bench/work"
)

// pgo measures the simulator as it is built beside one that was built without the profile.
func (c *runCommand) pgo(ctx context.Context, into *result.Results) (err error) {
	with, withWorld, err := c.nationOf(ctx, fewPersons)
	if err != nil {
		return err
	}
	defer stopAll(&err, with.Process)
	other := *c
	other.Program = c.Without
	without, withoutWorld, err := other.nationOf(ctx, fewPersons)
	if err != nil {
		return err
	}
	defer stopAll(&err, without.Process)
	withRecorded, err := withWorld.Record(ctx)
	if err != nil {
		return err
	}
	withoutRecorded, err := withoutWorld.Record(ctx)
	if err != nil {
		return err
	}
	part := &result.Part[result.Comparison]{Machine: result.Here()}
	for _, name := range work.Names {
		contenders := []contender{
			c.asking("without", without, withoutWorld.Address, work.Requests(withoutRecorded[name], withoutWorld.Address, withoutWorld.Prefix)),
			c.asking("default.pgo", with, withWorld.Address, work.Requests(withRecorded[name], withWorld.Address, withWorld.Prefix)),
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
	into.PGO = part
	return nil
}
