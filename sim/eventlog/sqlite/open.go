package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/groupcommit"
)

// Open opens the log in the file at path and makes it if there is none, or an empty one; its directory must exist.
//
// What is stored is verified in full, by reading only, before anything may write: each record and its place. Anything
// that can't be believed gives an *eventlog.CorruptError and leaves the file as it was. While the log is open, no
// second process can open it, nor can this one. After a kill, what is left of a write that was never finished is cut off:
// see Torn. One kind of damage can't be told from it: see verifyWAL.
func Open(ctx context.Context, path string) (*Log, error) {
	file, err := resolve(path)
	if err != nil {
		return nil, err
	}
	lock, err := acquire(ctx, file)
	if err != nil {
		return nil, err
	}
	log, err := open(ctx, file)
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	log.lock = lock
	return log, nil
}

// open opens the log in a file that is locked.
func open(ctx context.Context, file string) (*Log, error) {
	wal, err := size(file + "-wal")
	if err != nil {
		return nil, fmt.Errorf("opening event log %s: %w", file, err)
	}
	exists, err := verifyFile(file, wal > 0)
	if err != nil {
		return nil, err
	}
	var torn *Torn
	switch {
	case exists && wal > 0:
		torn, err = verifyKilled(ctx, file)
	case exists:
		err = verifyRecords(ctx, file, false)
	case wal > 0:
		err = &eventlog.CorruptError{Source: file, Reason: "the file is missing or empty, but its newest records lie in " +
			file + "-wal: put it back, or remove that too"}
	default:
		err = create(ctx, file)
	}
	if err != nil {
		return nil, err
	}

	db, err := connect(file, "rw", "busy_timeout(2000)", "locking_mode(EXCLUSIVE)", "secure_delete(ON)",
		"synchronous(FULL)", "temp_store(MEMORY)")
	if err != nil {
		return nil, err
	}
	log := &Log{source: file, torn: torn, db: db, heads: map[string]eventlog.Head{}}
	log.appends = groupcommit.New(log.commit)
	if err := log.prepare(ctx); err != nil {
		return nil, errors.Join(log.explain(err), db.Close())
	}
	if log.file, err = os.Stat(file); err != nil {
		return nil, errors.Join(fmt.Errorf("opening event log %s: %w", file, err), db.Close())
	}
	return log, nil
}

// resolve gives the one absolute name of a log's file, so that it has one lock.
func resolve(path string) (string, error) {
	file, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("opening event log %s: %w", path, err)
	}
	target, err := filepath.EvalSymlinks(file)
	if errors.Is(err, fs.ErrNotExist) {
		var dir string
		dir, err = filepath.EvalSymlinks(filepath.Dir(file))
		target = filepath.Join(dir, filepath.Base(file))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("opening event log %s: its directory does not exist; make it first: %w", path, err)
	}
	if err != nil {
		return "", fmt.Errorf("opening event log %s: %w", path, err)
	}
	if info, err := os.Stat(target); err == nil && !info.Mode().IsRegular() {
		return "", fmt.Errorf("opening event log %s: it is a directory or device; name a file", path)
	}
	return target, nil
}

// connect makes a pool of one connection to a database file; mode is SQLite's (ro, rw, rwc) or
// immutable, which reads a file that nobody changes without making any file beside it. The driver runs the pragmas in
// alphabetical order, busy_timeout first.
func connect(file, mode string, pragmas ...string) (*sql.DB, error) {
	path := filepath.ToSlash(file)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	query := url.Values{"mode": {mode}, "_pragma": pragmas, "_txlock": {"immediate"}}
	if mode == "immutable" {
		query = url.Values{"mode": {"ro"}, "immutable": {"1"}, "_pragma": pragmas}
	}
	name := url.URL{Scheme: "file", Path: path, RawQuery: query.Encode()}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// remove removes a file that may not exist.
func remove(file string) error {
	if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// size is a file's size in bytes; 0 for one that does not exist.
func size(file string) (int64, error) {
	info, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
