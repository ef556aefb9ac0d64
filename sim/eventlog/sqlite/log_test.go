package sqlite

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/eventlogtest"
)

// TestMain lets the test binary play the second process of a test.
func TestMain(m *testing.M) {
	if role, file := os.Getenv("EVENTLOG_TEST_ROLE"), os.Getenv("EVENTLOG_TEST_FILE"); role != "" {
		os.Exit(play(role, file))
	}
	goleak.VerifyTestMain(m)
}

func TestLog(t *testing.T) {
	t.Parallel()
	eventlogtest.Run(t, func(t *testing.T) eventlog.Log { return mustOpen(t, newFile(t)) })
	eventlogtest.RunReopen(t, func(t *testing.T, dir string) eventlog.Log { return mustOpen(t, filepath.Join(dir, "sim.db")) })
}

func TestFileNamesOfAllKinds(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a b?mode=ro&c=d#e.db", "100%41.db", "訓練.db", "a'b\"c.db", "file:x.db", "-wal"} {
		file := filepath.Join(t.TempDir(), name)
		log := mustOpen(t, file)
		fill(t, log, "qa", 3)
		require.NoError(t, log.Close())
		require.FileExists(t, file)
		requireFilled(t, file, "qa", 3)
	}
}

func TestASymbolicLinkIsTheSameLog(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	log := mustOpen(t, file)
	link := filepath.Join(t.TempDir(), "link.db")
	require.NoError(t, os.Symlink(file, link))
	_, err := Open(t.Context(), link)
	require.ErrorContains(t, err, "is in use")
	fill(t, log, "qa", 1)
	require.NoError(t, log.Close())
	requireFilled(t, link, "qa", 1)
}

func TestClosingLeavesOneFileAndItsLock(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	log := mustOpen(t, file)
	fill(t, log, "qa", 10)
	require.NoError(t, log.Close())
	assert.Equal(t, []string{"sim.db", "sim.db.lock"}, files(t, file))
	info, err := os.Stat(file + ".lock")
	require.NoError(t, err)
	assert.Zero(t, info.Size())
}

func TestADeletedWorldLeavesNoTraceInTheFile(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	log := mustOpen(t, file)
	secret := []byte("番地のない町")
	createWorld(t, log, "kept", []byte("something"))
	gone := createWorld(t, log, "gone-world", secret, bytes.Repeat(secret, 1000))
	require.NoError(t, log.Delete(t.Context(), "gone-world", gone))
	require.NoError(t, log.Close())
	stored, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(stored), "something")
	assert.NotContains(t, string(stored), string(secret))
	assert.NotContains(t, string(stored), "gone-world")
}

func BenchmarkAppend(b *testing.B) {
	eventlogtest.Benchmark(b, func(b *testing.B) eventlog.Log {
		log, err := Open(b.Context(), filepath.Join(b.TempDir(), "sim.db"))
		require.NoError(b, err)
		return log
	})
}

// newFile names a file in a new directory.
func newFile(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "sim.db")
}

func mustOpen(t *testing.T, file string) *Log {
	t.Helper()
	log, err := Open(t.Context(), file)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, log.Close()) })
	return log
}

// record is what fill appends at a position.
func record(world string, position eventlog.Position) []byte {
	return fmt.Appendf(nil, "record %d of %s", position, world)
}

// fill makes a world and appends to it, up to n records, one by one.
func fill(t *testing.T, log *Log, world string, n eventlog.Position) eventlog.Head {
	t.Helper()
	return extend(t, log, world, createWorld(t, log, world, record(world, 1)), n)
}

// createWorld makes a world of records.
func createWorld(t *testing.T, log *Log, world string, records ...[]byte) eventlog.Head {
	t.Helper()
	head, err := log.Create(t.Context(), world, eventlogtest.Each(records...))
	require.NoError(t, err)
	return head
}

// extend appends records behind a head, one by one, up to position last.
func extend(t *testing.T, log *Log, world string, head eventlog.Head, last eventlog.Position) eventlog.Head {
	t.Helper()
	for ; head.Last < last; head.Last++ {
		require.NoError(t, log.Append(t.Context(), world, head, [][]byte{record(world, head.Last+1)}))
	}
	return head
}

// headOf is where a world stands.
func headOf(t *testing.T, log *Log, world string) eventlog.Head {
	t.Helper()
	head, err := log.Head(t.Context(), world)
	require.NoError(t, err)
	return head
}

// requireFilled opens a log and finds n such records.
func requireFilled(t *testing.T, file, world string, n eventlog.Position) {
	t.Helper()
	log := mustOpen(t, file)
	requireRecords(t, log, world, n)
	require.NoError(t, log.Close())
}

// requireRecords reads n such records.
func requireRecords(t *testing.T, log *Log, world string, n eventlog.Position) {
	t.Helper()
	var last eventlog.Position
	for r, err := range log.Read(t.Context(), world, eventlog.Head{}) {
		require.NoError(t, err)
		last = r.Position
		require.Equal(t, string(record(world, last)), string(r.Data))
	}
	require.Equal(t, n, last)
}

// files names what lies in a file's directory.
func files(t *testing.T, file string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(file))
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
