package world

import (
	"context"
	"strconv"

	"onshisim/sim/eventlog"
)

// tally counts what faults meet: requests that match, and those struck. It is no part of the state.
type tally interface {
	see(ctx context.Context, f *fault) (nth uint64, err error)
	strike(ctx context.Context, f *fault) (nth uint64, err error)
	counted(ctx context.Context) (func(f *fault) (seen, struck uint64), error)
}

// tally is that of this process, or of all that share the log: the second request is then the second of all.
func (w *World) tally() tally {
	notes := w.log.Shared()
	if notes == nil {
		return ownTally{}
	}
	restored := eventlog.Position(0)
	if last := len(w.jumps) - 1; last >= 0 {
		restored = w.jumps[last].at
	}
	return &sharedTally{notes, w.head.Log, restored}
}

type ownTally struct{}

func (ownTally) see(_ context.Context, f *fault) (uint64, error) { return f.seen.Add(1), nil }

func (ownTally) strike(_ context.Context, f *fault) (uint64, error) { return f.struck.Add(1), nil }

func (ownTally) counted(context.Context) (func(f *fault) (seen, struck uint64), error) {
	return func(f *fault) (uint64, uint64) { return f.seen.Load(), f.struck.Load() }, nil
}

// sharedTally counts among the notes of the processes.
type sharedTally struct {
	notes    eventlog.Notes
	log      uint64
	restored eventlog.Position // faults count anew from there
}

// counter names what a fault counts.
func (t *sharedTally) counter(f *fault, what string) string {
	return f.id + " " + what + " since " + strconv.FormatUint(uint64(t.restored), 10)
}

func (t *sharedTally) see(ctx context.Context, f *fault) (uint64, error) {
	return t.count(ctx, t.counter(f, "seen"))
}

func (t *sharedTally) strike(ctx context.Context, f *fault) (uint64, error) {
	return t.count(ctx, t.counter(f, "struck"))
}

func (t *sharedTally) count(ctx context.Context, counter string) (uint64, error) {
	nth, err := t.notes.Count(ctx, t.log, counter)
	if err != nil {
		return 0, cannotRead(err)
	}
	return nth, nil
}

func (t *sharedTally) counted(ctx context.Context) (func(f *fault) (seen, struck uint64), error) {
	counters, err := t.notes.Counters(ctx, t.log)
	if err != nil {
		return nil, cannotRead(err)
	}
	return func(f *fault) (uint64, uint64) {
		return counters[t.counter(f, "seen")], counters[t.counter(f, "struck")]
	}, nil
}
