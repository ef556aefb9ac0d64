package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"onshisim/sim/eventlog"
)

// verifyRecords reads the whole log through a connection that can't write and finds any row that is damaged, missing or
// out of place. If the log's process was killed, wal is true and the newest records are read from FILE-wal.
func verifyRecords(ctx context.Context, file string, wal bool) (err error) {
	mode := "immutable" // without a WAL, SQLite then makes no file beside
	if wal {
		mode = "ro"
		if _, statErr := os.Stat(file + "-shm"); errors.Is(statErr, fs.ErrNotExist) {
			defer func() { err = errors.Join(err, remove(file+"-shm")) }() // the index that SQLite makes of the WAL
		}
	}
	db, err := connect(file, mode, "busy_timeout(2000)", "temp_store(MEMORY)")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()

	for _, verify := range []func(context.Context, *sql.DB, string) error{verifySchema, verifyPages, verifyRows} {
		if err := verify(ctx, db, file); err != nil {
			return unbelievable(ctx, file, err)
		}
	}
	return nil
}

// schema is what verifySchema expects: a line for each thing in the file, by name; the last two SQLite makes itself.
const schema = "table records records " + createRecords + "\n" +
	"table worlds worlds " + createWorlds + "\n" +
	"index sqlite_autoindex_worlds_1 worlds \n" +
	"table sqlite_sequence sqlite_sequence CREATE TABLE sqlite_sequence(name,seq)"

// verifySchema checks that the tables are ours, to the letter.
func verifySchema(ctx context.Context, db *sql.DB, file string) error {
	var found string
	err := db.QueryRowContext(ctx, `SELECT coalesce(group_concat(
			format('%s %s %s %s', type, name, tbl_name, sql), char(10) ORDER BY name LIKE 'sqlite_%', name), '')
		FROM sqlite_schema`).Scan(&found)
	if err == nil && found != schema {
		err = &eventlog.CorruptError{Source: file, Reason: fmt.Sprintf("its tables are not those of format %d: %q", version, found)}
	}
	return err
}

// verifyPages lets SQLite check its trees, types and indexes.
func verifyPages(ctx context.Context, db *sql.DB, file string) error {
	var finding string
	err := db.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&finding)
	if err == nil && finding != "ok" {
		err = &eventlog.CorruptError{Source: file, Reason: finding}
	}
	return err
}

// verifyRows checks that each world's records run from 1 without a gap, each with its checksum, that each world has
// records and each record a world.
func verifyRows(ctx context.Context, db *sql.DB, file string) error {
	corrupt := func(world string, position eventlog.Position, reason string) error {
		return &eventlog.CorruptError{Source: file, World: world, Position: position, Reason: reason}
	}
	rows, err := db.QueryContext(ctx, `SELECT world, coalesce(name, ''), position, checksum, data
		FROM records LEFT JOIN worlds ON id = world ORDER BY world, position`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var worlds, world int64 // how many were seen, and the number of the last
	var position eventlog.Position
	for rows.Next() {
		var id int64
		var name string
		var sum uint32
		var r eventlog.Record
		if err := rows.Scan(&id, &name, &r.Position, &sum, &r.Data); err != nil {
			return corrupt(name, position+1, err.Error())
		}
		if id != world {
			worlds, world, position = worlds+1, id, 0
		}
		position++
		if reason := believe(name, position, r, sum); reason != "" {
			return corrupt(name, position, reason)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	var named int64
	err = db.QueryRowContext(ctx, `SELECT count(*) FROM worlds`).Scan(&named)
	if err == nil && named != worlds {
		err = corrupt("", 0, fmt.Sprintf("it names %d worlds, but has records of %d", named, worlds))
	}
	return err
}

// unbelievable makes a finding of an error met while verifying, unless the caller or the surroundings are at fault.
func unbelievable(ctx context.Context, file string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	around := []int{sqlite3.SQLITE_BUSY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM}
	if slices.Contains(around, e.Code()&0xff) {
		return explain(file, err)
	}
	return &eventlog.CorruptError{Source: file, Reason: e.Error()}
}
