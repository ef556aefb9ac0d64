package sqlite

import (
	"context"
	"fmt"
	"iter"

	"onshisim/sim/eventlog"
)

// A read takes records in parts, so that the loop over them holds no connection. A part ends with the record that
// reaches one of these.
const (
	partRecords = 256
	partBytes   = 1 << 20
)

// Read implements eventlog.Log. A world that is deleted meanwhile ends it with an error.
func (l *Log) Read(ctx context.Context, world string, after eventlog.Position) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		if err := ctx.Err(); err != nil {
			yield(eventlog.Record{}, err)
			return
		}
		id, last, err := l.locate(ctx, nil, world)
		if err != nil {
			yield(eventlog.Record{}, l.explain(err))
			return
		}
		for after < last {
			part, err := l.part(ctx, world, id, after, last)
			if err != nil {
				yield(eventlog.Record{}, l.explain(err))
				return
			}
			for _, r := range part {
				if !yield(r, nil) {
					return
				}
			}
			after = part[len(part)-1].Position
		}
	}
}

// part gives at least one record behind after, up to last.
func (l *Log) part(ctx context.Context, world string, id int64, after, last eventlog.Position) ([]eventlog.Record, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	rows, err := l.read.QueryContext(context.WithoutCancel(ctx), id, int64(after+1), int64(last))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var part []eventlog.Record
	for size := 0; size < partBytes && len(part) < partRecords && rows.Next(); {
		var r eventlog.Record
		var sum uint32
		if err := rows.Scan(&r.Position, &sum, &r.Data); err != nil {
			return nil, err
		}
		after++
		if reason := believe(world, after, r, sum); reason != "" {
			return nil, l.corrupt(world, after, reason)
		}
		part = append(part, r)
		size += len(r.Data)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if len(part) > 0 {
		return part, nil
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	now, _, err := l.locate(ctx, nil, world)
	switch {
	case err != nil:
		return nil, err
	case now != id:
		return nil, fmt.Errorf("world %q was deleted while it was read, at position %d", world, after)
	}
	return nil, l.corrupt(world, after+1, "its records end before its last position")
}

func (l *Log) corrupt(world string, position eventlog.Position, reason string) error {
	return &eventlog.CorruptError{Source: l.source, World: world, Position: position, Reason: reason}
}
