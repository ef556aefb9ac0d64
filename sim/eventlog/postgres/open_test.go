package postgres

import (
	"context"
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog/postgres/postgrestest"
)

// impatient are limits for what is known to fail.
var impatient = limits{begin: 300 * time.Millisecond, each: 2 * time.Second}

func TestManyOpenAnEmptyDatabaseAtOnce(t *testing.T) {
	t.Parallel()
	database := postgrestest.Database(t)
	type opened struct {
		log *Log
		err error
	}
	outcomes := make(chan opened)
	for range 16 {
		go func() {
			log, err := Open(t.Context(), postgrestest.With(t, database, "pool_max_conns", "1"))
			outcomes <- opened{log, err}
		}()
	}
	for range 16 {
		o := <-outcomes
		if assert.NoError(t, o.err) {
			assert.NoError(t, o.log.Close())
		}
	}
	var version int
	valueOf(t, database, &version, `SELECT count(*) FROM onshisim_schema`)
	assert.Equal(t, len(migrations), version)
}

// What version 1 made, with a world in it: whatever the program becomes, it opens this.
var version1 = []string{
	`CREATE TABLE onshisim_schema (version bigint PRIMARY KEY)`,
	`CREATE TABLE onshisim_worlds (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, last bigint NOT NULL)`,
	`CREATE TABLE onshisim_records (world bigint NOT NULL, position bigint NOT NULL, append bytea, data bytea NOT NULL,
		PRIMARY KEY (world, position))`,
	`INSERT INTO onshisim_schema VALUES (1)`,
	`INSERT INTO onshisim_worlds (name, last) VALUES ('gone', 1), ('qa', 3)`,
	`DELETE FROM onshisim_worlds WHERE name = 'gone'`,
	`INSERT INTO onshisim_records VALUES (2, 1, '\x01', 'first'), (2, 2, NULL, 'second'), (2, 3, '\x02', 'third')`,
}

func TestADatabaseOfVersion1Opens(t *testing.T) {
	t.Parallel()
	database := postgrestest.Database(t)
	do(t, database, version1...)
	log := mustOpen(t, database)
	requireRecords(t, log, "qa", "first", "second", "third")
	head, err := log.Head(t.Context(), "qa")
	require.NoError(t, err)
	require.EqualValues(t, 2, head.Log)
	require.NoError(t, log.Append(t.Context(), "qa", head, [][]byte{[]byte("fourth")}))
	requireRecords(t, log, "qa", "first", "second", "third", "fourth")
}

func TestANewerVersionIsRefused(t *testing.T) {
	t.Parallel()
	database := postgrestest.Database(t)
	require.NoError(t, mustOpen(t, database).Close())
	do(t, database, fmt.Sprintf(`INSERT INTO onshisim_schema VALUES (%d)`, len(migrations)+1))
	_, err := Open(t.Context(), database)
	require.ErrorContains(t, err, fmt.Sprintf("its tables have version %d, this program knows up to %d: use a newer one, or name another database", len(migrations)+1, len(migrations)))
}

func TestADatabaseOfAnotherEncodingIsRefused(t *testing.T) {
	t.Parallel()
	database := postgrestest.Database(t)
	do(t, database, `CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'`)
	t.Cleanup(func() { do(t, database, `DROP DATABASE latin WITH (FORCE)`) })
	_, err := Open(t.Context(), sibling(t, database, "latin"))
	require.ErrorContains(t, err, "its encoding is LATIN1: make one with ENCODING 'UTF8'")
	require.ErrorContains(t, err, "database latin at 127.0.0.1:")
}

func TestAStandbyIsRefused(t *testing.T) {
	t.Parallel()
	database := postgrestest.With(t, postgrestest.Database(t), "default_transaction_read_only", "on")
	_, err := open(t.Context(), database, impatient)
	require.ErrorContains(t, err, "it is a standby, or set to read-only, and may lag behind: name the primary")
}

func TestAConnectionThatComesToLeadToAStandbyIsGivenUp(t *testing.T) {
	t.Parallel()
	log := mustOpen(t, postgrestest.With(t, postgrestest.Database(t), "pool_max_conns", "1"))
	head := create(t, log, "qa", "first")
	demote := func() {
		_, err := log.db.pool.Exec(t.Context(), `SET default_transaction_read_only = on`)
		require.NoError(t, err)
	}
	demote()
	seen, err := log.Head(t.Context(), "qa")
	require.NoError(t, err)
	require.Equal(t, head, seen)
	demote()
	require.NoError(t, log.Append(t.Context(), "qa", head, [][]byte{[]byte("second")}))
	demote()
	requireRecords(t, log, "qa", "first", "second")
}

