package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"iter"

	"onshisim/sim/eventlog"
)

// Create implements eventlog.Log. Until the last record came, nothing else can be done with the log.
func (l *Log) Create(ctx context.Context, world string, records iter.Seq2[[]byte, error]) (eventlog.Head, error) {
	if err := ctx.Err(); err != nil {
		return eventlog.Head{}, err
	}
	var head eventlog.Head
	err := l.transaction(ctx, func(tx *sql.Tx) error {
		is, err := l.locate(ctx, tx, world)
		if err != nil {
			return err
		}
		if is.Log != 0 {
			return conflict(world, is, eventlog.Head{})
		}
		head, err = l.create(ctx, tx, world, records)
		return err
	})
	if err != nil {
		return eventlog.Head{}, l.explain(err)
	}
	return head, nil
}

// create writes a world within a transaction.
func (l *Log) create(ctx context.Context, tx *sql.Tx, world string, records iter.Seq2[[]byte, error]) (eventlog.Head, error) {
	added, err := tx.Stmt(l.add).Exec(world)
	if err != nil {
		return eventlog.Head{}, err
	}
	id, err := added.LastInsertId()
	if err != nil {
		return eventlog.Head{}, err
	}
	head, rows := eventlog.Head{Log: uint64(id)}, l.into(tx)
	var values []any
	for data, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			head.Last++
			values = appendRow(values, world, head, data)
		}
		if err == nil && len(values) == manyRows*rowValues {
			err = rows.insert(values)
			values = values[:0]
		}
		if err != nil {
			return eventlog.Head{}, err
		}
	}
	if err := rows.insert(values); err != nil {
		return eventlog.Head{}, err
	}
	if head.Last == 0 {
		return eventlog.Head{}, fmt.Errorf("world %q: a world begins with a record, but there is none", world)
	}
	return head, ctx.Err()
}

// Worlds implements eventlog.Log.
func (l *Log) Worlds(ctx context.Context) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	rows, err := l.worlds.QueryContext(context.WithoutCancel(ctx))
	if err != nil {
		return nil, l.explain(err)
	}
	defer rows.Close()
	var worlds []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, l.explain(err)
		}
		worlds = append(worlds, name)
	}
	return worlds, l.explain(rows.Err())
}

// Delete implements eventlog.Log. What it deletes is overwritten with zeros, in the file as soon as the log is closed.
func (l *Log) Delete(ctx context.Context, world string, at eventlog.Head) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return l.explain(l.transaction(ctx, func(tx *sql.Tx) error {
		is, err := l.locate(ctx, tx, world)
		switch {
		case err != nil:
			return err
		case is != at:
			return conflict(world, is, at)
		}
		delete(l.heads, world)
		_, err = tx.Exec(`DELETE FROM records WHERE world = ?`, int64(is.Log))
		if err == nil {
			_, err = tx.Exec(`DELETE FROM worlds WHERE id = ?`, int64(is.Log))
		}
		return err
	}))
}
