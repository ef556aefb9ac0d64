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
	"sync"

	"onshisim/sim/eventlog"
)

// Log is an eventlog.Log in one SQLite file, made by Open.
type Log struct {
	source string // the file, as errors name it
	lock   io.Closer
	db     *sql.DB // one connection, so what runs on it runs alone

	find, add, put, read, worlds *sql.Stmt

	mu      sync.Mutex
	waiting []*request
	turn    chan struct{} // held by the append that commits for all
}

var _ eventlog.Log = (*Log)(nil)

// Last implements eventlog.Log.
func (l *Log) Last(ctx context.Context, world string) (eventlog.Position, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	_, last, err := l.locate(ctx, nil, world)
	return last, l.explain(err)
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
func (l *Log) Delete(ctx context.Context, world string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return l.explain(l.transaction(ctx, func(tx *sql.Tx) error {
		id, _, err := l.locate(ctx, tx, world)
		if err != nil || id == 0 {
			return err
		}
		_, err = tx.Exec(`DELETE FROM records WHERE world = ?`, id)
		if err == nil {
			_, err = tx.Exec(`DELETE FROM worlds WHERE id = ?`, id)
		}
		return err
	}))
}

// Close implements eventlog.Log.
func (l *Log) Close() error { return errors.Join(l.explain(l.db.Close()), l.lock.Close()) }

// locate gives a world's number and last position, both 0 for a world that does not exist. tx may be nil.
func (l *Log) locate(ctx context.Context, tx *sql.Tx, world string) (id int64, last eventlog.Position, err error) {
	find := l.find
	if tx != nil {
		find = tx.Stmt(find)
	}
	err = find.QueryRowContext(context.WithoutCancel(ctx), world).Scan(&id, &last)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return id, last, err
}

// transaction runs do in one transaction, which an error of do undoes. A caller who goes away does not interrupt it:
// SQLite's connection would go with him.
func (l *Log) transaction(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := l.db.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		_ = tx.Rollback() // SQLite may have done so already
		return err
	}
	return tx.Commit()
}

// prepare prepares all statements.
func (l *Log) prepare(ctx context.Context) error {
	for _, s := range []struct {
		into **sql.Stmt
		text string
	}{
		{&l.find, `SELECT id, (SELECT max(position) FROM records WHERE world = id) FROM worlds WHERE name = ?`},
		{&l.add, `INSERT INTO worlds (name) VALUES (?)`},
		{&l.put, `INSERT INTO records (world, position, checksum, data) VALUES (?, ?, ?, ?)`},
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
