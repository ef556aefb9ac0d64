package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// Torn is what Open has cut off: the last write to a log whose process was killed, or whose machine stopped, before the
// write was done. Nobody was told that it was.
type Torn struct {
	File  string // where it lay
	At    int64  // its first byte, behind the last whole commit
	Bytes int64
}

// verifyKilled verifies a log whose process was killed: its file and, beside it, the WAL with its newest records.
// What it finds good it syncs, for the process may have been killed before it could: then no record that was ever read
// is lost with the machine's power, and what is appended behind tells that all before it was synced. What is torn behind
// it is cut off; nil if nothing is. SQLite would not heed it either, but leave it there.
func verifyKilled(ctx context.Context, file string) (*Torn, error) {
	end, err := verifyWAL(file)
	if err != nil {
		return nil, err
	}
	if err := verifyRecords(ctx, file, true); err != nil {
		return nil, err
	}
	wal := file + "-wal"
	f, err := os.OpenFile(wal, os.O_RDWR, 0)
	if err != nil {
		return nil, fmt.Errorf("syncing event log %s: %w", file, err)
	}
	var torn *Torn
	if end.torn() {
		torn = &Torn{File: wal, At: end.committed, Bytes: end.written - end.committed}
		err = f.Truncate(end.committed)
	}
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, fmt.Errorf("syncing event log %s: %w", file, err)
	}
	return torn, nil
}
