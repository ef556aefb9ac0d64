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
// same time take turns at its row, and the second finds it moved. appendUnheld waits for nobody, and so does nothing either
// if another transaction holds the world.
const (
	appendRecords = moveHead + expectedHead + putBehindHead
	appendUnheld  = moveHead + `id = (SELECT id FROM onshisim_worlds WHERE ` + expectedHead + ` FOR NO KEY UPDATE SKIP LOCKED)` + putBehindHead

	moveHead      = `WITH head AS (UPDATE onshisim_worlds SET last = last + $4::bigint WHERE `
	expectedHead  = `id = $1 AND name = $2 AND last = $3::bigint`
	putBehindHead = ` RETURNING id)
INSERT INTO onshisim_records (world, position, append, data)
SELECT head.id, $3::bigint + r.n, CASE WHEN r.n = 1 THEN $5::bytea END, r.data
FROM head, unnest($6::bytea[]) WITH ORDINALITY AS r (data, n)`
)

// Append implements eventlog.Log. Appends that wait at the same time share a statement, and so a commit. What does not get
// through there for whatever reason goes alone, so that nobody is held up or let down for what befalls another.
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
	r := &request{world: world, after: after, records: filled(records)}
	if size(r.records) <= groupBytes {
		l.appends.Do(r)
	}
	if r.taken {
		return nil
	}
	return l.appendAlone(ctx, r)
}

// request is an append on its way.
type request struct {
	world   string
	after   eventlog.Head
	records [][]byte

	// id is a number of this append's own among those of its world. The first record bears it, by which a later attempt knows
	// that an earlier one, whose answer was lost, got through.
	id      []byte
	taken   bool // it is in the log
	unclear bool // an attempt may have got through
	late    bool // an attempt took all its time
}

// appendAlone tries an append until its outcome is known, or the time is up.
func (l *Log) appendAlone(ctx context.Context, r *request) error {
	if r.id == nil {
		r.id = newID()
	}
	within := usual.carrying(r.records)
	if r.late {
		within.begin -= usual.each
	}
	err := l.db.try(context.WithoutCancel(ctx), within, func(ctx context.Context, conn *pgx.Conn) error {
		done, err := conn.Exec(ctx, appendRecords,
			int64(r.after.Log), r.world, int64(r.after.Last), int64(len(r.records)), r.id, r.records)
		switch {
		case err != nil:
			r.unclear = r.unclear || mayHaveRun(err)
			return err
		case done.RowsAffected() > 0:
			return nil
		case !r.unclear:
			return conflict(r.world, r.after)
		}
		var taken []byte
		err = conn.QueryRow(ctx, `SELECT append FROM onshisim_records WHERE world = $1 AND position = $2`,
			int64(r.after.Log), int64(r.after.Last)+1).Scan(&taken)
		if errors.Is(err, pgx.ErrNoRows) || err == nil && !bytes.Equal(taken, r.id) {
			err = conflict(r.world, r.after)
		}
		return err
	})
	return outcome(err, r.unclear, "appending to", r.world)
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
