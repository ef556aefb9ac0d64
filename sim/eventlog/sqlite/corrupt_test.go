package sqlite

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// stored makes a log of two worlds and a deleted one, on several pages, and gives its file's bytes.
func stored(t *testing.T) []byte {
	t.Helper()
	file := newFile(t)
	log := mustOpen(t, file)
	heads := map[string]eventlog.Head{}
	for _, world := range []string{"qa", "gone", "training"} {
		var records [][]byte
		for p := range eventlog.Position(120) {
			records = append(records, record(world, p+1))
		}
		heads[world] = createWorld(t, log, world, records...)
	}
	require.NoError(t, log.Delete(t.Context(), "gone", heads["gone"]))
	require.NoError(t, log.Append(t.Context(), "training", heads["training"], [][]byte{bytes.Repeat([]byte("long "), 2000)}))
	require.NoError(t, log.Close())
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	return content
}

// write stores content in a file of its own.
func write(t *testing.T, dir string, content []byte) string {
	t.Helper()
	file := filepath.Join(dir, "sim.db")
	require.NoError(t, os.WriteFile(file, content, 0o644))
	return file
}

// requireRefused opens a log that can't be believed and finds its file untouched, with no file beside but the lock.
func requireRefused(t *testing.T, file string) *eventlog.CorruptError {
	t.Helper()
	before, err := os.ReadFile(file)
	require.NoError(t, err)
	beside := append(files(t, file), "sim.db.lock")
	_, err = Open(t.Context(), file)
	var corrupt *eventlog.CorruptError
	require.ErrorAs(t, err, &corrupt)
	assert.Equal(t, file, corrupt.Source)
	after, err := os.ReadFile(file)
	require.NoError(t, err)
	require.True(t, bytes.Equal(before, after), "the file was changed")
	assert.Subset(t, beside, files(t, file))
	return corrupt
}

func TestATruncatedFileIsRefused(t *testing.T) {
	t.Parallel()
	content := stored(t)
	for _, size := range []int{1, 15, 16, 99, 100, 1000, 4095, 4096, 4097, 8192, len(content) - 4096, len(content) - 1} {
		_ = requireRefused(t, write(t, t.TempDir(), content[:size]))
	}
	_ = requireRefused(t, write(t, t.TempDir(), append(content[:len(content):len(content)], 0)))
}

// A flipped byte is found, or it stands where nothing is stored and every record is still the one that was appended.
// All of the file's and the first tree's header is tried, and a sample of the rest.
func TestAFlippedByteIsFoundOrHarmless(t *testing.T) {
	t.Parallel()
	content := stored(t)
	dir := t.TempDir()
	var found int
	for offset := 0; offset < len(content); offset++ {
		if offset > 116 {
			offset = min(offset+210, len(content)-1)
		}
		content[offset] ^= 0x41
		file := write(t, dir, content)
		log, err := Open(t.Context(), file)
		if err == nil {
			requireRecords(t, log, "qa", 120)
			require.NoError(t, log.Close())
		} else {
			found++
			after, readErr := os.ReadFile(file)
			require.NoError(t, readErr)
			require.True(t, bytes.Equal(content, after), "offset %d: the file was changed", offset)
			var corrupt *eventlog.CorruptError
			if offset < 60 || offset > 63 { // the version: a newer one is no damage
				assert.ErrorAs(t, err, &corrupt, "offset %d", offset)
			}
		}
		content[offset] ^= 0x41
	}
	assert.Greater(t, found, 100)
}

func TestADamagedRecordIsNamed(t *testing.T) {
	t.Parallel()
	content := stored(t)
	at := bytes.Index(content, record("training", 77))
	require.Positive(t, at)
	content[at] ^= 1
	corrupt := requireRefused(t, write(t, t.TempDir(), content))
	assert.Equal(t, "training", corrupt.World)
	assert.EqualValues(t, 77, corrupt.Position)
	assert.Equal(t, "the record does not fit its checksum", corrupt.Reason)
}

func TestWhatDoesNotFitIsRefused(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		statement, world string
		position         eventlog.Position
		reason           string
	}{
		{`DELETE FROM records WHERE world = 1 AND position = 5`, "qa", 5, "the record is missing, the next one is 6"},
		{`DELETE FROM records WHERE world = 1 AND position = 1`, "qa", 1, "the record is missing, the next one is 2"},
		{`DELETE FROM records WHERE world = 1`, "", 0, "it names 2 worlds, but has records of 1"},
		{`UPDATE records SET position = 0 WHERE world = 1 AND position = 1`, "qa", 1, "the record is missing, the next one is 0"},
		{`UPDATE records SET position = -1 WHERE world = 1 AND position = 1`, "qa", 1, "converting"},
		{`UPDATE records SET data = x'00' WHERE world = 3 AND position = 9`, "training", 9, "does not fit its checksum"},
		{`UPDATE records SET checksum = checksum + 4294967296 WHERE world = 3 AND position = 9`, "training", 9, "converting"},
		{`UPDATE records SET world = 7 WHERE world = 3`, "", 1, "does not fit its checksum"},
		{`UPDATE worlds SET name = 'other' WHERE id = 1`, "other", 1, "does not fit its checksum"},
		{`INSERT INTO worlds (name) VALUES ('empty')`, "", 0, "it names 3 worlds, but has records of 2"},
		{`ALTER TABLE records ADD COLUMN more TEXT`, "", 0, "its tables are not those of format 1"},
		{`DROP TABLE records`, "", 0, "its tables are not those of format 1"},
		{`PRAGMA application_id = 7`, "", 0, "another program's SQLite file (application id 0x7, not 0x6f6e7368); name another file"},
		{`PRAGMA journal_mode = DELETE`, "", 0, "its header does not ask for a write-ahead log"},
	} {
		t.Run(test.statement, func(t *testing.T) {
			t.Parallel()
			file := write(t, t.TempDir(), stored(t))
			alter(t, file, test.statement)
			corrupt := requireRefused(t, file)
			assert.Equal(t, test.world, corrupt.World)
			assert.Equal(t, test.position, corrupt.Position)
			assert.Contains(t, corrupt.Reason, test.reason)
		})
	}
}

func TestANewerFormatIsRefused(t *testing.T) {
	t.Parallel()
	file := write(t, t.TempDir(), stored(t))
	alter(t, file, fmt.Sprintf(`PRAGMA user_version = %d`, version+1))
	_, err := Open(t.Context(), file)
	require.ErrorContains(t, err, file+" has format 2, this program knows up to 1: use a newer one, or name another file")
}

// alter changes a log behind its back.
func alter(t *testing.T, file, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), statement)
	require.NoError(t, err)
	require.NoError(t, db.Close())
}

func TestOtherFilesAreRefused(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"a note":        "some text",
		"a longer note": string(bytes.Repeat([]byte("some text\n"), 1000)),
		"zeros":         string(make([]byte, 8192)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			corrupt := requireRefused(t, write(t, t.TempDir(), []byte(content)))
			assert.Contains(t, corrupt.Reason, "it is no event log")
		})
	}
}
