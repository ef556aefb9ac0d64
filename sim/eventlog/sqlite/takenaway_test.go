package sqlite

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/eventlogtest"
)

// TestNothingIsAcknowledgedThatLiesNowhere: once its file, its WAL or its folder was taken away, a log takes nothing more, but
// can be read, and goes on when they are back.
func TestNothingIsAcknowledgedThatLiesNowhere(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows lets nobody take an open file away")
	}
	for name, away := range map[string]func(file string) (from, to string){
		"the file":   func(file string) (string, string) { return file, file + ".away" },
		"the WAL":    func(file string) (string, string) { return file + "-wal", file + ".away" },
		"the folder": func(file string) (string, string) { return filepath.Dir(file), filepath.Dir(file) + ".away" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := newFile(t)
			log := mustOpen(t, file)
			head := fill(t, log, "qa", 3)
			from, to := away(file)
			require.NoError(t, os.Rename(from, to))
			refuses := func() {
				err := log.Append(t.Context(), "qa", head, [][]byte{record("qa", 4)})
				require.ErrorContains(t, err, "was taken away while it is open")
				require.ErrorContains(t, err, "export its worlds, end this program, and start it anew")
				_, err = log.Create(t.Context(), "new", eventlogtest.Each([]byte("first")))
				require.ErrorContains(t, err, "was taken away")
				require.ErrorContains(t, log.Delete(t.Context(), "qa", head), "was taken away")
				requireRecords(t, log, "qa", 3)
			}
			refuses()
			if name == "the file" {
				require.NoError(t, os.WriteFile(file, nil, 0o644))
				refuses()
				require.NoError(t, os.Remove(file))
			}
			require.NoError(t, os.Rename(to, from))
			extend(t, log, "qa", head, 5)
			require.NoError(t, log.Close())
			requireFilled(t, file, "qa", 5)
		})
	}
}

// TestALogThatBecomesReadOnlyIsLikeAFullOne: it takes nothing, by halves neither, is read, and goes on by itself.
func TestALogThatBecomesReadOnlyIsLikeAFullOne(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	log := mustOpen(t, file)
	head := fill(t, log, "qa", 3)
	set := func(value string) {
		_, err := log.db.ExecContext(t.Context(), "PRAGMA query_only = "+value) // SQLite then answers as on a read-only disk
		require.NoError(t, err)
	}
	set("ON")
	err := log.Append(t.Context(), "qa", head, [][]byte{record("qa", 4), record("qa", 5)})
	require.ErrorContains(t, err, "the disk, the directory or the file is read-only: let the user write there who runs this program")
	require.NotErrorIs(t, err, eventlog.ErrUnknownOutcome)
	_, err = log.Create(t.Context(), "new", eventlogtest.Each([]byte("first")))
	require.ErrorContains(t, err, "is read-only")
	requireRecords(t, log, "qa", 3)
	set("OFF")
	extend(t, log, "qa", head, 5)
	require.NoError(t, log.Close())
	requireFilled(t, file, "qa", 5)
}
