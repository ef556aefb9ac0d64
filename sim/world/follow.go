package world

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"onshisim/sim/eventlog"
	"onshisim/sim/problem"
)

// A world of a shared log follows it: before an answer it brings about what other processes have put there, so that a
// flag set through one of them is in force in the next answer of every other.

// turn is held by one at a time.
type turn chan struct{}

func (t turn) handOn() { <-t }

// take waits for the turn, as long as the context lasts.
func (t turn) take(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return givenUp(ctx.Err())
	}
}

// follow brings the world up to a head of its log.
func (w *World) follow(ctx context.Context, to eventlog.Head) error {
	if w.at().Last >= to.Last {
		return w.Usable()
	}
	if err := w.folding.take(ctx); err != nil {
		return err
	}
	defer w.folding.handOn()
	return w.foldTo(ctx, to)
}

// catchUp brings the world up to its log. Whoever calls it holds the turn.
func (w *World) catchUp(ctx context.Context) error {
	head, err := w.log.Head(ctx, w.name)
	if err != nil {
		return cannotRead(err)
	}
	if head.Log != w.head.Log {
		return w.gone()
	}
	return w.foldTo(ctx, head)
}

// gone ends a world that another process has deleted.
func (w *World) gone() error {
	w.end.CompareAndSwap(nil, noWorld(w.name))
	return w.Usable()
}

// happened is an event of the log that is to be applied.
type happened struct {
	change
	at time.Time
}

// foldTo applies the events up to a head, all in one go: what one command did is never seen by half.
func (w *World) foldTo(ctx context.Context, to eventlog.Head) error {
	if err := w.Usable(); err != nil || w.head.Last >= to.Last {
		return err
	}
	news, err := w.readOn(ctx)
	if err != nil {
		return w.cannotFollow(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, event := range news {
		if err := w.state.takeReplayed(event.change, event.at, w.head.Last+1); err != nil {
			return w.cannotFollow(err)
		}
		w.moveOn(event.change)
	}
	return nil
}

// readOn reads the events behind the world's head, with the states that they go back to.
func (w *World) readOn(ctx context.Context) (news []happened, err error) {
	jumps, position := slices.Clip(w.jumps), w.head.Last
	for event, err := range decoded(w.logLines(ctx)(position), position) {
		if err != nil {
			return nil, err
		}
		position++
		if restored, back := event.change.(*checkpointRestored); back {
			if restored.former, err = w.stateAt(restored.Position, jumps); err != nil {
				return nil, err
			}
			jumps = append(jumps, jump{position, restored.Position})
		}
		news = append(news, event)
	}
	return news, nil
}

// cannotFollow is why the world can't be brought on: its log is gone, or can't be read now; or it holds what this program
// can't fold, which ends the world here.
func (w *World) cannotFollow(cause error) error {
	if _, unread := errors.AsType[*unreadError](cause); !unread {
		w.end.CompareAndSwap(nil, cannotFold(w.name, cause))
		return w.Usable()
	}
	if errors.Is(cause, eventlog.ErrConflict) {
		return w.gone()
	}
	return cannotRead(cause)
}

func cannotFold(name string, cause error) *problem.Error {
	return &problem.Error{
		Kind: problem.Unavailable, Code: "SIM-WORLD-503",
		Detail: "This world's events can't be followed by this program; use the version that wrote them, or delete the world.",
		Cause:  fmt.Errorf("world %q: %w", name, cause),
	}
}

func cannotRead(cause error) *problem.Error {
	return &problem.Error{
		Kind: problem.Unavailable, Code: "SIM-LOG-503", Detail: "The event log can't be read now; nothing was changed. Try again.", Cause: cause,
	}
}
