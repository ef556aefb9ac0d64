package journal

import (
	"context"
	"math"

	"onshisim/sim/eventlog"
)

// Limits bound what a journal keeps. A bound of 0 keeps nothing.
type Limits struct {
	Entries int // entries kept
	Bytes   int // bytes of paths, bodies and decisions kept, about
	Body    int // bytes kept of one body
}

// Journal holds the latest requests of a world. It is safe for concurrent use, and starts no goroutine.
type Journal struct {
	world string
	body  int // bytes kept of one body
	book  book
}

// book keeps entries: in this process, or together with others.
type book interface {
	add(ctx context.Context, e Entry) error // whose bodies are not its own
	clear(ctx context.Context) error
	wait(ctx context.Context, after uint64) error
	since(ctx context.Context, after uint64) (stretch, error)
}

// stretch is a part of the journal as it stood at one moment.
type stretch struct {
	entries []*Entry
	dropped uint64 // how many of the stretch are gone, but for those cleared away
	last    uint64 // number of the last entry added
	cleared uint64 // number up to which they were cleared away
}

// New makes an empty journal of a world, by its name.
func New(world string, limits Limits) *Journal {
	return &Journal{world, limits.Body, &ring{limits: limits}}
}

// NewShared makes the journal of a world whose log other processes share: it has the requests that any of them answered.
// Its errors, and those of what it is asked, are those of the notes.
func NewShared(world string, limits Limits, notes eventlog.Notes, log uint64) *Journal {
	return &Journal{world, limits.Body, &notebook{limits, notes, log}}
}

// Add gives an entry its world and its number and keeps it, with at most Limits.Body bytes of each body, which the caller may use again.
// Over the bounds the oldest go; an entry that is over them alone goes at once, after all others.
func (j *Journal) Add(ctx context.Context, e Entry) error {
	e.cutBodies(max(j.body, 0))
	e.World = j.world
	return j.book.add(ctx, e)
}

// Clear forgets all entries. The numbers go on, and what was cleared away does not count as dropped.
func (j *Journal) Clear(ctx context.Context) error { return j.book.clear(ctx) }

// Mark says how far a journal is: as long as it stays, so does what Read gives.
type Mark struct {
	Last    uint64 // number of the last entry added
	Cleared uint64 // number up to which entries were cleared away
}

// Mark is how far the journal is. No entry is read for it.
func (j *Journal) Mark(ctx context.Context) (Mark, error) {
	s, err := j.book.since(ctx, math.MaxUint64)
	return Mark{s.last, s.cleared}, err
}

// Wait returns when an entry after a number has been added and not cleared away, or when ctx is done.
func (j *Journal) Wait(ctx context.Context, after uint64) error { return j.book.wait(ctx, after) }

// mayCome says whether an entry after a number is yet to come: there is none, and the number was given.
func mayCome(after, last, cleared uint64) bool { return after <= last && last <= max(after, cleared) }
