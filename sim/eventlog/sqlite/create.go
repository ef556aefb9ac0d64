package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
)

const (
	applicationID = 0x6f6e7368 // "onsh": what marks a SQLite file as ours
	version       = 1          // of the schema
)

// The schema, as SQLite hands it back. A world's number is never used again, so that a read can't slip from a deleted
// world to a later one of the same name.
const (
	createWorlds  = `CREATE TABLE worlds (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE) STRICT`
	createRecords = `CREATE TABLE records (world INTEGER NOT NULL, position INTEGER NOT NULL, checksum INTEGER NOT NULL, ` +
		`data BLOB NOT NULL, PRIMARY KEY (world, position)) STRICT, WITHOUT ROWID`
)

// create makes an empty log. It is made beside and then renamed, so that file never holds half of it.
// The rename is durable with the first append: making FILE-wal, SQLite syncs the directory.
func create(ctx context.Context, file string) error {
	draft := file + ".new"
	for _, rest := range []string{draft, draft + "-wal", draft + "-journal"} { // of a process that was killed here
		if err := remove(rest); err != nil {
			return fmt.Errorf("making event log %s: %w", file, err)
		}
	}
	err := createDraft(ctx, draft)
	if err == nil {
		err = os.Chmod(draft, 0o600) // it will hold tokens and PINs; SQLite makes FILE-wal alike
	}
	if err == nil {
		err = os.Rename(draft, file)
	}
	if err != nil {
		_ = os.Remove(draft)
		return fmt.Errorf("making event log %s: %w", file, explain(file, err))
	}
	return nil
}

func createDraft(ctx context.Context, draft string) error {
	db, err := connect(draft, "rwc", "locking_mode(EXCLUSIVE)", "synchronous(FULL)")
	if err != nil {
		return err
	}
	for _, statement := range []string{
		"PRAGMA journal_mode = WAL", // the file remembers it
		fmt.Sprintf("PRAGMA application_id = %d", applicationID),
		createWorlds,
		createRecords,
		fmt.Sprintf("PRAGMA user_version = %d", version),
	} {
		if _, err = db.ExecContext(ctx, statement); err != nil {
			break
		}
	}
	return errors.Join(err, db.Close())
}
