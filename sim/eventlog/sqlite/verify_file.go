package sqlite

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"onshisim/sim/eventlog"
)

// headerSize is the size in bytes of the header at the beginning of every SQLite file.
const headerSize = 100

// verifyFile looks at a log's file without SQLite: may it be written, is it ours, is it whole. It changes nothing, not
// even a rollback journal of another program's database. exists is false for a file that is absent or empty.
func verifyFile(file string, wal bool) (exists bool, err error) {
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("event log %s must be readable and writable: %s: %w", file, makeWritable, err)
	}
	defer func() { _ = f.Close() }() // nothing was written
	info, err := f.Stat()
	if err != nil {
		return false, fmt.Errorf("reading event log %s: %w", file, err)
	}
	if info.Size() == 0 {
		return false, nil
	}
	header := make([]byte, headerSize)
	n, err := io.ReadFull(f, header)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, fmt.Errorf("reading event log %s: %w", file, err)
	}
	return true, verifyHeader(file, header[:n], info.Size(), wal)
}

// verifyHeader judges the header of a file of so many bytes. With a WAL beside, the file may lag behind its header.
// The offsets are those of "The Database Header" in SQLite's file format.
func verifyHeader(file string, header []byte, size int64, wal bool) error {
	corrupt := func(format string, args ...any) error {
		return &eventlog.CorruptError{Source: file, Reason: fmt.Sprintf(format, args...)}
	}
	if !bytes.HasPrefix(header, []byte("SQLite format 3\x00")) {
		return corrupt("it is no event log, for it does not begin like a SQLite file; name another file")
	}
	if len(header) < headerSize {
		return corrupt("it ends within its header, after %d bytes", size)
	}
	number := func(offset int) int64 { return int64(binary.BigEndian.Uint32(header[offset:])) }
	if id := number(68); id != applicationID {
		return corrupt("it is no event log, but another program's SQLite file (application id %#x, not %#x); name another file",
			id, applicationID)
	}
	if v := number(60); v > version {
		return fmt.Errorf("event log %s has format %d, this program knows up to %d: use a newer one, or name another file; "+
			"nothing was changed", file, v, version)
	}
	if writes, reads := header[18], header[19]; writes != 2 || reads != 2 {
		return corrupt("its header does not ask for a write-ahead log")
	}
	pageSize := int64(binary.BigEndian.Uint16(header[16:]))
	if pageSize == 1 {
		pageSize = 1 << 16
	}
	if pages := number(28); !wal && size != pages*pageSize {
		return corrupt("it has %d bytes, its header says %d pages of %d", size, pages, pageSize)
	}
	return nil
}
