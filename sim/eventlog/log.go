// Package eventlog is where the events of worlds are kept: per world one log of opaque records, each at a position,
// appended to and read in order. A world's state is the fold of its records, so whoever writes checks against the state
// at a position and appends behind exactly that position; if another was quicker, the log says so and takes nothing.
//
// Memory keeps the logs of one process. The package sqlite keeps them in a file, the package postgres in a database that
// any number of processes share. The package eventlogtest holds the one suite that every implementation passes.
package eventlog

import (
	"context"
	"errors"
	"fmt"
	"iter"
)

// Position counts the records of one world from 1; 0 stands before the first.
type Position uint64

// Record is one entry of a world's log: opaque bytes at a position.
// Its reader must not change Data: it may be the log's own.
type Record struct {
	Position Position
	Data     []byte
}

// Head is where a world's log stands: which of all logs that its name ever had it is, and its last position. The zero
// Head is that of a world that does not exist.
type Head struct {
	Log  uint64 // never given to another log again, not even of the same name; 0: none
	Last Position
}

// Log keeps the records of any number of worlds. It is safe for concurrent use.
// The name of a world is any UTF-8 text without NUL; names are compared byte by byte.
type Log interface {
	// Create makes a world of records, at least one: all of them or nothing, durable when it returns nil. It takes them as
	// they come and may hold the log, or a connection to it, until the last; an error among them ends it, and is what it
	// gives. It gives ErrConflict if there is a world of that name.
	//
	// The log takes ownership of the byte slices: the caller must not change them afterwards, whatever the outcome.
	Create(ctx context.Context, world string, records iter.Seq2[[]byte, error]) (Head, error)

	// Append puts the records behind a head, all or none; when it returns nil they are durable (for logs that outlive the
	// process). It gives ErrConflict if the world's head is another, and ErrUnknownOutcome if nobody can tell now whether
	// they are in the log. Appending nothing is allowed and only checks the head.
	//
	// The log takes ownership of the byte slices, as with Create. The context is heeded until the append begins; from there
	// on it is seen through, so that its outcome is known.
	Append(ctx context.Context, world string, after Head, records [][]byte) error

	// Read yields the records behind after.Last, in order, and ends with the last one present when it began. after.Log says
	// which log is meant; 0: whichever has the name now. A log that is not there any more is ErrConflict, but where nothing
	// was asked of a certain one: then there are no records.
	// An error is yielded once, last. The loop may use the log, also for appending. If the world is deleted
	// meanwhile, the log yields either the rest or an error, never records of a later world of the same name.
	// Nobody may change the records' bytes.
	Read(ctx context.Context, world string, after Head) iter.Seq2[Record, error]

	// Head is where the world's log stands at a moment after the call: every Append that had returned by then, in whatever
	// process, counts.
	Head(ctx context.Context, world string) (Head, error)

	// Worlds names the worlds that exist, sorted byte by byte.
	Worlds(ctx context.Context) ([]string, error)

	// Delete removes a world without a trace, if its head is this one; else it gives ErrConflict. Its name may be used anew,
	// from position 0.
	Delete(ctx context.Context, world string, at Head) error

	// Shared are the notes of the processes that share the log; nil if no other process may write to it. A reader of a
	// shared log has to ask for the Head first.
	Shared() Notes

	// Close gives back what the log holds. It must not be used afterwards, but closing again is no error.
	Close() error
}

// ErrConflict says that the world's head is not the expected one: read the newer records, check again, try again.
var ErrConflict = errors.New("the world's log is at another position")

// ErrUnknownOutcome says that the store was lost while it took an append: it may be in the log, or not. Whoever reads the
// log once the store is back finds out.
var ErrUnknownOutcome = errors.New("the store was lost meanwhile: whether the records are in the log can't be told now")

// CorruptError says where a stored log cannot be believed and why.
type CorruptError struct {
	Source   string   // the file, or where else the log is stored
	World    string   // the world, if it is known
	Position Position // the first position concerned, if it is known
	Reason   string   // what is wrong
}

// Error names the source, the place and the reason, and says that nothing was changed.
func (e *CorruptError) Error() string {
	place := ""
	if e.World != "" {
		place = fmt.Sprintf(", world %q", e.World)
	}
	if e.Position != 0 {
		place += fmt.Sprintf(", position %d", e.Position)
	}
	return fmt.Sprintf("event log %s%s can't be believed: %s; nothing was changed", e.Source, place, e.Reason)
}
