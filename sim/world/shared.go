package world

import (
	"context"
	"slices"
)

// shared is a world of a log that other processes write to.
func (r *Registry) shared(ctx context.Context, name string) (*World, error) {
	head, err := r.log.Head(ctx, name)
	if err != nil {
		return nil, cannotRead(err)
	}
	w, known := r.known(name)
	switch {
	case known && w.head.Log == head.Log:
		return w, w.follow(ctx, head)
	case !known && head.Log == 0:
		return nil, noWorld(name)
	}
	r.changing.Lock()
	defer r.changing.Unlock()
	return r.current(ctx, name)
}

// current is a world while no other comes or goes here: folded now, if it was not known, or if another has its name since.
// One that can't be folded is known with the reason.
func (r *Registry) current(ctx context.Context, name string) (*World, error) {
	if r.log.Shared() == nil {
		return r.own(name)
	}
	head, err := r.log.Head(ctx, name)
	if err != nil {
		return nil, cannotRead(err)
	}
	w, known := r.known(name)
	if known && w.head.Log == head.Log {
		return w, w.follow(ctx, head)
	}
	if known {
		_ = w.gone()
		r.forget(w)
	}
	if head.Log == 0 {
		return nil, noWorld(name)
	}
	if err := r.sweep(ctx); err != nil {
		return nil, err
	}
	w, err = r.fold(ctx, name, head.Log)
	if err != nil {
		err = w.cannotFollow(err)
	}
	if err == nil || w.Usable() != nil {
		r.know(w)
	}
	return w, err
}

// sweep forgets worlds that others have deleted. It asks the log only now and then, so that the cost per world stays the same.
func (r *Registry) sweep(ctx context.Context) error {
	const least = 64
	r.mu.RLock()
	known := len(r.worlds)
	r.mu.RUnlock()
	if known < max(r.sweepAt, least) {
		return nil
	}
	names, err := r.Names(ctx)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for name, w := range r.worlds {
		if _, there := slices.BinarySearch(names, name); !there {
			_ = w.gone()
			delete(r.worlds, name)
		}
	}
	r.sweepAt = 2 * len(r.worlds)
	return nil
}

// count is how many worlds there are.
func (r *Registry) count(ctx context.Context) (int, error) {
	if r.log.Shared() != nil {
		names, err := r.Names(ctx)
		return len(names), err
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.worlds), nil
}
