package sqlite

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOpenSaysWhatMayNotBeWritten(t *testing.T) {
	t.Parallel()
	content := stored(t)
	for name, mode := range map[string]os.FileMode{"unreadable": 0, "read-only": 0o444} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := openDir(t)
			file := write(t, dir, content)
			require.NoError(t, os.Chmod(file, mode))
			err := openAsAnyone(t, file)
			require.ErrorContains(t, err, "must be readable and writable: "+makeWritable)
			require.ErrorIs(t, err, os.ErrPermission)
		})
	}
	t.Run("directory", func(t *testing.T) {
		t.Parallel()
		for _, name := range []string{"sim.db", "new.db"} {
			dir := openDir(t)
			write(t, dir, content)
			require.NoError(t, os.Chmod(dir, 0o555))
			err := openAsAnyone(t, filepath.Join(dir, name))
			require.ErrorContains(t, err, "its directory must be writable, and its lock too: "+makeWritable)
			require.ErrorIs(t, err, os.ErrPermission)
		}
	})
	t.Run("lock", func(t *testing.T) { // it would keep nobody away
		t.Parallel()
		file := write(t, openDir(t), content)
		require.NoError(t, os.WriteFile(file+".lock", nil, 0o444))
		err := openAsAnyone(t, file)
		require.ErrorContains(t, err, "its lock too: "+makeWritable)
		require.ErrorIs(t, err, os.ErrPermission)
	})
}

// openDir makes a directory that everyone may enter and write.
func openDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.Chmod(filepath.Dir(dir), 0o755))
	require.NoError(t, os.Chmod(dir, 0o777))
	return dir
}

// openAsAnyone opens a log with no rights but those that everyone has, for to the superuser nothing is forbidden.
// Linux gives each thread a user of its own for files; the thread ends with the goroutine, for it stays locked to it.
func openAsAnyone(t *testing.T, file string) error {
	t.Helper()
	outcome := make(chan error)
	go func() {
		runtime.LockOSThread()
		if os.Geteuid() == 0 {
			if err := syscall.Setfsuid(65534); err != nil {
				outcome <- err
				return
			}
		}
		log, err := Open(t.Context(), file)
		if err == nil {
			err = log.Close()
		}
		outcome <- err
	}()
	return <-outcome
}

// TestTheFileIsItsOwnersAlone, with what is kept beside it: a log holds tokens and PINs.
func TestTheFileIsItsOwnersAlone(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	fill(t, mustOpen(t, file), "qa", 10)
	for _, name := range []string{file, file + "-wal"} {
		info, err := os.Stat(name)
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), name)
	}
}
