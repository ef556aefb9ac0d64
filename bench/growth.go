package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"onshisim/bench/load"
	"onshisim/bench/process"
	"onshisim/bench/result"
	"onshisim/bench/work"
)

// growth measures what a request costs as persons, events, worlds, connections and replicas become more.
func (c *runCommand) growth(ctx context.Context, into *result.Results) error {
	part := &result.Part[result.Curve]{Machine: result.Here()}
	for _, along := range []func(ctx context.Context, g *growing) error{c.persons, c.events, c.worlds, c.connections, c.replicas} {
		g := &growing{}
		err := along(ctx, g)
		if why, is := errors.AsType[leftOut](err); is {
			fmt.Println("left out:", string(why))
			continue
		}
		if err != nil {
			return err
		}
		part.Rows = append(part.Rows, g.curves...)
	}
	into.Growth = part
	return nil
}

// growing collects the points of curves.
type growing struct{ curves []result.Curve }

func (g *growing) add(along, work string, p result.Point) {
	fmt.Printf("%-12s %10.0f   %-18s %7.1f µs of CPU", along, p.At, work, p.CPU.Median)
	if p.Store.Median > 0 {
		fmt.Printf(" and %.1f µs of the database's", p.Store.Median)
	}
	fmt.Printf("   %8.0f /s   p99 %.0f µs   %.0f allocations   %d MB\n", p.Per.Median, p.P99.Median, p.Allocations.Median, p.Bytes>>20)
	for i := range g.curves {
		if curve := &g.curves[i]; curve.Along == along && curve.Work == work {
			curve.Points = append(curve.Points, p)
			return
		}
	}
	g.curves = append(g.curves, result.Curve{Along: along, Work: work, Points: []result.Point{p}})
}

// growthRounds is how often each point is measured at most.
const growthRounds = 5

// point measures one place on a curve, after a turn that does not count; store may be nil.
func (c *runCommand) point(ctx context.Context, at int, plan load.Plan, store server, servers ...*process.Simulator) (p result.Point, err error) {
	asked := make([]server, len(servers))
	for i, s := range servers {
		asked[i] = s
		resident, _, err := s.Memory()
		if err != nil {
			return p, err
		}
		p.Bytes += resident
	}
	if store == nil {
		store = free{}
	}
	var samples []sample
	var stores, allocations []float64
	plan.Time = c.Time
	for round := range 1 + min(c.Rounds, growthRounds) {
		before, err := store.CPU()
		if err != nil {
			return p, err
		}
		allocated, err := mallocs(ctx, servers)
		if err != nil {
			return p, err
		}
		s, _, err := ask(ctx, plan, asked...)
		if err != nil {
			return p, err
		}
		after, err := store.CPU()
		if err != nil {
			return p, err
		}
		more, err := mallocs(ctx, servers)
		if err != nil {
			return p, err
		}
		if round > 0 {
			requests := s.per * c.Time.Seconds()
			samples = append(samples, s)
			stores = append(stores, microseconds(after-before)/requests)
			allocations = append(allocations, (more-allocated)/requests)
		}
	}
	all := side(samples)
	p.At, p.Per, p.P99, p.Store = float64(at), all.Per, all.P99, result.Of(stores)
	p.CPU, p.Allocations = side(costs(samples)).Per, result.Of(allocations)
	return p, nil
}

// mallocs is how often the servers have allocated on their heaps so far.
func mallocs(ctx context.Context, servers []*process.Simulator) (total float64, err error) {
	for _, s := range servers {
		if err := metric(ctx, s, "go_memstats_mallocs_total", func(value float64) { total += value }); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// costs are samples of microseconds of processor time per request, in place of requests per second.
func costs(samples []sample) (each []sample) {
	for _, s := range samples {
		if s.perCPU > 0 {
			each = append(each, sample{per: 1e6 / s.perCPU})
		}
	}
	return each
}

// free is a store that costs nothing.
type free struct{}

// CPU is nothing.
func (free) CPU() (time.Duration, error) { return 0, nil }

// levels are the powers of ten from one on up to another, and that.
func levels(from, to int) (all []int) {
	for level := from; level < to; level *= 10 {
		all = append(all, level)
	}
	return append(all, to)
}

// each measures some hot paths of a world at one place.
func (c *runCommand) each(ctx context.Context, g *growing, along string, at int, s *process.Simulator, w *work.World, names ...string) error {
	recorded, err := w.Record(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		plan := load.Plan{Addresses: []string{w.Address}, Connections: c.Connections, Requests: work.Requests(recorded[name], w.Address, w.Prefix)}
		p, err := c.point(ctx, at, plan, nil, s)
		if err != nil {
			return fmt.Errorf("%s at %d: %s: %w", along, at, name, err)
		}
		g.add(along, name, p)
	}
	return nil
}

// persons grow from 1,000 to the largest nation.
func (c *runCommand) persons(ctx context.Context, g *growing) error {
	for _, persons := range levels(fewPersons, max(c.Persons, fewPersons)) {
		s, w, err := work.Population(ctx, c.Program, persons)
		if err != nil {
			return err
		}
		err = c.each(ctx, g, "persons", persons, s, w, work.Names...)
		stopAll(&err, s.Process)
		if err != nil {
			return err
		}
	}
	return nil
}

// connections grow from 1 to 256.
func (c *runCommand) connections(ctx context.Context, g *growing) (err error) {
	s, w, err := work.Population(ctx, c.Program, fewPersons)
	if err != nil {
		return err
	}
	defer stopAll(&err, s.Process)
	for _, connections := range []int{1, 4, 16, 64, 256} {
		with := *c
		with.Connections = connections
		if err := with.each(ctx, g, "connections", connections, s, w, work.Certificate, work.CardRead); err != nil {
			return err
		}
	}
	return nil
}
