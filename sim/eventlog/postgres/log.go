// Package postgres keeps event logs in a PostgreSQL database, or one that speaks like it, that any number of processes share:
// an append that was acknowledged to one is in the next Head that any other asks for, and outlives them all.
//
// Everything is plain SQL at the database's own isolation. Who may append is decided by one row per world, its head: an
// append moves it on and puts the records behind it in one statement, or finds that it stands elsewhere. Appends that wait at
// the same time go by one statement together.
//
// The database may be restarted and connections may break at any time. What a broken attempt did is found out by trying
// again, for a few seconds at most; a short restart is seen as a slow call. When it lasts longer, calls fail and say so.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/jackc/pgx/v5"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/groupcommit"
)

// Log is an eventlog.Log in a PostgreSQL database, made by Open.
type Log struct {
	db    *database
	heads *heads
	notes *notes
	close func()

	appends *groupcommit.Queue[*request]
}

var _ eventlog.Log = (*Log)(nil)

// newLog makes the log in a database that was made ready.
func newLog(db, lazy *database) *Log {
	l := &Log{db: db, notes: &notes{lazy}}
	l.appends = groupcommit.New(l.appendTogether)
	living, end := context.WithCancel(context.Background())
	l.heads = &heads{ask: l.ask, living: living}
	l.close = sync.OnceFunc(func() {
		end()
		l.heads.running.Wait()
		db.pool.Close()
		lazy.pool.Close()
	})
	return l
}

// Worlds implements eventlog.Log.
func (l *Log) Worlds(ctx context.Context) ([]string, error) {
	var worlds []string
	err := l.db.try(ctx, usual, func(ctx context.Context, conn *pgx.Conn) error {
		rows, err := conn.Query(ctx, `SELECT name FROM onshisim_worlds`)
		if err != nil {
			return err
		}
		worlds, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("listing worlds: %w", err)
	}
	slices.Sort(worlds) // the database may sort them by some language's rules
	return worlds, nil
}

// Delete implements eventlog.Log.
func (l *Log) Delete(ctx context.Context, world string, at eventlog.Head) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	switch {
	case at.Log == 0:
		return l.check(ctx, world, at)
	case !possible(at):
		return conflict(world, at)
	}
	unclear := false
	err := l.db.try(context.WithoutCancel(ctx), usual.removing(at.Last), func(ctx context.Context, conn *pgx.Conn) error {
		var deleted bool
		err := conn.QueryRow(ctx, deleteWorld, int64(at.Log), world, int64(at.Last)).Scan(&deleted)
		switch {
		case err != nil:
			unclear = unclear || mayHaveRun(err)
			return err
		case deleted:
			return nil
		case !unclear:
			return conflict(world, at)
		}
		// A log is never put back: if it is gone, an earlier attempt deleted it, or somebody else did the same.
		var exists bool
		err = conn.QueryRow(ctx, `SELECT count(*) > 0 FROM onshisim_worlds WHERE id = $1`, int64(at.Log)).Scan(&exists)
		if err == nil && exists {
			err = conflict(world, at)
		}
		return err
	})
	return outcome(err, unclear, "deleting", world)
}

const deleteWorld = `WITH gone AS (
	DELETE FROM onshisim_worlds WHERE id = $1 AND name = $2 AND last = $3 RETURNING id
), emptied AS (
	DELETE FROM onshisim_records WHERE world IN (SELECT id FROM gone)
), unnoted AS (
	DELETE FROM onshisim_notes WHERE world IN (SELECT id FROM gone)
), unbooked AS (
	DELETE FROM onshisim_books WHERE world IN (SELECT id FROM gone)
), uncounted AS (
	DELETE FROM onshisim_counters WHERE world IN (SELECT id FROM gone)
)
SELECT count(*) > 0 FROM gone`

// Shared implements eventlog.Log: other processes may write to the same database.
func (l *Log) Shared() eventlog.Notes { return l.notes }

// Close implements eventlog.Log.
func (l *Log) Close() error {
	l.close()
	return nil
}

// check checks a world's head.
func (l *Log) check(ctx context.Context, world string, expected eventlog.Head) error {
	is, err := l.Head(ctx, world)
	if err == nil && is != expected {
		err = conflict(world, expected)
	}
	return err
}

// possible says whether there can be such a head at all: the database's numbers are smaller than a Head's.
func possible(head eventlog.Head) bool {
	return head.Log != 0 && head.Log <= math.MaxInt64 && head.Last <= math.MaxInt64/2
}

func conflict(world string, expected eventlog.Head) error {
	return fmt.Errorf("world %q: its head is not %d of log %d: %w", world, expected.Last, expected.Log, eventlog.ErrConflict)
}

// outcome is the error of a call that changes a world. If an attempt may have got through, only what the database said of it
// later counts: it succeeded, or the head is another.
func outcome(err error, unclear bool, what, world string) error {
	switch {
	case err == nil, errors.Is(err, eventlog.ErrConflict):
		return err
	case unclear:
		return fmt.Errorf("%s world %q: %w: %w", what, world, eventlog.ErrUnknownOutcome, err)
	}
	return fmt.Errorf("%s world %q, nothing was changed: %w", what, world, err)
}
