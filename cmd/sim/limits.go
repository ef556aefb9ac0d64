package main

import (
	"fmt"

	"onshisim/sim/journal"
	"onshisim/sim/world"
)

// limitFlags bound what the simulator holds and does at the same time.
type limitFlags struct {
	MaxBody        int64 `default:"1048576" env:"SIM_MAX_BODY" help:"${maxBody}"`
	MaxWorlds      int   `default:"10000" env:"SIM_MAX_WORLDS" help:"${maxWorlds}"`
	MaxEvents      int   `default:"2000000" env:"SIM_MAX_EVENTS" help:"${maxEvents}"`
	MaxSessions    int   `default:"10000" env:"SIM_MAX_SESSIONS" help:"${maxSessions}"`
	MaxRequests    int   `default:"1000" env:"SIM_MAX_REQUESTS" help:"${maxRequests}"`
	MaxConnections int   `default:"2048" env:"SIM_MAX_CONNECTIONS" help:"${maxConnections}"`
	JournalEntries int   `default:"1000" env:"SIM_JOURNAL_ENTRIES" help:"${journalEntries}"`
	JournalBytes   int   `default:"1048576" env:"SIM_JOURNAL_BYTES" help:"${journalBytes}"`
}

// limits are the flags as the worlds take them.
func (f *limitFlags) limits() world.Limits {
	return world.Limits{
		Worlds: f.MaxWorlds, Events: f.MaxEvents, Sessions: f.MaxSessions, Requests: f.MaxRequests,
		Journal: journal.Limits{Entries: f.JournalEntries, Bytes: f.JournalBytes},
	}
}

// check refuses a limit that nothing fits under.
func (f *limitFlags) check() error {
	for name, value := range map[string]int64{
		"--max-body": f.MaxBody, "--max-worlds": int64(f.MaxWorlds), "--max-events": int64(f.MaxEvents),
		"--max-sessions": int64(f.MaxSessions), "--max-requests": int64(f.MaxRequests), "--max-connections": int64(f.MaxConnections),
		"--journal-entries": int64(f.JournalEntries), "--journal-bytes": int64(f.JournalBytes),
	} {
		if value < 1 {
			return fmt.Errorf("%s %d: a limit has to be at least 1", name, value)
		}
	}
	return nil
}
