package world

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"onshisim/sim/eventlog"
	"onshisim/sim/journal"
	"onshisim/sim/problem"
)

// Registry holds the worlds of one event log.
type Registry struct {
	log    eventlog.Log
	wall   func() time.Time
	seed   func() uint64
	limits Limits

	changing sync.Mutex // held while worlds come and go, so that the log and what follows agree
	sweepAt  int        // how many worlds there may be before those that others deleted are looked for

	mu     sync.RWMutex
	worlds map[string]*World
}

// Sources is what a registry takes from outside, so that nothing in a world depends on the machine's clock or dice.
type Sources struct {
	Wall func() time.Time // real time, for worlds whose clock was never set
	Seed func() uint64    // a random seed, for worlds that are given none

	Limits Limits
}

// Open folds every world that the log holds. It fails with the world and the position if an event can't be read. The
// worlds of a shared log are folded when they are asked for; one that can't be is unavailable alone.
func Open(ctx context.Context, log eventlog.Log, from Sources) (*Registry, error) {
	r := &Registry{log: log, wall: from.Wall, seed: from.Seed, limits: from.Limits.orDefaults(), worlds: map[string]*World{}}
	if log.Shared() != nil { // its worlds are folded when they are asked for
		return r, nil
	}
	names, err := log.Worlds(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the worlds: %w", err)
	}
	for _, name := range names {
		head, err := log.Head(ctx, name)
		if err != nil {
			return nil, fmt.Errorf("world %q: %w", name, err)
		}
		w, err := r.fold(ctx, name, head.Log)
		if err != nil {
			return nil, fmt.Errorf("world %q: %w", name, err)
		}
		r.know(w)
	}
	return r, nil
}

// fold makes a world of a log.
func (r *Registry) fold(ctx context.Context, name string, log uint64) (*World, error) {
	w := r.newWorld(name)
	w.standIn(log)
	return w, w.replay(w.logLines(ctx))
}

func (r *Registry) newWorld(name string) *World {
	return &World{
		name: name, log: r.log, wall: r.wall, limits: r.limits, journal: journal.New(name, r.limits.Journal), state: newState(),
		folding: make(turn, 1),
	}
}

// standIn says which log the world is, before anybody knows it.
func (w *World) standIn(log uint64) {
	w.head.Log = log
	if notes := w.log.Shared(); notes != nil {
		w.journal = journal.NewShared(w.name, w.limits.Journal, notes, log)
	}
}

// World is the world with a name, as it is at a moment after the call, whoever wrote to it.
func (r *Registry) World(ctx context.Context, name string) (*World, error) {
	if r.log.Shared() != nil {
		return r.shared(ctx, name)
	}
	return r.own(name)
}

// CatchUp brings a world up to a moment after the call, as World does; it fails if the world is gone.
func (r *Registry) CatchUp(ctx context.Context, w *World) error {
	if r.log.Shared() != nil {
		if _, err := r.shared(ctx, w.name); err != nil {
			return err
		}
	}
	return w.Usable()
}

// own is a world of a log that nobody else writes to.
func (r *Registry) own(name string) (*World, error) {
	w, known := r.known(name)
	if !known {
		return nil, noWorld(name)
	}
	return w, w.Usable()
}

func (r *Registry) known(name string) (w *World, known bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	w, known = r.worlds[name]
	return w, known
}

func isNoWorld(err error) bool {
	refusal, ok := errors.AsType[*problem.Error](err)
	return ok && refusal.Code == codeNoWorld
}

const codeNoWorld = "SIM-WORLD-404"

func noWorld(name string) *problem.Error {
	return problem.New(problem.NotFound, codeNoWorld, "There is no world %q; create it with PUT /worlds/%s on the control listener.", name, name)
}

// know puts a world in place of another of its name.
func (r *Registry) know(w *World) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.worlds[w.name] = w
}

// forget forgets a world, unless another stands in its place already.
func (r *Registry) forget(w *World) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.worlds[w.name] == w {
		delete(r.worlds, w.name)
	}
}

// Names are the worlds' names, sorted.
func (r *Registry) Names(ctx context.Context) ([]string, error) {
	names, err := r.log.Worlds(ctx)
	if err != nil {
		return nil, cannotRead(err)
	}
	return names, nil
}

// Events yields the world's events as lines of JSON, from the first to the last one present now.
func (w *World) Events(ctx context.Context) func(yield func([]byte, error) bool) {
	return func(yield func([]byte, error) bool) {
		for record, err := range w.log.Read(ctx, w.name, eventlog.Head{Log: w.at().Log}) {
			if !yield(record.Data, err) {
				return
			}
		}
	}
}
