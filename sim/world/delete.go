package world

import (
	"context"
	"errors"
	"time"

	"onshisim/sim/eventlog"
)

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
	err := w.queue.submit(ctx, w, &submission{concerns: everybody, last: true, check: func(*State, time.Time) ([]change, error) {
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
