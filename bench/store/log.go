package store

import (
	"context"
	"fmt"
	"iter"

	"onshisim/sim/eventlog"
)

// Log is a log that so many writers append to, each to a world of its own.
func Log(ctx context.Context, log eventlog.Log, writers int, data []byte) (Writer, error) {
	worlds, heads := make([]string, writers), make([]eventlog.Head, writers)
	for i := range writers {
		worlds[i] = fmt.Sprintf("bench-%d", i)
		var err error
		if heads[i], err = log.Create(ctx, worlds[i], one(data)); err != nil {
			return nil, err
		}
	}
	return func(ctx context.Context, number int) error {
		if err := log.Append(ctx, worlds[number], heads[number], [][]byte{data}); err != nil {
			return err
		}
		heads[number].Last++
		return nil
	}, nil
}

func one(data []byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) { yield(data, nil) }
}
