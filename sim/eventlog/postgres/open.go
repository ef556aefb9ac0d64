package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	// poolSize is how many connections a process holds at most, unless the URL has pool_max_conns: with the hundred that a
	// PostgreSQL takes by default, the processes of a whole nation find room.
	poolSize = 10

	// lazyPoolSize is how many more it holds for notes.
	lazyPoolSize = 4

	// connectTime is how long connecting may take, unless the URL has connect_timeout.
	connectTime = 2 * time.Second
)

// Open opens the log in a database: postgres://user:password@host:port/database. It makes or migrates its tables there, in
// the first schema of the search_path, which may be done by many processes at the same time. A database that does
// not answer yet is waited for, a quarter of a minute at most.
func Open(ctx context.Context, url string) (*Log, error) { return open(ctx, url, opening) }

func open(ctx context.Context, url string, within limits) (*Log, error) {
	config, err := configure(url)
	if err != nil {
		return nil, err
	}
	db, err := newDatabase(ctx, config)
	if err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context, *pgx.Conn) error{migrate, rehearse, tidy} {
		if err := db.try(ctx, within, step); err != nil {
			db.pool.Close()
			return nil, fmt.Errorf("opening the event log: %w", err)
		}
	}
	lazy, err := newDatabase(ctx, lazyOf(config))
	if err != nil {
		db.pool.Close()
		return nil, err
	}
	return newLog(db, lazy), nil
}

func newDatabase(ctx context.Context, config *pgxpool.Config) (*database, error) {
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", source(config), err)
	}
	return &database{pool: pool, source: source(config)}, nil
}

// configure reads a URL. Its text is in no error, for nobody can tell which part of a malformed one is a password.
func configure(url string) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, errors.New("the database's URL can't be read; it has the form postgres://USER:PASSWORD@HOST:PORT/DATABASE, " +
			"with special characters of the password in percent-encoding, and perhaps settings, as ?sslmode=verify-full")
	}
	if !strings.Contains(url, "pool_max_conns") {
		config.MaxConns = poolSize
	}
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = connectTime
	}
	if params := config.ConnConfig.RuntimeParams; params["application_name"] == "" {
		params["application_name"] = "onshisim"
	}
	config.AfterConnect = prepare
	// A broken connection is found out by using it, which costs nothing while all is well.
	config.ShouldPing = func(context.Context, pgxpool.ShouldPingParams) bool { return false }
	return config, nil
}

// lazyOf is a configuration for notes: few connections, which do not wait for the disk.
func lazyOf(config *pgxpool.Config) *pgxpool.Config {
	lazy := config.Copy()
	lazy.MaxConns = min(lazy.MaxConns, lazyPoolSize)
	lazy.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		if err := prepare(ctx, conn); err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(ctx, connectTime)
		defer cancel()
		_, err := conn.Exec(ctx, lazily)
		return err
	}
	return lazy
}

// source names a database in errors.
func source(config *pgxpool.Config) string {
	c := config.ConnConfig
	return fmt.Sprintf("database %s at %s", c.Database, net.JoinHostPort(c.Host, strconv.Itoa(int(c.Port))))
}

// isStandby tells a standby, which lags behind, or a database that is set to read-only. It is asked with every answer that
// must not be stale, for a pooler may put another server behind a connection at any time.
const isStandby = `current_setting('transaction_read_only') = 'on'`

// prepare makes sure that a new connection leads to a database that keeps what it acknowledges, and can be written.
func prepare(ctx context.Context, conn *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, connectTime)
	defer cancel()
	var encoding string
	var standby bool
	if err := conn.QueryRow(ctx, settings).Scan(&encoding, &standby, nil); err != nil {
		return err
	}
	if encoding != "UTF8" {
		return unsuitable{fmt.Sprintf("its encoding is %s: make one with ENCODING 'UTF8'", encoding)}
	}
	if standby {
		return errReadOnly
	}
	return nil
}

// settings asks for some settings of a connection and makes others, where the database knows them. An acknowledged append has
// to outlive the database's machine. Who waits for another's lock shall know before his attempt ends, and so keep his
// connection. A process that is cut off in the middle of a creation shall not hold its world's name for hours.
const settings = `SELECT current_setting('server_encoding'), ` + isStandby + `,
	count(set_config(name, value, false))
FROM (VALUES ('synchronous_commit', 'on'), ('lock_timeout', '1500ms'), ('idle_in_transaction_session_timeout', '60s')) AS s (name, value)
WHERE current_setting(name, true) IS NOT NULL AND (name <> 'synchronous_commit' OR current_setting(name, true) = 'off')`

// rehearse runs what the log will run, in ways that change nothing, to find out whether it may.
func rehearse(ctx context.Context, conn *pgx.Conn) error {
	for _, statement := range []struct {
		text string
		args []any
	}{
		{`INSERT INTO onshisim_worlds (name, last) SELECT '', 0 WHERE false`, nil},
		{appendRecords, []any{int64(0), "", int64(0), int64(1), []byte{}, [][]byte{}}},
		{appendUnheld, []any{int64(0), "", int64(0), int64(1), []byte{}, [][]byte{}}},
		{appendGroup, groupOf([]*request{{records: [][]byte{{}}}}).args()},
		{readPart, []any{"", int64(0), int64(0), partRecords, partBytes}},
		{deleteWorld, []any{int64(0), "", int64(0)}},
		{putNote, []any{int64(0), []byte{}, []byte{}}},
		{dropNotes, []any{int64(0), int64(0), int64(0), int64(0)}},
		{addToCounter, []any{int64(0), ""}},
	} {
		if _, err := conn.Exec(ctx, statement.text, statement.args...); err != nil {
			return err
		}
	}
	return nil
}
