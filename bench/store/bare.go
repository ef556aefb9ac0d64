package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
	_ "modernc.org/sqlite" // the engine of sim/eventlog/sqlite
)

// BareSQLite is a group-committing loop on a SQLite file, with the settings of sim/eventlog/sqlite and one plain table.
func BareSQLite(ctx context.Context, file string, data []byte) (write Writer, end func() error, err error) {
	db, err := sql.Open("sqlite", "file:"+file+"?_txlock=immediate&_pragma=busy_timeout(2000)&_pragma=locking_mode(EXCLUSIVE)"+
		"&_pragma=secure_delete(ON)&_pragma=synchronous(FULL)&_pragma=temp_store(MEMORY)")
	if err != nil {
		return nil, nil, err
	}
	db.SetMaxOpenConns(1)
	for _, statement := range []string{
		"PRAGMA journal_mode = WAL",
		"CREATE TABLE records (position INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT",
	} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return nil, nil, errors.Join(err, db.Close())
		}
	}
	put, err := db.PrepareContext(ctx, "INSERT INTO records (data) VALUES (?)")
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	loop := newGroup(func(batch [][]byte) error {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		in := tx.StmtContext(ctx, put)
		for _, one := range batch {
			if _, err := in.ExecContext(ctx, one); err != nil {
				return err
			}
		}
		return tx.Commit()
	})
	end = func() error {
		loop.end()
		return errors.Join(put.Close(), db.Close())
	}
	return func(context.Context, int) error { return loop.write(data) }, end, nil
}

// BarePostgreSQL is a group-committing loop on a PostgreSQL, with one statement for all that wait and one plain table.
func BarePostgreSQL(ctx context.Context, url string, data []byte) (write Writer, end func() error, err error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, nil, err
	}
	const table = `CREATE TABLE bare_records (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, data bytea NOT NULL)`
	if _, err := conn.Exec(ctx, table); err != nil {
		return nil, nil, errors.Join(err, conn.Close(ctx))
	}
	loop := newGroup(func(batch [][]byte) error {
		_, err := conn.Exec(ctx, `INSERT INTO bare_records (data) SELECT unnest($1::bytea[])`, batch)
		return err
	})
	end = func() error {
		loop.end()
		return conn.Close(ctx)
	}
	return func(context.Context, int) error { return loop.write(data) }, end, nil
}
