package world

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"onshisim/sim/eventlog"
)

// lines reads the events behind a position, each as a line of JSON.
type lines func(after eventlog.Position) iter.Seq2[[]byte, error]

// logLines reads the world's own log.
func (w *World) logLines(ctx context.Context) lines {
	return func(after eventlog.Position) iter.Seq2[[]byte, error] {
		return func(yield func([]byte, error) bool) {
			for record, err := range w.log.Read(ctx, w.name, eventlog.Head{Log: w.head.Log, Last: after}) {
				if err != nil {
					err = &unreadError{err}
				}
				if !yield(record.Data, err) {
					return
				}
			}
		}
	}
}

// unreadError is an error of the log, not of what stands in it.
type unreadError struct{ error }

func (e *unreadError) Unwrap() error { return e.error }

// jump is where a log goes back to: the event at a position restores the state after an earlier one.
type jump struct{ at, to eventlog.Position }

// errJumps is what ends a replay that took the log for a straight one.
var errJumps = errors.New("the log goes back to a checkpoint")

// replay folds a whole log. A log that goes back to checkpoints is read once more, along its path, so that what was undone
// is not done first.
func (w *World) replay(read lines) error {
	last, err := w.state.fold(read, segment{1, noEnd})
	if errors.Is(err, errJumps) {
		if w.jumps, last, err = jumpsIn(read); err == nil {
			w.state = newState()
			last, err = w.state.foldPath(read, pathTo(w.jumps, last))
		}
	}
	w.head.Last = last
	return err
}

// stateAt is the state after the event at a position, folded anew along the jumps of the log.
func (w *World) stateAt(position eventlog.Position, jumps []jump) (*State, error) {
	s := newState()
	_, err := s.foldPath(w.logLines(context.Background()), pathTo(jumps, position))
	return s, err
}

// segment is a run of events, both ends included.
type segment struct{ from, to eventlog.Position }

const noEnd = ^eventlog.Position(0)

// pathTo is the way from the first event to a position that leaves out what was undone: from each event that goes back,
// on from where it went back to.
func pathTo(jumps []jump, to eventlog.Position) (path []segment) {
	for _, j := range slices.Backward(jumps) {
		if j.at <= to {
			path = append(path, segment{j.at, to})
			to = j.to
		}
	}
	path = append(path, segment{1, to})
	slices.Reverse(path)
	return path
}

// jumpsIn finds where a log goes back, and its last position. It reads every event, those that were undone too.
func jumpsIn(read lines) (jumps []jump, last eventlog.Position, err error) {
	for event, err := range decoded(read(0), 0) {
		if err != nil {
			return nil, last, err
		}
		if restored, ok := event.change.(*checkpointRestored); ok {
			if err := restored.fits(last + 1); err != nil {
				return nil, last, fmt.Errorf("event %d: %w", last+1, err)
			}
			jumps = append(jumps, jump{last + 1, restored.Position})
		}
		last++
	}
	return jumps, last, nil
}

// foldPath applies the events along a path and gives the position of the last one applied.
func (s *State) foldPath(read lines, path []segment) (last eventlog.Position, err error) {
	for _, run := range path {
		if last, err = s.fold(read, run); err != nil {
			break
		}
	}
	return last, err
}

// fold applies a run of events and gives the position of the last one applied. Only its first event may go back to a
// checkpoint: then the state is that one already.
func (s *State) fold(read lines, run segment) (last eventlog.Position, err error) {
	last = run.from - 1
	for event, err := range decoded(read(last), last) {
		if err != nil {
			return last, err
		}
		if _, back := event.change.(*checkpointRestored); back && last+1 != run.from {
			return last, errJumps
		}
		if err := s.takeReplayed(event.change, event.at, last+1); err != nil {
			return last, err
		}
		if last++; last == run.to {
			break
		}
	}
	return last, nil
}

// takeReplayed applies an event of a log. One that does not fit what came before it, as only a log written by hand can
// hold, is an error like any other.
func (s *State) takeReplayed(c change, at time.Time, position eventlog.Position) (err error) {
	defer func() {
		if unfit := recover(); unfit != nil {
			err = fmt.Errorf("event %d does not fit the events before it", position)
		}
	}()
	if _, first := c.(*worldCreated); first != (position == 1) {
		return fmt.Errorf("event %d: a world begins with worldCreated, and only begins so", position)
	}
	if checked, ok := c.(interface {
		fits(position eventlog.Position) error
	}); ok {
		if err := checked.fits(position); err != nil {
			return fmt.Errorf("event %d: %w", position, err)
		}
	}
	s.take(c, at)
	return nil
}
