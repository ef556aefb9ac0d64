package postgres

import (
	"context"
	"fmt"
	"iter"
	"math"

	"github.com/jackc/pgx/v5"

	"onshisim/sim/eventlog"
)

// A read takes records in parts, so that the loop over them holds no connection. A part ends with the record that
// reaches one of these.
const (
	partRecords = 256
	partBytes   = 1 << 20
)

// readPart gives a world's head and the records of a part, in one snapshot; one row without a record if there are none.
const readPart = `SELECT w.id, w.last, coalesce(r.position, 0), r.data, ` + isStandby + `
FROM onshisim_worlds w
LEFT JOIN LATERAL (
	SELECT position, data, sum(octet_length(data)) OVER (ORDER BY position) - octet_length(data) AS before
	FROM onshisim_records
	WHERE world = w.id AND position > $3::bigint AND position <= $3::bigint + $4::bigint
) r ON r.before < $5::bigint
WHERE w.name = $1 AND ($2::bigint = 0 OR w.id = $2::bigint)
ORDER BY r.position`

// Read implements eventlog.Log. A world that is deleted meanwhile ends it with ErrConflict.
func (l *Log) Read(ctx context.Context, world string, after eventlog.Head) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		at := after
		part, begin, err := l.part(ctx, world, at)
		for err == nil {
			for _, r := range part {
				if r.Position > begin.Last || !yield(r, nil) {
					return
				}
				at.Last = r.Position
			}
			if at.Last >= begin.Last {
				return
			}
			at.Log = begin.Log
			part, _, err = l.part(ctx, world, at)
		}
		yield(eventlog.Record{}, err)
	}
}

// part gives a world's head and the next records behind after, one at least if the head is not reached. A world that does
// not exist has none of either, unless a certain log was asked for.
func (l *Log) part(ctx context.Context, world string, after eventlog.Head) (part []eventlog.Record, is eventlog.Head, err error) {
	if err := ctx.Err(); err != nil {
		return nil, eventlog.Head{}, err
	}
	if after.Log > math.MaxInt64 {
		return nil, eventlog.Head{}, conflict(world, after)
	}
	from := int64(min(after.Last, math.MaxInt64/2))
	err = l.db.try(ctx, usual, func(ctx context.Context, conn *pgx.Conn) error {
		part, is = nil, eventlog.Head{}
		rows, err := conn.Query(ctx, readPart, world, int64(after.Log), from, partRecords, partBytes)
		if err != nil {
			return err
		}
		var r eventlog.Record
		var standby bool
		_, err = pgx.ForEachRow(rows, []any{&is.Log, &is.Last, &r.Position, &r.Data, &standby}, func() error {
			if standby {
				return errReadOnly
			}
			if r.Position != 0 {
				part = append(part, r)
			}
			return nil
		})
		return err
	})
	switch {
	case err != nil:
		err = fmt.Errorf("reading world %q: %w", world, err)
	case is.Log == 0 && after.Log != 0:
		err = conflict(world, after)
	default:
		err = l.believe(world, after.Last, part, is.Last)
	}
	return part, is, err
}

// believe checks that records follow a position, one after the other, and end at the head.
func (l *Log) believe(world string, after eventlog.Position, part []eventlog.Record, last eventlog.Position) error {
	at := after
	for _, r := range part {
		if at++; r.Position != at {
			return l.corrupt(world, at, fmt.Sprintf("the record is missing, the next one is %d", r.Position))
		}
	}
	switch {
	case at == after && after < last:
		return l.corrupt(world, after+1, fmt.Sprintf("the record is missing, though the last one is %d", last))
	case at != after && at > last:
		return l.corrupt(world, at, fmt.Sprintf("a record stands behind the last one, which is %d", last))
	}
	return nil
}

func (l *Log) corrupt(world string, position eventlog.Position, reason string) error {
	return &eventlog.CorruptError{Source: l.db.source, World: world, Position: position, Reason: reason}
}
