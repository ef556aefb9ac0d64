package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"onshisim/sim/eventlog"
)

// request is an append that waits for a commit.
type request struct {
	world   string
	after   eventlog.Head
	records [][]byte
	err     error // its outcome
}

// Append implements eventlog.Log. Appends that wait at the same time share one commit, whatever their worlds.
func (l *Log) Append(ctx context.Context, world string, after eventlog.Head, records [][]byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r := &request{world, after, records, eventlog.ErrUnknownOutcome}
	l.appends.Do(r)
	return r.err
}

// commit appends a batch in one transaction and tells each append its outcome. A conflict concerns only the append that
// meets it, for it is seen before anything of it is written. Any other error undoes all; whether it is the disk's or that of
// one append is found out by committing each alone.
func (l *Log) commit(batch []*request) {
	err := l.transaction(context.Background(), func(tx *sql.Tx) error { return l.write(tx, batch) })
	switch {
	case err == nil:
	case len(batch) > 1:
		for i := range batch {
			l.commit(batch[i : i+1])
		}
	default:
		batch[0].err = fmt.Errorf("nothing was appended to world %q: %w", batch[0].world, l.explain(err))
	}
}

// write writes a batch within a transaction.
func (l *Log) write(tx *sql.Tx, batch []*request) error {
	var values []any
	for _, r := range batch {
		r.err = l.admit(tx, r)
		if errors.Is(r.err, eventlog.ErrConflict) {
			continue
		}
		if r.err != nil {
			return r.err
		}
		at := r.after
		for _, data := range r.records {
			at.Last++
			values = appendRow(values, r.world, at, data)
		}
	}
	return l.into(tx).insert(values)
}

// admit moves a world's head on for an append, if that expects it where it is.
func (l *Log) admit(tx *sql.Tx, r *request) (err error) {
	is, known := l.heads[r.world]
	if !known {
		is, err = l.locate(context.Background(), tx, r.world)
	}
	switch {
	case err != nil:
		return err
	case is != r.after, is.Log == 0 && len(r.records) > 0:
		return conflict(r.world, is, r.after)
	case len(r.records) == 0:
		return nil
	}
	is.Last += eventlog.Position(len(r.records))
	l.heads[r.world] = is
	return nil
}

// appendRow appends the values of the row in which the last record up to a head stands.
func appendRow(values []any, world string, at eventlog.Head, data []byte) []any {
	if data == nil {
		data = []byte{} // nil would be NULL
	}
	return append(values, int64(at.Log), int64(at.Last), int64(checksum(world, at.Last, data)), data)
}

// places is where a transaction puts rows.
type places struct{ one, many *sql.Stmt }

// into are the places of a transaction, which keeps the statements until it ends: so they are made once.
func (l *Log) into(tx *sql.Tx) places { return places{tx.Stmt(l.put), tx.Stmt(l.putMany)} }

// insert puts rows in their places, as many as there are values for, most of them many at a time: a statement costs as much
// as some rows.
func (p places) insert(values []any) error {
	for len(values) > 0 {
		stmt, n := p.one, rowValues
		if len(values) >= manyRows*rowValues {
			stmt, n = p.many, manyRows*rowValues
		}
		if _, err := stmt.Exec(values[:n]...); err != nil {
			return err
		}
		values = values[n:]
	}
	return nil
}

func conflict(world string, is, expected eventlog.Head) error {
	return fmt.Errorf("world %q: its head is %d of log %d, not %d of log %d: %w",
		world, is.Last, is.Log, expected.Last, expected.Log, eventlog.ErrConflict)
}
