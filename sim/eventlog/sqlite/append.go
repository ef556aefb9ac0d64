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
	err     error         // its outcome, once done is closed
	done    chan struct{} // closed when the outcome is known
}

// Append implements eventlog.Log. Appends that wait at the same time share one commit: the first to get its turn takes
// along all that wait, and those who come meanwhile wait for the next turn.
func (l *Log) Append(ctx context.Context, world string, after eventlog.Head, records [][]byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r := &request{world: world, after: after, records: records, done: make(chan struct{})}
	l.mu.Lock()
	l.waiting = append(l.waiting, r)
	l.mu.Unlock()

	select {
	case <-r.done:
	case l.turn <- struct{}{}:
		l.mu.Lock()
		batch := l.waiting
		l.waiting = nil
		l.mu.Unlock()
		l.commit(ctx, batch)
		<-l.turn
	}
	return r.err // r was in this batch, or in an earlier one
}

// commit appends a batch in one transaction and tells each append its outcome. A conflict concerns only the append that
// meets it, for it is seen before anything of it is written; any other error is the disk's and concerns all.
func (l *Log) commit(ctx context.Context, batch []*request) {
	err := l.transaction(ctx, func(tx *sql.Tx) error {
		for _, r := range batch {
			r.err = l.write(ctx, tx, r)
			if r.err != nil && !errors.Is(r.err, eventlog.ErrConflict) {
				return r.err
			}
		}
		return nil
	})
	for _, r := range batch {
		if err != nil {
			r.err = fmt.Errorf("nothing was appended to world %q: %w", r.world, l.explain(err))
		}
		close(r.done)
	}
}

// write writes one append within a transaction.
func (l *Log) write(ctx context.Context, tx *sql.Tx, r *request) error {
	is, err := l.locate(ctx, tx, r.world)
	switch {
	case err != nil:
		return err
	case is != r.after, is.Log == 0 && len(r.records) > 0:
		return conflict(r.world, is, r.after)
	}
	put := tx.Stmt(l.put)
	for i, data := range r.records {
		if err := insert(put, r.world, is.Log, is.Last+eventlog.Position(i)+1, data); err != nil {
			return err
		}
	}
	return nil
}

// insert puts a record in its place.
func insert(put *sql.Stmt, world string, id uint64, position eventlog.Position, data []byte) error {
	if data == nil {
		data = []byte{} // nil would be NULL
	}
	_, err := put.Exec(int64(id), int64(position), checksum(world, position, data), data)
	return err
}

func conflict(world string, is, expected eventlog.Head) error {
	return fmt.Errorf("world %q: its head is %d of log %d, not %d of log %d: %w",
		world, is.Last, is.Log, expected.Last, expected.Log, eventlog.ErrConflict)
}
