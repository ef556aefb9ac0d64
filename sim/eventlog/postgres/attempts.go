package postgres

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"onshisim/sim/eventlog"
)

// limits bound what a call may take: attempts begin within a time, and each then ends within a time.
type limits struct{ begin, each time.Duration }

var (
	// usual lets a database restart meanwhile, which takes a second or two, or one attempt hang and the next one find a new
	// connection; who asked over HTTP waits for an answer. What is asked takes milliseconds.
	usual = limits{begin: 3 * time.Second, each: 2 * time.Second}

	// opening gives a database that was started together with the program the time to begin, and a migration its time.
	opening = limits{begin: 15 * time.Second, each: 15 * time.Second}
)

// carrying are the limits of attempts that send records: 2 s for each megabyte, over a slow line or encoded as text.
func (l limits) carrying(records [][]byte) limits {
	l.each += time.Duration(size(records)>>20) * 2 * time.Second
	return l
}

// size is how many bytes records have.
func size(records [][]byte) (bytes int) {
	for _, data := range records {
		bytes += len(data)
	}
	return bytes
}

// removing are the limits of attempts that delete so many records: of 50,000 in a second, on a slow disk.
func (l limits) removing(records eventlog.Position) limits {
	l.each += time.Duration(records/50_000) * time.Second
	return l
}

// The pauses between attempts, doubled each time: many that failed together, as in a deadlock, come back apart.
const (
	firstPause   = 5 * time.Millisecond
	longestPause = 200 * time.Millisecond
)

// database is a pool of connections to a database.
type database struct {
	pool   *pgxpool.Pool
	source string // how errors name it: never with the user or password
}

// try runs something on a connection until it succeeds or fails for good. What may pass is tried again: connections that
// break, a database that restarts, transactions that get in each other's way. The context is heeded between attempts only,
// for to break off a query is to break its connection.
func (d *database) try(ctx context.Context, within limits, run func(context.Context, *pgx.Conn) error) error {
	begin, cancel := context.WithTimeout(ctx, within.begin)
	defer cancel()
	var failed error
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		passing, err := d.attempt(begin, within.each, run)
		if !passing {
			return d.explain(err)
		}
		if failed == nil || begin.Err() == nil {
			failed = err // not that the time was up
		}
		select {
		case <-begin.Done():
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return d.exhausted(failed, within.begin)
		case <-time.After(pause/2 + rand.N(pause/2)):
		}
	}
}

// attempt runs something once. It says whether its error may pass.
func (d *database) attempt(ctx context.Context, within time.Duration, run func(context.Context, *pgx.Conn) error) (passing bool, err error) {
	conn, err := d.pool.Acquire(ctx)
	if err != nil {
		return !refusal(err), oneLine{err}
	}
	defer func() { d.release(conn, err) }()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), within)
	defer cancel()
	err = run(ctx, conn.Conn())
	return err != nil && !errors.As(err, new(final)) && (conn.Conn().IsClosed() || mayPass(err)), err
}

// release gives a connection back. If it is broken, so are probably all others, and the next attempt shall not have to find
// that out of each.
func (d *database) release(conn *pgxpool.Conn, err error) {
	if isReadOnly(err) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = conn.Conn().Close(ctx) // perhaps it is the connection that leads to a standby
	}
	if conn.Conn().IsClosed() {
		conn.Hijack() // it would be counted until it is closed in order, which takes time if nobody answers
		d.pool.Reset()
		return
	}
	conn.Release()
}

// final is an error after which nothing may be tried again, whatever it is.
type final struct{ error }

func (f final) Unwrap() error { return f.error }

// exhausted is the error of a call whose time is up.
func (d *database) exhausted(last error, after time.Duration) error {
	if state(last) != "" || isReadOnly(last) {
		return fmt.Errorf("given up after %v: %w", after, d.explain(last))
	}
	return fmt.Errorf("%s can't be reached: %w", d.source, last)
}
