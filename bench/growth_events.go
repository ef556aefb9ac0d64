package main

import (
	"context"
	"fmt"
	"strconv"

	"onshisim/bench/load"
	"onshisim/bench/process"
	"onshisim/bench/work"
	"onshisim/sim/world"
)

// events grow in one world, whose clock runs, by cards that are read: each leaves an event, and is remembered for a week.
func (c *runCommand) events(ctx context.Context, g *growing) (err error) {
	s, err := process.Serve(ctx, c.Program)
	if err != nil {
		return err
	}
	defer stopAll(&err, s.Process)
	w, err := work.Living(ctx, s, "aging", fewPersons)
	if err != nil {
		return err
	}
	events := 0
	for _, level := range append([]int{0}, levels(1000, c.Growth)...) {
		if more := level - events; more > 0 {
			if err := age(ctx, w, more); err != nil {
				return err
			}
		}
		if events, err = position(ctx, s); err != nil {
			return err
		}
		if err := c.each(ctx, g, "events", max(events, 1), s, w, work.Certificate, work.CardRead); err != nil {
			return err
		}
		if events, err = position(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// age reads that many cards, with consents that differ from one to the next.
func age(ctx context.Context, w *work.World, cards int) error {
	var requests []load.Request
	for given := range 16 {
		for i := range w.Persons {
			requests = append(requests, work.CardReadWith(w, &w.Persons[i], world.Consents{
				Checkups: given&1 > 0, Medicines: given&2 > 0, LimitCertificate: given&4 > 0, SpecificDiseases: given&8 > 0,
			}))
		}
	}
	_, err := load.Run(ctx, load.Plan{Addresses: []string{w.Address}, Connections: writers, Requests: requests, AtMost: int64(cards)})
	return err
}

// position is how many events there are in all worlds of a simulator.
func position(ctx context.Context, s *process.Simulator) (events int, err error) {
	err = metric(ctx, s, "onshisim_events", func(value float64) { events = int(value) })
	return events, err
}

// heap is what lives on the simulator's heap.
func heap(ctx context.Context, s *process.Simulator) (bytes int64, err error) {
	err = metric(ctx, s, "go_memstats_heap_alloc_bytes", func(value float64) { bytes = int64(value) })
	return bytes, err
}

// worlds grow in one simulator, and all of them are asked.
func (c *runCommand) worlds(ctx context.Context, g *growing) error {
	for _, worlds := range levels(1, min(1000, max(10, c.Growth/1000))) {
		if err := c.inWorlds(ctx, g, worlds); err != nil {
			return err
		}
	}
	return nil
}

// worldPersons is how many persons each of many worlds has.
const worldPersons = 50

func (c *runCommand) inWorlds(ctx context.Context, g *growing, worlds int) (err error) {
	s, err := process.Serve(ctx, c.Program)
	if err != nil {
		return err
	}
	defer stopAll(&err, s.Process)
	requests := map[string][]load.Request{}
	for i := range worlds {
		w, err := work.Town(ctx, s, "w"+strconv.Itoa(i), worldPersons)
		if err != nil {
			return err
		}
		w.Persons = w.Persons[:max(1, min(worldPersons, 512/worlds))]
		recorded, err := w.Record(ctx)
		if err != nil {
			return err
		}
		for _, name := range []string{work.Certificate, work.CardRead} {
			requests[name] = append(requests[name], work.Requests(recorded[name], w.Address, w.Prefix)...)
		}
	}
	for _, name := range []string{work.Certificate, work.CardRead} {
		plan := load.Plan{Addresses: []string{s.Address}, Connections: c.Connections, Requests: requests[name]}
		p, err := c.point(ctx, worlds, plan, nil, s)
		if err != nil {
			return fmt.Errorf("%d worlds: %s: %w", worlds, name, err)
		}
		g.add("worlds", name, p)
	}
	return nil
}
