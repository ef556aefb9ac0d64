package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrInUse says that another process has the log open, or this one.
var ErrInUse = errors.New("another process has it open")

// lock is held on FILE.lock from before FILE is first looked at until the log is closed. It is SQLite's own lock on an
// empty database: it works alike on every system, against other processes and within one, and the system lets go of
// it when the process dies. Nothing else may open FILE.lock while it is held: on Unix, closing it would undo the lock.
type lock struct {
	db   *sql.DB
	conn *sql.Conn
}

// acquire takes the lock of the log in file at once or not at all.
func acquire(ctx context.Context, file string) (*lock, error) {
	path := file + ".lock"
	db, err := connect(path, "rwc", "journal_mode(MEMORY)")
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err == nil {
		// In a file that may not be written, SQLite would begin all the same, and keep nobody away; so it is told to write,
		// which it does not do before a commit.
		if _, err = conn.ExecContext(ctx, "BEGIN EXCLUSIVE; PRAGMA user_version = 1"); err == nil {
			return &lock{db, conn}, nil
		}
		_ = conn.Close()
	}
	_ = db.Close()

	var e *sqlite.Error
	if !errors.As(err, &e) {
		return nil, err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY:
		return nil, fmt.Errorf("event log %s is in use: %w; end that one first, or name another file", file, ErrInUse)
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY:
		f, refused := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644) // SQLite does not say why
		if refused == nil {
			refused = errors.Join(err, f.Close())
		}
		return nil, fmt.Errorf("event log %s: its directory must be writable, and its lock too: %s: %w", file, makeWritable, refused)
	}
	return nil, fmt.Errorf("locking event log %s: %w", file, explain(path, err))
}

// Close lets go of the lock; again is no error.
func (l *lock) Close() error {
	if err := l.conn.Close(); err != nil && !errors.Is(err, sql.ErrConnDone) {
		return err
	}
	return l.db.Close()
}
