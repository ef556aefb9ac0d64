package postgres

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/jackc/pgx/v5"

	"onshisim/sim/eventlog"
)

// A creation takes records in chunks; one ends with the record that reaches one of these.
const (
	chunkRecords = 1024
	chunkBytes   = 1 << 20
)

// creation is one under way.
type creation struct {
	db      *database
	world   string
	id      []byte // of its own, on the first record
	unclear bool   // whether an attempt may have got through

	next   func() ([]byte, error, bool)
	size   eventlog.Position // how many records were taken so far
	broken error             // what came instead of one

	log uint64 // the number that the world was given
}

// Create implements eventlog.Log. A world of few records is made by one statement, which is tried again like an append.
// One of more is made in one transaction as its records come, for which it holds a connection; if that breaks, nothing was
// made, for the records can't be had again. Until it ends, who creates a world of the same name waits, if not for long.
func (l *Log) Create(ctx context.Context, world string, records iter.Seq2[[]byte, error]) (eventlog.Head, error) {
	if err := ctx.Err(); err != nil {
		return eventlog.Head{}, err
	}
	next, stop := iter.Pull2(records)
	defer stop()
	c := &creation{db: l.db, world: world, id: newID(), next: next}
	first, more := c.take(ctx)
	if c.broken == nil && c.size == 0 {
		return eventlog.Head{}, fmt.Errorf("world %q: a world begins with a record, but there is none", world)
	}
	var err error
	switch {
	case c.broken != nil:
	case more:
		err = c.stream(ctx, first)
	default:
		err = c.whole(ctx, first)
	}
	if c.broken != nil {
		return eventlog.Head{}, c.broken
	}
	if err = outcome(err, c.unclear, "creating", world); err != nil {
		return eventlog.Head{}, err
	}
	return eventlog.Head{Log: c.log, Last: c.size}, nil
}

// take takes the next chunk of records and says whether there may be more.
func (c *creation) take(ctx context.Context) (chunk [][]byte, more bool) {
	for bytes := 0; bytes < chunkBytes && len(chunk) < chunkRecords; {
		data, err, more := c.next()
		if err == nil {
			err = ctx.Err()
		}
		if c.broken = err; err != nil || !more {
			return chunk, false
		}
		if data == nil {
			data = []byte{} // nil would be NULL
		}
		chunk = append(chunk, data)
		bytes += len(data)
		c.size++
	}
	return chunk, true
}

const createWhole = `WITH made AS (
	INSERT INTO onshisim_worlds (name, last) VALUES ($1, $2::bigint) ON CONFLICT (name) DO NOTHING RETURNING id
), filled AS (
	INSERT INTO onshisim_records (world, position, append, data)
	SELECT made.id, r.n, CASE WHEN r.n = 1 THEN $3::bytea END, r.data
	FROM made, unnest($4::bytea[]) WITH ORDINALITY AS r (data, n)
)
SELECT id FROM made`

// whole makes a world of all its records at once.
func (c *creation) whole(ctx context.Context, records [][]byte) error {
	return c.db.try(context.WithoutCancel(ctx), usual.carrying(records), func(ctx context.Context, conn *pgx.Conn) error {
		err := conn.QueryRow(ctx, createWhole, c.world, int64(c.size), c.id, records).Scan(&c.log)
		if errors.Is(err, pgx.ErrNoRows) {
			return c.find(ctx, conn)
		}
		c.unclear = c.unclear || err != nil && mayHaveRun(err)
		return err
	})
}

// find looks whether the world that is in the way is the one that this creation made.
func (c *creation) find(ctx context.Context, in querier) error {
	err := pgx.ErrNoRows
	if c.unclear {
		err = in.QueryRow(ctx, `SELECT w.id FROM onshisim_worlds w
			JOIN onshisim_records r ON r.world = w.id AND r.position = 1 AND r.append = $2
			WHERE w.name = $1`, c.world, c.id).Scan(&c.log)
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("there is a world %q: %w", c.world, eventlog.ErrConflict)
	}
	return err
}

// querier is a connection or a transaction.
type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}
