package world

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
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

// Create makes a world from a document: all of it, or nothing and an error that names the field.
func (r *Registry) Create(ctx context.Context, name string, document *Document) (*World, error) {
	switch _, err := r.World(ctx, name); {
	case err == nil:
		return nil, exists(name)
	case !isNoWorld(err):
		return nil, err
	}
	w := r.newWorld(name)
	seed := document.Seed
	if seed == 0 {
		seed = r.seed()
	}
	records, err := w.build(seed, document)
	if err != nil {
		return nil, err
	}
	r.changing.Lock()
	defer r.changing.Unlock()
	return r.keep(ctx, w, records)
}

// build folds a document into a world that nobody sees yet, and gives its events. They bear the document's time if it has
// one, so that the same document gives the same events on any day.
func (w *World) build(seed uint64, document *Document) (records [][]byte, err error) {
	now, err := instant("now", document.Now)
	if err != nil {
		return nil, err
	}
	if now.IsZero() {
		now = (&clock{}).now(w.wall())
	}
	err = w.state.load(seed, document, now, func(c change) error {
		at := w.state.clock.now(now)
		record, err := encode(w.head.Last+1, at, c)
		if err != nil {
			return err
		}
		w.state.take(c, at)
		w.moveOn(c)
		records = append(records, record)
		return nil
	})
	return records, err
}

// Import makes a world from its events, as Events yields them. A world of that name must not exist, or be as empty as
// PUT with nothing in it makes one. A list that can't be read changes nothing.
func (r *Registry) Import(ctx context.Context, name string, lines func(yield func([]byte, error) bool)) (*World, error) {
	w := r.newWorld(name)
	var records [][]byte
	for line, err := range lines {
		if err != nil {
			return nil, cannotImport(err)
		}
		records = append(records, slices.Clone(line))
	}
	if err := w.foldGiven(linesOf(records)); err != nil {
		return nil, cannotImport(err)
	}
	if err := r.roomFor(len(records)); err != nil {
		return nil, err
	}
	r.changing.Lock()
	defer r.changing.Unlock()
	switch former, err := r.current(ctx, name); {
	case former != nil:
		if err := r.delete(ctx, former, former.onlyEmpty); err != nil {
			return nil, err
		}
	case !isNoWorld(err):
		return nil, err
	}
	return r.keep(ctx, w, records)
}

// cannotImport names the line that is to blame for it, if one is.
func cannotImport(err error) error {
	unfit, ok := errors.AsType[*LineError](err)
	if !ok {
		return err
	}
	place := "body"
	if unfit.Line > 0 {
		place = fmt.Sprintf("body.line[%d]", unfit.Line)
	}
	return &problem.Error{
		Kind: problem.Invalid, Code: "SIM-EVENTS-422", Detail: "The events can't be imported; nothing was changed.",
		Fields: []problem.Field{{Name: place, Message: unfit.Cause.Error()}}, Cause: err,
	}
}

// linesOf reads events that are not in a log yet.
func linesOf(records [][]byte) lines {
	return func(after eventlog.Position) iter.Seq2[[]byte, error] {
		return func(yield func([]byte, error) bool) {
			for _, record := range records[after:] {
				if !yield(record, nil) {
					return
				}
			}
		}
	}
}

// onlyEmpty refuses if anything has happened in the world since it was made empty.
func (w *World) onlyEmpty() error {
	if w.head.Last != emptyWorld {
		return exists(w.name)
	}
	return nil
}

// emptyWorld is how many events make a world of an empty document: its creation and its card office.
const emptyWorld eventlog.Position = 2

// keep stores a built world's events and makes it known.
func (r *Registry) keep(ctx context.Context, w *World, records [][]byte) (*World, error) {
	if err := r.room(ctx, len(records)); err != nil {
		return nil, err
	}
	head, err := r.log.Create(ctx, w.name, func(yield func([]byte, error) bool) { linesOf(records)(0)(yield) })
	if errors.Is(err, eventlog.ErrConflict) {
		return nil, exists(w.name)
	}
	if err != nil {
		return nil, cannotStore(err)
	}
	w.standIn(head.Log)
	r.know(w)
	return w, nil
}

// room refuses a world that there is no room for.
func (r *Registry) room(ctx context.Context, events int) error {
	count, err := r.count(ctx)
	if err != nil {
		return err
	}
	if count >= r.limits.Worlds {
		return problem.New(problem.Conflict, "SIM-WORLDS-FULL", "There are %d worlds, the most that there may be; delete one, or raise --max-worlds.", count)
	}
	return r.roomFor(events)
}

func (r *Registry) roomFor(events int) error {
	if events > r.limits.Events+reserve { // a full world can be exported, and comes back
		return problem.New(problem.TooLarge, "SIM-WORLD-413", "The world would have %d events; one may have %d (--max-events).", events, r.limits.Events)
	}
	return nil
}

func exists(name string) error {
	return problem.New(problem.Conflict, "SIM-WORLD-409", "World %q exists already; delete it first, or take another name.", name)
}

// Delete removes a world without a trace. A request that still works in it meets a world that does not exist.
func (r *Registry) Delete(ctx context.Context, name string) error {
	r.changing.Lock()
	defer r.changing.Unlock()
	w, err := r.current(ctx, name)
	if w == nil {
		return err
	}
	return r.delete(ctx, w, func() error { return nil })
}

// delete ends the world between two commits, if it may be, so that no writer of it meets another world's log under its
// name.
func (r *Registry) delete(ctx context.Context, w *World, may func() error) error {
	erase := func(at eventlog.Head) error {
		if err := may(); err != nil {
			return err
		}
		if err := r.log.Delete(ctx, w.name, at); err != nil {
			return cannotStore(err)
		}
		w.end.Store(noWorld(w.name))
		return nil
	}
	err := w.queue.submit(w, &submission{concerns: everybody, last: true, check: func(*State, time.Time) ([]change, error) {
		return nil, erase(w.head)
	}})
	if broken := w.Usable(); broken != nil && errors.Is(err, broken) { // nothing here writes to it any more
		head, unread := r.log.Head(ctx, w.name)
		switch {
		case unread != nil:
			return cannotRead(unread)
		case head.Log == w.head.Log:
			err = erase(head)
		}
	}
	if err == nil {
		r.forget(w)
	}
	return err
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