func TestMissingRightsAreNamed(t *testing.T) {
	t.Parallel()
	owned := postgrestest.Database(t)
	do(t, owned, `CREATE ROLE visitor LOGIN PASSWORD 'visiting'`)
	t.Cleanup(func() { do(t, owned, `DROP OWNED BY visitor`, `DROP ROLE visitor`) })
	u, err := url.Parse(owned)
	require.NoError(t, err)
	u.User = url.UserPassword("visitor", "visiting")
	visited := u.String()

	const advice = "grant the program's role CREATE and USAGE on the schema, so that it can make its tables, or, if " +
		"another role made them, SELECT, INSERT, UPDATE and DELETE on all tables named onshisim_…"
	_, err = Open(t.Context(), visited)
	require.ErrorContains(t, err, advice)
	require.ErrorContains(t, err, "permission denied for schema public")

	require.NoError(t, mustOpen(t, owned).Close())
	for _, missing := range []string{
		"SELECT ON onshisim_schema", "SELECT ON onshisim_worlds", "INSERT ON onshisim_worlds", "UPDATE ON onshisim_worlds",
		"DELETE ON onshisim_worlds", "SELECT ON onshisim_records", "INSERT ON onshisim_records", "DELETE ON onshisim_records",
		"INSERT ON onshisim_notes", "UPDATE ON onshisim_books", "UPDATE ON onshisim_counters",
	} {
		do(t, owned, `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO visitor`,
			`REVOKE `+missing+` FROM visitor`)
		_, err = Open(t.Context(), visited)
		require.ErrorContains(t, err, advice, missing)
		require.ErrorContains(t, err, "permission denied for table", missing)
	}
	do(t, owned, `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO visitor`)
	log := mustOpen(t, visited)
	require.NoError(t, log.Delete(t.Context(), "qa", create(t, log, "qa", "a record")))
}

func TestNoErrorTellsThePassword(t *testing.T) {
	t.Parallel()
	host := host(t, postgrestest.Database(t))
	for name, test := range map[string]struct{ url, want string }{
		"no such database": {"postgres://postgres:sesame@" + host + "/absent", "does not exist"},
		"nobody there":     {"postgres://postgres:sesame@127.0.0.1:1/sim", "database sim at 127.0.0.1:1 can't be reached"},
		"no such host":     {"postgres://postgres:sesame@nowhere.invalid/sim", "database sim at nowhere.invalid:5432 can't be reached"},
		"no number":        {"postgres://postgres:sesame@" + host + "x/sim", "the database's URL can't be read; it has the form"},
		"an odd password":  {"postgres://postgres:ses/ame?sesame@" + host + "/sim", "the database's URL can't be read; it has the form"},
		"an odd setting":   {"postgres://postgres:sesame@" + host + "/sim?pool_max_conns=many", "the database's URL can't be read"},
		"no URL":           {"sesame", "the database's URL can't be read"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := open(t.Context(), test.url, impatient)
			require.ErrorContains(t, err, test.want)
			require.NotContains(t, err.Error(), "sesame")
			require.NotContains(t, err.Error(), "\n")
		})
	}
}

func TestWhatIsRefusedForGoodIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	begin := time.Now()
	_, err := Open(t.Context(), sibling(t, postgrestest.Database(t), "absent"))
	require.ErrorContains(t, err, "does not exist")
	require.Less(t, time.Since(begin), opening.begin)
}

func TestOpenCanBeGivenUp(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := Open(ctx, "postgres://postgres@127.0.0.1:1/sim")
	require.ErrorIs(t, err, context.DeadlineExceeded)
}

func TestConnectionsAreSetUp(t *testing.T) {
	t.Parallel()
	database := postgrestest.Database(t)
	for given, want := range map[string]string{"off": "on", "local": "local", "remote_apply": "remote_apply"} {
		log := mustOpen(t, postgrestest.With(t, database, "synchronous_commit", given))
		var is, name string
		require.NoError(t, log.db.pool.QueryRow(t.Context(),
			`SELECT current_setting('synchronous_commit'), current_setting('application_name')`).Scan(&is, &name))
		assert.Equal(t, want, is)
		assert.Equal(t, "onshisim", name)
	}
	assert.EqualValues(t, poolSize, mustOpen(t, database).db.pool.Config().MaxConns)
	assert.EqualValues(t, 3, mustOpen(t, postgrestest.With(t, database, "pool_max_conns", "3")).db.pool.Config().MaxConns)
}

// sibling is the URL of another database on the same server.
func sibling(t *testing.T, database, name string) string {
	t.Helper()
	u, err := url.Parse(database)
	require.NoError(t, err)
	u.Path = "/" + name
	return u.String()
}

func host(t *testing.T, database string) string {
	t.Helper()
	u, err := url.Parse(database)
	require.NoError(t, err)
	return u.Host
}

// do runs statements beside the log.
func do(t *testing.T, database string, statements ...string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context()) // in cleanups, too
	conn, err := pgx.Connect(ctx, database)
	require.NoError(t, err)
	for _, statement := range statements {
		_, err = conn.Exec(ctx, statement)
		require.NoError(t, err, statement)
	}
	require.NoError(t, conn.Close(ctx))
}

// valueOf asks for one value beside the log.
func valueOf(t *testing.T, database string, into any, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), database)
	require.NoError(t, err)
	require.NoError(t, conn.QueryRow(t.Context(), statement).Scan(into))
	require.NoError(t, conn.Close(t.Context()))
}
