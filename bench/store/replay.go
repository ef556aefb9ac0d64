package store

import (
	"context"
	"iter"
	"time"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/sqlite"
	"onshisim/sim/world"
)

// Copy puts the events of a world into another log.
func Copy(ctx context.Context, w *world.World, into eventlog.Log) error {
	events := iter.Seq2[[]byte, error](w.Events(ctx))
	_, err := into.Create(ctx, w.Name(), events)
	return err
}

// Fold is how long it takes to make the worlds of an open log from their events.
func Fold(ctx context.Context, log eventlog.Log) (time.Duration, error) {
	begun := time.Now()
	_, err := Open(ctx, log, time.Now)
	return time.Since(begun), err
}

// OpenFile is how long it takes to open a file, which verifies every record, and to make its worlds.
func OpenFile(ctx context.Context, file string) (took time.Duration, err error) {
	begun := time.Now()
	log, err := sqlite.Open(ctx, file)
	if err != nil {
		return 0, err
	}
	if _, err = Open(ctx, log, time.Now); err == nil {
		took = time.Since(begun)
	}
	if closed := log.Close(); err == nil {
		err = closed
	}
	return took, err
}
