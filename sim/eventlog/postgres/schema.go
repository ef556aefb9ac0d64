package postgres

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
)

// migrations are the statements that bring the tables to version 1, 2, …: the next version is the next line. What is
// written here was run somewhere, so it is never changed. Each statement may find its work done, for an engine without
// transactions around such statements may have been stopped between two.
var migrations = [][]string{
	{
		// A world's number is never given again, so that nothing slips from a deleted world to a later one of its name.
		`CREATE TABLE IF NOT EXISTS onshisim_worlds (
			id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
			name text NOT NULL UNIQUE,
			last bigint NOT NULL
		)`,
		// append is a number of the append's own, on its first record.
		`CREATE TABLE IF NOT EXISTS onshisim_records (
			world bigint NOT NULL,
			position bigint NOT NULL,
			append bytea,
			data bytea NOT NULL,
			PRIMARY KEY (world, position)
		)`,
	},
	{
		`CREATE TABLE IF NOT EXISTS onshisim_books (world bigint PRIMARY KEY, last bigint NOT NULL, cleared bigint NOT NULL)`,
		// note is a number of the note's own.
		`CREATE TABLE IF NOT EXISTS onshisim_notes (
			world bigint NOT NULL,
			number bigint NOT NULL,
			note bytea NOT NULL,
			data bytea NOT NULL,
			PRIMARY KEY (world, number)
		)`,
		`CREATE TABLE IF NOT EXISTS onshisim_counters (
			world bigint NOT NULL,
			counter text NOT NULL,
			value bigint NOT NULL,
			PRIMARY KEY (world, counter)
		)`,
	},
}

// migrate brings the tables to the newest version. Of many who do so at the same time, the first to put down a version makes
// it, the others wait for it or fail and come again.
func migrate(ctx context.Context, conn *pgx.Conn) error {
	version, err := schemaVersion(ctx, conn)
	if state(err) == undefinedTable {
		_, err = conn.Exec(ctx, `CREATE TABLE IF NOT EXISTS onshisim_schema (version bigint PRIMARY KEY)`)
	}
	for ; err == nil && version < len(migrations); version++ {
		err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO onshisim_schema (version) VALUES ($1)`, version+1)
			for _, statement := range migrations[version] {
				if err == nil {
					_, err = tx.Exec(ctx, statement)
				}
			}
			return err
		})
	}
	if slices.Contains([]string{uniqueViolation, duplicateTable, duplicateColumn, duplicateObject}, state(err)) {
		return anotherMigrates{err}
	}
	return err
}

// anotherMigrates is the error of who migrates at the same time as another.
type anotherMigrates struct{ error }

func (a anotherMigrates) Unwrap() error { return a.error }

// schemaVersion is the version of the tables.
func schemaVersion(ctx context.Context, conn *pgx.Conn) (version int, err error) {
	err = conn.QueryRow(ctx, `SELECT coalesce(max(version), 0) FROM onshisim_schema`).Scan(&version)
	if err == nil && version > len(migrations) {
		err = unsuitable{fmt.Sprintf("its tables have version %d, this program knows up to %d: use a newer one, or name another "+
			"database; nothing was changed", version, len(migrations))}
	}
	return version, err
}
