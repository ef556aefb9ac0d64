package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"onshisim/bench/result"
	"onshisim/bench/store"
	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/postgres"
	"onshisim/sim/eventlog/postgres/postgrestest"
	"onshisim/sim/eventlog/sqlite"
)

// writers is how many write at the same time.
const writers = 64

// durable measures writes that outlive the machine beside a bare loop on the same engine.
func (c *runCommand) durable(ctx context.Context, into *result.Results) error {
	data, err := store.Typical(ctx)
	if err != nil {
		return err
	}
	part := &result.Part[result.Comparison]{Machine: result.Here()}
	for _, engine := range []func(ctx context.Context, data []byte) ([]result.Comparison, error){c.durableSQLite, c.durablePostgreSQL} {
		rows, err := engine(ctx, data)
		if errors.Is(err, postgrestest.ErrMissing) {
			fmt.Println("left out:", err)
			continue
		}
		if err != nil {
			return err
		}
		part.Rows = append(part.Rows, rows...)
	}
	into.Durable = part
	return nil
}

func (c *runCommand) durableSQLite(ctx context.Context, data []byte) (rows []result.Comparison, err error) {
	folder, remove, err := scratch()
	if err != nil {
		return nil, err
	}
	defer remove()
	bare, end, err := store.BareSQLite(ctx, filepath.Join(folder, "bare.db"), data)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, end()) }()
	open := func(name string) (eventlog.Log, error) { return sqlite.Open(ctx, filepath.Join(folder, name+".db")) }
	return c.writes(ctx, "SQLite", data, bare, open)
}

func (c *runCommand) durablePostgreSQL(ctx context.Context, data []byte) (rows []result.Comparison, err error) {
	server, stop, err := postgrestest.Run(true)
	if err != nil {
		return nil, err
	}
	defer stop()
	bare, end, err := store.BarePostgreSQL(ctx, server.URL("postgres"), data)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, end()) }()
	open := func(string) (eventlog.Log, error) { return postgres.Open(ctx, server.URL("postgres")) }
	return c.writes(ctx, "PostgreSQL", data, bare, open)
}

// writes compares the ways to write to an engine: the bare loop, the log, and commands of a world.
func (c *runCommand) writes(
	ctx context.Context, engine string, data []byte, bare store.Writer, open func(name string) (eventlog.Log, error),
) (rows []result.Comparison, err error) {
	ofLog, err := open("log")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, ofLog.Close()) }()
	ofWorld, err := open("world")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, ofWorld.Close()) }()
	appended, err := store.Log(ctx, ofLog, writers, data)
	if err != nil {
		return nil, err
	}
	w, err := store.Town(ctx, ofWorld, writers, time.Now)
	if err != nil {
		return nil, err
	}
	return c.compare(ctx, engine,
		c.writing("bare loop", bare), c.writing("sim/eventlog", appended),
		c.writing("reference numbers", store.References(w)), c.writing("card reads", store.CardReads(w)))
}

func (c *runCommand) writing(name string, write store.Writer) contender {
	return contender{name, func(ctx context.Context) (sample, error) {
		per, err := store.PerSecond(ctx, writers, c.Time, write)
		return sample{per: per}, err
	}}
}
