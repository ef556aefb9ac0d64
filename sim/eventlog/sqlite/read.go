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
func (l *Log) Read(ctx context.Context, world string, after eventlog.Head) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		if err := ctx.Err(); err != nil {
			yield(eventlog.Record{}, err)
			return
		}
		head, err := l.locate(ctx, nil, world)
		if err == nil && after.Log != 0 && after.Log != head.Log {
			err = conflict(world, head, after)
		}
		if err != nil {
			yield(eventlog.Record{}, l.explain(err))
			return
		}
		for position := after.Last; position < head.Last; {
			part, err := l.part(ctx, world, position, head)
			if err != nil {
				yield(eventlog.Record{}, l.explain(err))
				return
			}
			for _, r := range part {
				if !yield(r, nil) {
					return
				}
			}
			position = part[len(part)-1].Position
		}
	}
}

// part gives at least one record behind after, up to the head.
func (l *Log) part(ctx context.Context, world string, after eventlog.Position, head eventlog.Head) ([]eventlog.Record, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	rows, err := l.read.QueryContext(context.WithoutCancel(ctx), int64(head.Log), int64(after+1), int64(head.Last))
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
	now, err := l.locate(ctx, nil, world)
	switch {
	case err != nil:
		return nil, err
	case now.Log != head.Log:
		return nil, fmt.Errorf("world %q was deleted while it was read, at position %d: %w", world, after, eventlog.ErrConflict)
	}
	return nil, l.corrupt(world, after+1, "its records end before its last position")
}

func (l *Log) corrupt(world string, position eventlog.Position, reason string) error {
	return &eventlog.CorruptError{Source: l.source, World: world, Position: position, Reason: reason}
}
