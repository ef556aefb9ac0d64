package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// verifyKilled verifies a log whose process was killed: its file and, beside it, the WAL with its newest records.
// What it finds good it syncs, for the process may have been killed before it could: then no record that was ever read
// is lost with the machine's power, and what is appended behind tells that all before it was synced.
func verifyKilled(ctx context.Context, file string) error {
	if err := verifyWAL(file); err != nil {
		return err
	}
	if err := verifyRecords(ctx, file, true); err != nil {
		return err
	}
	f, err := os.OpenFile(file+"-wal", os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("syncing event log %s: %w", file, err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("syncing event log %s: %w", file, err)
	}
	return nil
}
