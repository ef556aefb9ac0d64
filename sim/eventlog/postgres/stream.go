package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// chunkTime is how long the database may take over a chunk, or over the commit. They can't be tried again, so it is more than
// what can is given.
const chunkTime = 10 * time.Second

// claimName makes an empty world, unless there is one of its name. It waits for another transaction that does the same.
const claimName = `INSERT INTO onshisim_worlds (name, last) VALUES ($1, 0) ON CONFLICT (name) DO NOTHING RETURNING id`

const putChunk = `INSERT INTO onshisim_records (world, position, append, data)
SELECT $1::bigint, $2::bigint + r.n, CASE WHEN $2::bigint + r.n = 1 THEN $3::bytea END, r.data
FROM unnest($4::bytea[]) WITH ORDINALITY AS r (data, n)`

// stream makes a world of a first chunk of records and of those that follow. Up to the claim of the name, it may be tried again.
func (c *creation) stream(ctx context.Context, first [][]byte) error {
	err := c.db.try(ctx, usual, func(claiming context.Context, conn *pgx.Conn) error {
		tx, err := conn.Begin(claiming)
		if err != nil {
			return err
		}
		err = tx.QueryRow(claiming, claimName, c.world).Scan(&c.log)
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			err = c.find(claiming, tx)
		case err == nil:
			if err = c.fill(ctx, tx, first); err == nil {
				err = c.commit(ctx, tx)
			}
			if err != nil {
				err = final{err}
			}
		}
		if err != nil {
			_ = bounded(ctx, usual.each, tx.Rollback) // where it fails, so has the connection
		}
		return err
	})
	if c.unclear {
		return c.settle(ctx)
	}
	return err
}

// fill puts the records into the claimed world.
func (c *creation) fill(ctx context.Context, tx pgx.Tx, chunk [][]byte) error {
	for more := true; len(chunk) > 0; {
		before := int64(c.size) - int64(len(chunk))
		if err := bounded(ctx, chunkTime, func(ctx context.Context) error {
			_, err := tx.Exec(ctx, putChunk, int64(c.log), before, c.id, chunk)
			return err
		}); err != nil {
			return err
		}
		if !more {
			break
		}
		if chunk, more = c.take(ctx); c.broken != nil {
			return c.broken
		}
	}
	return bounded(ctx, chunkTime, func(ctx context.Context) error {
		_, err := tx.Exec(ctx, `UPDATE onshisim_worlds SET last = $2 WHERE id = $1`, int64(c.log), int64(c.size))
		return err
	})
}

func (c *creation) commit(ctx context.Context, tx pgx.Tx) error {
	err := bounded(ctx, chunkTime, tx.Commit)
	c.unclear = err != nil && mayHaveRun(err)
	return err
}

// settle finds out whether a commit took place whose answer was lost. Who claims the name waits for one that is under way.
func (c *creation) settle(ctx context.Context) error {
	return c.db.try(context.WithoutCancel(ctx), usual, func(ctx context.Context, conn *pgx.Conn) error {
		tx, err := conn.Begin(ctx)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback(ctx) }()
		var id int64
		err = tx.QueryRow(ctx, claimName, c.world).Scan(&id)
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return c.find(ctx, tx)
		case err == nil:
			c.unclear = false
			return errors.New("the database was lost before the last record was in it")
		}
		return err
	})
}

// bounded does something, whoever goes away meanwhile, in so much time.
func bounded(ctx context.Context, most time.Duration, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), most)
	defer cancel()
	return do(ctx)
}
