package sqlite

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// killed gives a log whose process was killed: its file and its WAL, as they lie on the disk.
func killed(t *testing.T) (file string) {
	t.Helper()
	live := newFile(t)
	log := mustOpen(t, live)
	fill(t, log, "qa", 20)
	file = filepath.Join(t.TempDir(), "sim.db")
	for _, part := range []string{"", "-wal"} {
		content, err := os.ReadFile(live + part)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(file+part, content, 0o644))
	}
	return file
}

func TestAKilledLogIsVerifiedWithItsNewestRecords(t *testing.T) {
	t.Parallel()
	requireFilled(t, killed(t), "qa", 20)

	file := killed(t)
	wal, err := os.ReadFile(file + "-wal")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file+"-wal", wal[:len(wal)-1], 0o644)) // the last commit is torn
	requireFilled(t, file, "qa", 19)

	file = killed(t)
	require.NoError(t, os.WriteFile(file+"-wal", damageLastRecord(t, wal, 20), 0o644))
	corrupt := requireRefused(t, file)
	assert.Equal(t, "qa", corrupt.World)
	assert.EqualValues(t, 20, corrupt.Position)
}

// damageLastRecord flips a bit of the newest record in a WAL, that at a position, and mends the checksum of the frame around it, as a fault
// in the machine's memory would have it.
func damageLastRecord(t *testing.T, wal []byte, position eventlog.Position) []byte {
	t.Helper()
	require.Zero(t, (len(wal)-walHeaderSize)%frameSize)
	wal = bytes.Clone(wal)
	last := wal[len(wal)-frameSize:]
	at := bytes.Index(last, record("qa", position))
	require.Positive(t, at)
	last[at] ^= 1
	seal(wal)
	return wal
}

func TestNewestRecordsWithoutTheirFileAreRefused(t *testing.T) {
	t.Parallel()
	for _, empty := range []bool{false, true} {
		file := killed(t)
		require.NoError(t, os.Remove(file))
		if empty {
			require.NoError(t, os.WriteFile(file, nil, 0o644))
		}
		_, err := Open(t.Context(), file)
		require.ErrorContains(t, err, "its newest records lie in "+file+"-wal")
	}
}
