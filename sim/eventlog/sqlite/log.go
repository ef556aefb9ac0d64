// Package sqlite keeps event logs in one SQLite file: an acknowledged append outlives the process and the machine.
//
// Beside FILE lie FILE.lock, empty, which keeps a second process away (it stays; only its lock means something), and
// FILE-wal while the log is open or after its process was killed: the newest records, which belong to FILE. A copy of a
// log that is open, or was killed, is a copy of both.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/groupcommit"
)

// Log is an eventlog.Log in one SQLite file, made by Open.
type Log struct {
	source string // the file, as errors name it
	torn   *Torn
	file   fs.FileInfo // as it was opened
	lock   io.Closer
	db     *sql.DB // one connection, so what runs on it runs alone

	find, add, put, putMany, read, worlds *sql.Stmt

	appends *groupcommit.Queue[*request]

	writing sync.Mutex               // held by a transaction; guards what follows
	heads   map[string]eventlog.Head // of worlds that were appended to, as the file has them, which nobody else writes to
}

var _ eventlog.Log = (*Log)(nil)

// Head implements eventlog.Log.
func (l *Log) Head(ctx context.Context, world string) (eventlog.Head, error) {
	if err := ctx.Err(); err != nil {
		return eventlog.Head{}, err
	}
	head, err := l.locate(ctx, nil, world)
	return head, l.explain(err)
}

// Torn is what was cut off when the log was opened; nil if nothing was.
func (l *Log) Torn() *Torn { return l.torn }

// Shared implements eventlog.Log: the lock keeps other processes away.
func (l *Log) Shared() eventlog.Notes { return nil }

// Close implements eventlog.Log.
func (l *Log) Close() error { return errors.Join(l.explain(l.db.Close()), l.lock.Close()) }

// locate gives a world's head. tx may be nil.
func (l *Log) locate(ctx context.Context, tx *sql.Tx, world string) (head eventlog.Head, err error) {
	find := l.find
	if tx != nil {
		find = tx.Stmt(find)
	}
	err = find.QueryRowContext(context.WithoutCancel(ctx), world).Scan(&head.Log, &head.Last)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return head, err
}

// transaction runs do in one transaction, which an error of do undoes. A caller who goes away does not interrupt it:
// SQLite's connection would go with him.
func (l *Log) transaction(ctx context.Context, do func(*sql.Tx) error) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	committed := false
	defer func() {
		if !committed {
			clear(l.heads)
		}
	}()
	if err := l.inPlace(); err != nil {
		return err
	}
	tx, err := l.db.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // SQLite may have done so already
	if err := do(tx); err != nil {
		return err
	}
	err = tx.Commit()
	committed = err == nil
	return err
}

// inPlace notices if the file or its WAL was taken away while the log is open: what is written to them then is nowhere.
func (l *Log) inPlace() error {
	is, err := os.Stat(l.source)
	if err == nil && !os.SameFile(is, l.file) {
		err = errors.New("another file stands in its place")
	}
	if err == nil {
		_, err = os.Stat(l.source + "-wal")
	}
	if err != nil {
		return fmt.Errorf("event log %s was taken away while it is open, so that it keeps nothing more: %w; what it holds can still "+
			"be read: export its worlds, end this program, and start it anew", l.source, err)
	}
	return nil
}

const (
	putRow    = `INSERT INTO records (world, position, checksum, data) VALUES (?, ?, ?, ?)`
	rowValues = 4  // of a row
	manyRows  = 16 // that putMany puts
)

// prepare prepares all statements.
func (l *Log) prepare(ctx context.Context) error {
	for _, s := range []struct {
		into **sql.Stmt
		text string
	}{
		{&l.find, `SELECT id, (SELECT max(position) FROM records WHERE world = id) FROM worlds WHERE name = ?`},
		{&l.add, `INSERT INTO worlds (name) VALUES (?)`},
		{&l.put, putRow},
		{&l.putMany, putRow + strings.Repeat(`, (?, ?, ?, ?)`, manyRows-1)},
		{&l.read, `SELECT position, checksum, data FROM records WHERE world = ? AND position BETWEEN ? AND ? ORDER BY position`},
		{&l.worlds, `SELECT name FROM worlds ORDER BY name`},
	} {
		stmt, err := l.db.PrepareContext(ctx, s.text)
		if err != nil {
			return fmt.Errorf("preparing %q: %w", s.text, err)
		}
		*s.into = stmt
	}
	return nil
}
