// Package eventlog is where the events of worlds are kept: per world one log of opaque records, each at a position,
// appended to and read in order. A world's state is the fold of its records, so whoever writes checks against the state
// at a position and appends behind exactly that position; if another was quicker, the log says so and takes nothing.
//
// Memory keeps the logs of one process. The package sqlite keeps them in a file. The package eventlogtest holds the
// one suite that every implementation passes.
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

// Log keeps the records of any number of worlds. It is safe for concurrent use.
// The name of a world is any UTF-8 text without NUL; names are compared byte by byte.
type Log interface {
	// Append puts the records behind position after, all or none; when it returns nil they are durable (for logs that
	// outlive the process). It gives ErrConflict if the world's last position is not after. The first append of a
	// world (after 0) creates it. Appending nothing is allowed and only checks the position.
	//
	// The log takes ownership of the byte slices: the caller must not change them afterwards, whatever the outcome.
	// The context is heeded until the append begins; from there on it is seen through, so that its outcome is known.
	Append(ctx context.Context, world string, after Position, records [][]byte) error

	// Read yields the records behind after, in order, and ends with the last one present when it began.
	// An error is yielded once, last. The loop may use the log, also for appending. If the world is deleted
	// meanwhile, the log yields either the rest or an error, never records of a later world of the same name.
	Read(ctx context.Context, world string, after Position) iter.Seq2[Record, error]

	// Last is the world's last position; 0 for a world that does not exist.
	Last(ctx context.Context, world string) (Position, error)

	// Worlds names the worlds that exist, sorted byte by byte.
	Worlds(ctx context.Context) ([]string, error)

	// Delete removes a world without a trace; its name may be used anew, from position 0.
	// A world that does not exist is no error.
	Delete(ctx context.Context, world string) error

	// Close gives back what the log holds. It must not be used afterwards, but closing again is no error.
	Close() error
}

// ErrConflict is what Append gives when the world's last position is not the expected one:
// read the newer records, check again, try again.
var ErrConflict = errors.New("the world's log is at another position")

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
