package main

import (
	"context"
	"errors"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/postgres"
	"onshisim/sim/eventlog/sqlite"
)

// storeFlags say where the state is kept.
type storeFlags struct {
	Data     string `env:"SIM_DATA" placeholder:"FILE.db" help:"${data}"`
	Postgres string `env:"SIM_POSTGRES" placeholder:"URL" help:"${postgres}"`
}

// kept says whether the state outlives the program.
func (f *storeFlags) kept() bool { return f.Data != "" || f.Postgres != "" }

// open opens the store; without a flag it is in memory.
func (f *storeFlags) open(ctx context.Context) (eventlog.Log, error) {
	switch {
	case f.Data != "" && f.Postgres != "":
		return nil, errors.New("--data and --postgres: the state is kept in one of the two; leave the other out (SIM_DATA, SIM_POSTGRES)")
	case f.Postgres != "":
		return postgres.Open(ctx, f.Postgres)
	case f.Data != "":
		return sqlite.Open(ctx, f.Data)
	}
	return eventlog.NewMemory(), nil
}
