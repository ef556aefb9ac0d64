package main

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"time"

	"onshisim/bench/process"
	"onshisim/bench/result"
	"onshisim/bench/store"
	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/sqlite"
)

// replays is how often a log is replayed at most, since each takes its time.
const replays = 5

// replay measures how quickly a world is made from its events.
func (c *runCommand) replay(ctx context.Context, into *result.Results) error {
	folder, remove, err := scratch()
	if err != nil {
		return err
	}
	defer remove()
	memory, file := eventlog.NewMemory(), filepath.Join(folder, "busy.db")
	if err := c.busy(ctx, memory, file); err != nil {
		return err
	}
	part := &result.Part[result.Rate]{Machine: result.Here()}
	for _, from := range []struct {
		name string
		take func() (time.Duration, error)
	}{
		{"memory", func() (time.Duration, error) { return store.Fold(ctx, memory) }},
		{"SQLite", func() (time.Duration, error) { return store.OpenFile(ctx, file) }},
	} {
		var per, perCPU []float64
		for range min(c.Rounds, replays) {
			runtime.GC() // what the one before has left is not this one's
			before, err := process.OwnCPU()
			if err != nil {
				return err
			}
			took, err := from.take()
			if err != nil {
				return err
			}
			after, err := process.OwnCPU()
			if err != nil {
				return err
			}
			per = append(per, float64(c.Replayed)/took.Seconds())
			perCPU = append(perCPU, float64(c.Replayed)/(after-before).Seconds())
		}
		row := result.Rate{Work: from.name, Count: c.Replayed, Per: result.Of(per), PerCPU: result.Of(perCPU)}
		fmt.Printf("%-10s %d events, %.0f /s (%.0f–%.0f), %.0f /CPU s\n", row.Work, row.Count, row.Per.Median, row.Per.Low, row.Per.High, row.PerCPU.Median)
		part.Rows = append(part.Rows, row)
	}
	into.Replay = part
	return nil
}

// busy makes a busy world, in memory and in a file.
func (c *runCommand) busy(ctx context.Context, memory eventlog.Log, file string) error {
	w, err := store.Busy(ctx, memory, c.Replayed)
	if err != nil {
		return err
	}
	log, err := sqlite.Open(ctx, file)
	if err != nil {
		return err
	}
	if err := store.Copy(ctx, w, log); err != nil {
		return err
	}
	return log.Close()
}
