package sqlite

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/eventlogtest"
)

func TestAnEmptyFileIsANewLog(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	require.NoError(t, os.WriteFile(file, nil, 0o644))
	log := mustOpen(t, file)
	fill(t, log, "qa", 2)
	require.NoError(t, log.Close())
	requireFilled(t, file, "qa", 2)
}

func TestARestOfAKilledCreationIsOverwritten(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	for _, rest := range []string{".new", ".new-wal", ".new-journal"} {
		require.NoError(t, os.WriteFile(file+rest, []byte("half a file"), 0o644))
	}
	log := mustOpen(t, file)
	fill(t, log, "qa", 2)
	require.NoError(t, log.Close())
	assert.Equal(t, []string{"sim.db", "sim.db.lock"}, files(t, file))
	requireFilled(t, file, "qa", 2)
}

func TestOpenSaysWhatIsWrongWithThePath(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	_, err := Open(t.Context(), filepath.Join(dir, "absent", "sim.db"))
	require.ErrorContains(t, err, "its directory does not exist; make it first")
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = Open(t.Context(), dir)
	require.ErrorContains(t, err, "it is a directory or device; name a file")
	_, err = Open(t.Context(), filepath.Join(write(t, dir, nil), "sim.db"))
	require.ErrorContains(t, err, "not a directory")
}

func TestOpenCanBeGivenUp(t *testing.T) {
	t.Parallel()
	file := write(t, t.TempDir(), stored(t))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Open(ctx, file)
	require.ErrorIs(t, err, context.Canceled)
	_, err = Open(ctx, newFile(t))
	require.ErrorIs(t, err, context.Canceled)
	requireFilled(t, file, "qa", 120)
}

func TestALogThatAnotherProgramHoldsIsRefused(t *testing.T) {
	t.Parallel()
	file := write(t, t.TempDir(), stored(t))
	db, err := sql.Open("sqlite", file)
	require.NoError(t, err)
	reader, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	var count int
	require.NoError(t, reader.QueryRowContext(t.Context(), `SELECT count(*) FROM records`).Scan(&count))
	_, err = Open(t.Context(), file)
	require.ErrorContains(t, err, "another program holds it; end that first")
	require.NoError(t, reader.Rollback())
	require.NoError(t, db.Close())
	requireFilled(t, file, "qa", 120)
}

func TestAnotherProgramCanNotComeBetween(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	mustOpen(t, file)
	db, err := sql.Open("sqlite", file)
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), `DELETE FROM records`)
	require.ErrorContains(t, err, "locked")
	require.NoError(t, db.Close())
}

func TestAFullDiskLeavesTheLogAsItWas(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	log := mustOpen(t, file)
	head := fill(t, log, "qa", 10)
	limit := func(pages string) {
		_, err := log.db.ExecContext(t.Context(), "PRAGMA max_page_count = "+pages)
		require.NoError(t, err)
	}
	limit("1") // as SQLite has it: those that are there, and no more
	err := log.Append(t.Context(), "qa", head, [][]byte{[]byte("small"), make([]byte, 1<<20)})
	require.ErrorContains(t, err, "the disk is full; make room and try again")
	require.NotErrorIs(t, err, eventlog.ErrConflict)
	_, err = log.Create(t.Context(), "new", eventlogtest.Each(make([]byte, 1<<20)))
	require.ErrorContains(t, err, "the disk is full")
	worlds, err := log.Worlds(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"qa"}, worlds)
	require.Equal(t, head, headOf(t, log, "qa"))
	limit("10000")
	extend(t, log, "qa", head, 11)
	require.NoError(t, log.Close())
	requireFilled(t, file, "qa", 11)
}
