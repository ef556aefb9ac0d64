package sqlite

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"onshisim/sim/eventlog"
)

// explain says in words what an error of SQLite means for the log in file source. Other errors stay as they are.
func explain(source string, err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	kind := e.Code() & 0xff // the rest of an extended code is detail
	switch e.Code() {
	case sqlite3.SQLITE_IOERR_SHORT_READ:
		return &eventlog.CorruptError{Source: source, Reason: "the file ends too early"}
	case sqlite3.SQLITE_IOERR_SHMSIZE: // no room for the index of a WAL
		kind = sqlite3.SQLITE_FULL
	}
	switch kind {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_MISMATCH:
		return &eventlog.CorruptError{Source: source, Reason: e.Error()}
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("event log %s: the disk is full; make room and try again: %w", source, err)
	case sqlite3.SQLITE_READONLY:
		return fmt.Errorf("event log %s: the disk, the directory or the file is read-only: %s: %w", source, makeWritable, err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("event log %s: another program holds it; end that first: %w", source, err)
	case sqlite3.SQLITE_IOERR:
		return fmt.Errorf("event log %s: the disk fails or has become read-only: %w", source, err)
	}
	return fmt.Errorf("event log %s: %w", source, err)
}

// makeWritable is the way out where something may not be written.
const makeWritable = "let the user write there who runs this program, or name another file"

func (l *Log) explain(err error) error { return explain(l.source, err) }
