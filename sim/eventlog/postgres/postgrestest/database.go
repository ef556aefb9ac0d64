package postgrestest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
)

// shared is the one server of the tests of this process that need none of their own.
var shared = sync.OnceValues(func() (*Server, error) { return start(programs(), false) })

// Database makes an empty database, which is dropped after the test, and gives its URL. It lies on a server that the tests of
// this process share. Without PostgreSQL the test is skipped, or fails if CI=true.
func Database(t testing.TB) (url string) {
	t.Helper()
	find(t)
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	name := s.database(t)
	t.Cleanup(func() { do(t, s.URL("postgres"), fmt.Sprintf("DROP DATABASE %s WITH (FORCE)", name)) })
	return s.URL(name)
}

// Database makes an empty database and gives its URL.
func (s *Server) Database(t testing.TB) (url string) {
	t.Helper()
	return s.URL(s.database(t))
}

// made counts what got a name of its own.
var made atomic.Int64

func (s *Server) database(t testing.TB) (name string) {
	t.Helper()
	name = fmt.Sprintf("test_%d", made.Add(1))
	do(t, s.URL("postgres"), "CREATE DATABASE "+name)
	return name
}

// Schema makes an empty schema in a database and gives the database's URL with that schema on the search_path: for most
// tests as good as a database of their own, and thirty times as quick.
func Schema(t testing.TB, database string) (url string) {
	t.Helper()
	name := fmt.Sprintf("test_%d", made.Add(1))
	do(t, database, "CREATE SCHEMA "+name)
	return With(t, database, "search_path", name)
}

// With gives a database's URL with a setting.
func With(t testing.TB, database, name, value string) string {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	query.Set(name, value)
	u.RawQuery = query.Encode()
	return u.String()
}

// do runs a statement.
func do(t testing.TB, database, statement string) {
	t.Helper()
	ctx := context.Background() // the test's own is done when it cleans up
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		t.Fatal(err)
	}
	_, err = conn.Exec(ctx, statement)
	if closing := conn.Close(ctx); err == nil {
		err = closing
	}
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// find finds PostgreSQL's programs, or skips the test.
func find(t testing.TB) (folder string) {
	t.Helper()
	if folder = programs(); folder == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("PostgreSQL's programs are missing: install postgresql")
		}
		t.Skip("PostgreSQL's programs are missing: install postgresql to run this test")
	}
	return folder
}

// programs is the folder of PostgreSQL's programs: that of the initdb on PATH, or the newest where Debian has them, which is
// not on PATH. It is empty if there is none.
func programs() (folder string) {
	if initdb, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(initdb)
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // the pattern is no bad one
	if len(found) == 0 {
		return ""
	}
	return filepath.Dir(found[len(found)-1]) // two digits each, and so in order
}
