package postgres

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"

	"github.com/jackc/pgx/v5"

	"onshisim/sim/eventlog"
)

// appendRecords moves a world's head on and puts records behind it. It does nothing if the head stands elsewhere: two at the
// same time take turns at its row, and the second finds it moved.
const appendRecords = `WITH head AS (
	UPDATE onshisim_worlds SET last = last + $4::bigint WHERE id = $1 AND name = $2 AND last = $3::bigint RETURNING id
)
INSERT INTO onshisim_records (world, position, append, data)
SELECT head.id, $3::bigint + r.n, CASE WHEN r.n = 1 THEN $5::bytea END, r.data
FROM head, unnest($6::bytea[]) WITH ORDINALITY AS r (data, n)`

// Append implements eventlog.Log. The first record bears a number of this append's own, by which a later attempt knows that
// an earlier one, whose answer was lost, got through.
func (l *Log) Append(ctx context.Context, world string, after eventlog.Head, records [][]byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	switch {
	case len(records) == 0:
		return l.check(ctx, world, after)
	case !possible(after):
		return conflict(world, after)
	}
	records, id, unclear := filled(records), newID(), false
	err := l.db.try(context.WithoutCancel(ctx), usual.carrying(records), func(ctx context.Context, conn *pgx.Conn) error {
		done, err := conn.Exec(ctx, appendRecords,
			int64(after.Log), world, int64(after.Last), int64(len(records)), id, records)
		switch {
		case err != nil:
			unclear = unclear || mayHaveRun(err)
			return err
		case done.RowsAffected() > 0:
			return nil
		case !unclear:
			return conflict(world, after)
		}
		var taken []byte
		err = conn.QueryRow(ctx, `SELECT append FROM onshisim_records WHERE world = $1 AND position = $2`,
			int64(after.Log), int64(after.Last)+1).Scan(&taken)
		if errors.Is(err, pgx.ErrNoRows) || err == nil && !bytes.Equal(taken, id) {
			err = conflict(world, after)
		}
		return err
	})
	return outcome(err, unclear, "appending to", world)
}

// newID makes the number of an append: as good as never the same twice.
func newID() []byte {
	id := make([]byte, 16)
	_, _ = rand.Read(id) // never fails
	return id
}

// filled gives records of which none is nil, for that would be NULL.
func filled(records [][]byte) [][]byte {
	all := make([][]byte, len(records))
	for i, data := range records {
		if data == nil {
			data = []byte{}
		}
		all[i] = data
	}
	return all
}
