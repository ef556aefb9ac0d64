package world

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"onshisim/sim/eventlog"
)

// LineError says why a world's events can't be taken in, and by which of their lines.
type LineError struct {
	Line  eventlog.Position // counted from 1; 0: there are none
	Cause error
}

// Error names the line.
func (e *LineError) Error() string {
	if e.Line == 0 {
		return e.Cause.Error()
	}
	return fmt.Sprintf("line %d: %v", e.Line, e.Cause)
}

// Unwrap gives the cause.
func (e *LineError) Unwrap() error { return e.Cause }

// Export yields the events of a world that lies in a log, as lines of JSON, from the first to the last one present now.
// They are not folded: what this program can't make a world of can be carried away all the same.
func Export(ctx context.Context, log eventlog.Log, name string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		head, err := log.Head(ctx, name)
		if err == nil && head.Log == 0 {
			err = noWorld(name)
		}
		if err != nil {
			yield(nil, err)
			return
		}
		for record, err := range log.Read(ctx, name, eventlog.Head{Log: head.Log}) {
			if !yield(record.Data, err) {
				return
			}
		}
	}
}

// Import makes a world in a log that nobody else need have open, and gives how many events it has. There must be no world
// of its name. The events are read more than once, from behind any position, and the log takes ownership of the slices: so
// they have been folded before the first is in the log, which has all of them then or none, and memory never holds them
// all. One that can't be read, or does not fit those before it, is a *LineError.
func Import(
	ctx context.Context, log eventlog.Log, name string, events func(after eventlog.Position) iter.Seq2[[]byte, error],
) (eventlog.Position, error) {
	switch head, err := log.Head(ctx, name); {
	case err != nil:
		return 0, err
	case head.Log != 0:
		return 0, exists(name)
	}
	w := &World{name: name, state: newState()}
	err := w.foldGiven(func(after eventlog.Position) iter.Seq2[[]byte, error] {
		return func(yield func([]byte, error) bool) {
			for line, err := range events(after) {
				if err == nil {
					err = ctx.Err()
				}
				if err != nil {
					err = &unreadError{err}
				}
				if !yield(line, err) {
					return
				}
			}
		}
	})
	if err != nil {
		return 0, err
	}
	head, err := log.Create(ctx, name, events(0))
	if errors.Is(err, eventlog.ErrConflict) {
		err = exists(name)
	}
	return head.Last, err
}

// foldGiven folds events that are in no log yet.
func (w *World) foldGiven(read lines) error {
	err := w.replay(read)
	if unread, ok := errors.AsType[*unreadError](err); ok {
		return unread.error
	}
	if err != nil {
		return &LineError{Line: w.head.Last + 1, Cause: err}
	}
	if w.head.Last == 0 {
		return &LineError{Cause: errors.New("it holds no events; a world begins with worldCreated")}
	}
	return nil
}
