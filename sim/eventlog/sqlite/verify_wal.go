package sqlite

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"onshisim/sim/eventlog"
)

// The parts of a WAL, as in "WAL File Format" of SQLite's documentation: a header, then frames, each a header and a page.
const (
	walMagic        = 0x377f0682 // its last bit says that the checksums' words are big-endian, as all other numbers are
	walHeaderSize   = 32
	frameHeaderSize = 24
	sectorSize      = 512 // the least that a disk writes whole or not at all
)

// verifyWAL finds damage in the middle of FILE-wal, by reading it without SQLite. To SQLite the WAL ends before the first
// frame that does not fit. That is right for a commit torn by the end of its process or machine, for it was never
// acknowledged; but if the frame was damaged later, the acknowledged records in it and behind it would vanish silently.
//
// At synchronous=FULL, a transaction is written only when the one before is synced, so one at most is in flight. A crash
// may leave any of its sectors, its commit frame among them, in any order, and next to them the rest of one that was
// torn or undone earlier in the same place. Hence frames behind the bad one prove nothing by being there, nor do commit
// frames. But a frame's checksum continues that of the frame before it, and no transaction continues its own commit
// frame: a frame that continues a commit frame was written by a later transaction, once everything up to that commit
// frame was synced. If the bad frame is that commit frame or stands before it, it was damaged. A commit frame counts if
// its header lies within one sector, else the halves may be of two frames, of which neither is what they seem together.
//
// Frames with other salts than the header's are older than the last restart of the WAL: their pages are in FILE.
// A restart overwrites the header, which lies within one sector, and syncs it before it writes the first frame, so a
// header that does not fit with anything behind it was damaged.
//
// The limit: damage in the last transaction looks like a torn write (so does, in one frame of 32, damage to the commit
// frame before it), and a WAL that was cut short like one that was never longer. They are opened, and hold the records
// before; what looks torn is told.
func verifyWAL(file string) (walEnd, error) {
	source := file + "-wal"
	f, err := os.Open(source)
	if err != nil {
		return walEnd{}, fmt.Errorf("reading event log %s: %w", source, err)
	}
	defer f.Close()
	end, reason, err := readWAL(bufio.NewReaderSize(f, 1<<16))
	if err != nil {
		return walEnd{}, fmt.Errorf("reading event log %s: %w", source, err)
	}
	if reason != "" {
		return walEnd{}, &eventlog.CorruptError{Source: source, Reason: reason + ": put back a copy of both files"}
	}
	return end, nil
}

// walEnd is where a WAL ends for SQLite, and where what was written to it since its last restart does.
type walEnd struct{ committed, written int64 }

// torn says whether there is more than SQLite heeds.
func (e walEnd) torn() bool { return e.written > e.committed }

// readWAL finds the end of a WAL, and says where it is damaged for certain; the reason is empty for one that a crash may
// have left.
func readWAL(r *bufio.Reader) (end walEnd, reason string, err error) {
	header := make([]byte, walHeaderSize)
	n, err := io.ReadFull(r, header)
	if ended(err) {
		return walEnd{written: int64(n)}, "", nil
	}
	if err != nil {
		return end, "", err
	}
	w, fits := parse(header)
	if !fits {
		_, err := r.ReadByte()
		if ended(err) {
			return walEnd{written: walHeaderSize}, "", nil
		}
		return end, "its header, at byte 0, does not fit its checksum, but records follow", err
	}
	f := &frames{wal: w, sum: w.sum, end: walEnd{walHeaderSize, walHeaderSize}}
	frame := make([]byte, frameHeaderSize+w.pageSize)
	for f.at = walHeaderSize; ; f.at += int64(len(frame)) {
		f.n++
		n, err := io.ReadFull(r, frame)
		if ended(err) {
			f.rest(frame[:n])
			return f.end, "", nil
		}
		if err == nil {
			reason = f.take(frame)
		}
		if err != nil || reason != "" {
			return end, reason, err
		}
	}
}

func ended(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }

// frames follows the frames of a WAL.
type frames struct {
	wal     walHeader
	n       int   // the frame at hand, counted from 1
	at      int64 // its first byte
	sum     checksums
	bad     int // the first frame that does not fit
	badAt   int64
	commits []checksums // what a later transaction behind the frame before would continue
	end     walEnd
}

// take takes a whole frame, and says why something is damaged.
func (f *frames) take(frame []byte) (reason string) {
	current := bytes.Equal(frame[8:16], f.wal.salts)
	stored := checksumsAt(frame[16:])
	for _, commit := range f.commits {
		if f.wal.over(commit, frame) == stored {
			return fmt.Sprintf("its frame %d, at byte %d, does not fit its checksum, but was synced before frame %d was written",
				f.bad, f.badAt, f.n)
		}
	}
	f.commits = nil
	isCommit := binary.BigEndian.Uint32(frame[4:]) != 0
	behind := f.at + int64(len(frame))
	if current {
		f.end.written = behind
	}
	if f.bad == 0 {
		computed := f.wal.over(f.sum, frame)
		if current && computed == stored {
			f.sum = stored
			if isCommit {
				f.end.committed = behind
			}
			return ""
		}
		f.bad, f.badAt = f.n, f.at
		if isCommit { // damaged in its salts or checksum, if the next one continues what it ought to be
			f.commits = append(f.commits, computed)
		}
	}
	if isCommit && current && f.at%sectorSize+frameHeaderSize <= sectorSize {
		f.commits = append(f.commits, stored)
	}
	return ""
}

// rest takes what there is of a last frame. It counts as written unless it is seen to be older than the last restart.
func (f *frames) rest(part []byte) {
	salts := part[min(8, len(part)):min(16, len(part))]
	if len(part) > 0 && bytes.HasPrefix(f.wal.salts, salts) {
		f.end.written = f.at + int64(len(part))
	}
}

// walHeader is what the header says of the frames.
type walHeader struct {
	order    binary.ByteOrder // of the checksums' words
	pageSize int
	salts    []byte
	sum      checksums // of the header, which the first frame continues
}

// parse reads a header; it fits if SQLite would heed what follows.
func parse(header []byte) (w walHeader, fits bool) {
	magic, pageSize := binary.BigEndian.Uint32(header), binary.BigEndian.Uint32(header[8:])
	w = walHeader{order: binary.LittleEndian, pageSize: int(pageSize), salts: header[16:24]}
	if magic&1 == 1 {
		w.order = binary.BigEndian
	}
	w.sum = checksums{}.over(w.order, header[:24])
	return w, magic&^1 == walMagic && pageSize >= 512 && pageSize <= 1<<16 && pageSize&(pageSize-1) == 0 &&
		w.sum == checksumsAt(header[24:])
}

// over is the checksum of a frame that continues sum: its page number and commit mark, its page.
func (w walHeader) over(sum checksums, frame []byte) checksums {
	return sum.over(w.order, frame[:8]).over(w.order, frame[frameHeaderSize:])
}
