package main

import (
	"context"
	"fmt"

	"onshisim/bench/load"
	"onshisim/bench/process"
	"onshisim/bench/result"
	"onshisim/bench/work"
)

// rig is a server that runs, with what it is asked and what is right.
type rig struct {
	name            string
	process         *process.Process
	address, prefix string
	recorded        map[string][]work.Call // by hot path
	only            string                 // the one that it takes part in; empty: all
}

// rigs are those of one part, which end with it.
type rigs []*rig

func (all *rigs) add(r *rig) *rig {
	*all = append(*all, r)
	return r
}

// stop stops all of them, and joins what went wrong to an error.
func (all *rigs) stop(err *error) {
	for _, r := range *all {
		stopAll(err, r.process)
	}
}

// simulator starts a simulator with a world of so many persons. It goes with the rigs.
func (all *rigs) simulator(ctx context.Context, name, program string, persons int, args ...string) (*rig, error) {
	s, w, err := work.Population(ctx, program, persons, args...)
	if err != nil {
		return nil, err
	}
	r := all.add(&rig{name: name, process: s.Process, address: w.Address, prefix: w.Prefix})
	r.recorded, err = w.Record(ctx)
	return r, err
}

// baseline starts a baseline that answers what another server answered.
func (all *rigs) baseline(ctx context.Context, as *rig) (*rig, error) {
	p, address, err := serveBaseline(ctx, as.recorded)
	if err != nil {
		return nil, err
	}
	return all.add(&rig{name: "baseline", process: p, address: address, recorded: as.recorded}), nil
}

// peer starts a mock server that gives one answer of another server's to everybody.
func (all *rigs) peer(ctx context.Context, name, program string, as *rig) (*rig, error) {
	p, address, err := servePeer(ctx, program, as.recorded[work.Certificate][0].Answer)
	if err != nil {
		return nil, err
	}
	return all.add(&rig{name: name, process: p, address: address, recorded: as.recorded}), nil
}

// about is the rig that is only asked about so many persons.
func (r *rig) about(persons int) *rig {
	some := *r
	some.name, some.recorded = fmt.Sprintf("%s again %d", r.name, persons), map[string][]work.Call{}
	for name, calls := range r.recorded {
		some.recorded[name] = calls[:min(persons, len(calls))]
	}
	return &some
}

// asking is a rig as a contender that is asked these calls.
func (c *runCommand) asking(r *rig, calls []work.Call) contender {
	plan := load.Plan{
		Addresses: []string{r.address}, Connections: c.Connections, Requests: work.Requests(calls, r.address, r.prefix), Time: c.Time,
	}
	return contender{r.name, func(ctx context.Context) (sample, error) {
		s, _, err := ask(ctx, plan, r.process)
		return s, err
	}}
}

// beside holds rigs against the first of them on every hot path.
func (c *runCommand) beside(ctx context.Context, rigs ...*rig) (*result.Part[result.Comparison], error) {
	part := &result.Part[result.Comparison]{Machine: result.Here()}
	for _, name := range work.Names {
		var contenders []contender
		for _, r := range rigs {
			if r.only == "" || r.only == name {
				contenders = append(contenders, c.asking(r, r.recorded[name]))
			}
		}
		rows, err := c.compare(ctx, name, contenders...)
		if err != nil {
			return nil, err
		}
		part.Rows = append(part.Rows, rows...)
	}
	return part, nil
}
