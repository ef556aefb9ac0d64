package world

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"onshisim/sim/eventlog"
	"onshisim/sim/problem"
)

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

// worldCreated is the first event of every world.
type worldCreated struct {
	Seed                uint64    `json:"seed"`
	RegistrationOpensAt time.Time `json:"registrationOpensAt"` // zero: open from the beginning

	Population *Population `json:"population,omitempty"` // nil: the world has no nation
}

// fits refuses a nation that this program can't compute, as only a log written by hand can ask for.
func (e *worldCreated) fits(eventlog.Position) error {
	_, err := e.Population.nation()
	return err
}

func (e *worldCreated) apply(s *State, _ time.Time) {
	s.seed, s.key = e.Seed, newDrawKey(e.Seed)
	s.settle(e.Population)
	s.registrationOpensAt = e.RegistrationOpensAt.In(JST)
	s.mode = Mode{Mode: ModeNormal, Areas: []string{}, Institutions: []string{}, Systems: []string{}}
}
