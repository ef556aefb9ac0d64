package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"onshisim/bench/load"
	"onshisim/bench/process"
	"onshisim/bench/work"
	"onshisim/sim/eventlog/postgres/postgrestest"
)

// mostReplicas is how many share a database at most.
const mostReplicas = 3

// replicas grow from 1 to 3 on one PostgreSQL, and all of them are asked.
func (c *runCommand) replicas(ctx context.Context, g *growing) error {
	database, stop, err := postgrestest.Run(true)
	if errors.Is(err, postgrestest.ErrMissing) {
		return leftOut(err.Error())
	}
	if err != nil {
		return err
	}
	defer stop()
	conn, err := pgx.Connect(ctx, database.URL("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }() // it has nothing left to write
	var backend int
	if err := conn.QueryRow(ctx, "SELECT pg_backend_pid()").Scan(&backend); err != nil {
		return err
	}
	parent, err := process.Parent(backend)
	if err != nil {
		return err
	}
	for replicas := 1; replicas <= mostReplicas; replicas++ {
		name := fmt.Sprintf("replicas_%d", replicas)
		if _, err := conn.Exec(ctx, "CREATE DATABASE "+name); err != nil {
			return err
		}
		if err := c.onDatabase(ctx, g, replicas, database.URL(name), family(parent)); err != nil {
			return err
		}
	}
	return nil
}

// family is a server of many processes.
type family int

// CPU is what all of them have used.
func (f family) CPU() (time.Duration, error) { return process.FamilyCPU(int(f)) }

func (c *runCommand) onDatabase(ctx context.Context, g *growing, replicas int, url string, database server) (err error) {
	var all []*process.Simulator
	var addresses []string
	for range replicas {
		s, err := process.Serve(ctx, c.Program, "--postgres", url)
		if err != nil {
			return err
		}
		defer stopAll(&err, s.Process)
		all, addresses = append(all, s), append(addresses, s.Address)
	}
	w, err := work.Town(ctx, all[0], "bench", fewPersons)
	if err != nil {
		return err
	}
	recorded, err := w.Record(ctx)
	if err != nil {
		return err
	}
	for _, name := range []string{work.Certificate, work.CardRead} {
		plan := load.Plan{Addresses: addresses, Connections: c.Connections, Requests: work.Requests(recorded[name], w.Address, w.Prefix)}
		p, err := c.point(ctx, replicas, plan, database, all...)
		if err != nil {
			return fmt.Errorf("%d replicas: %s: %w", replicas, name, err)
		}
		g.add("replicas", name, p)
	}
	return nil
}
