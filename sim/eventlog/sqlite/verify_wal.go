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
// before.
func verifyWAL(file string) error {
	source := file + "-wal"
	f, err := os.Open(source)
	if err != nil {
		return fmt.Errorf("reading event log %s: %w", source, err)
	}
	defer f.Close()
	reason, err := damage(bufio.NewReaderSize(f, 1<<16))
	if err != nil {
		return fmt.Errorf("reading event log %s: %w", source, err)
	}
	if reason != "" {
		return &eventlog.CorruptError{Source: source, Reason: reason + ": put back a copy of both files"}
	}
	return nil
}

// damage says where a WAL is damaged for certain; it is empty for one that a crash may have left.
func damage(r *bufio.Reader) (reason string, err error) {
	header := make([]byte, walHeaderSize)
	if ended, err := next(r, header); ended || err != nil {
		return "", err
	}
	w, fits := parse(header)
	if !fits {
		if ended, err := next(r, make([]byte, 1)); ended || err != nil {
			return "", err
		}
		return "its header, at byte 0, does not fit its checksum, but records follow", nil
	}

	frame := make([]byte, frameHeaderSize+w.pageSize)
	sum := w.sum
	var bad, badAt int      // the first frame that does not fit, counted from 1, and its first byte
	var commits []checksums // what a later transaction behind this frame would continue
	for n, at := 1, walHeaderSize; ; n, at = n+1, at+len(frame) {
		if ended, err := next(r, frame); ended || err != nil {
			return "", err
		}
		current := bytes.Equal(frame[8:16], w.salts)
		stored := checksumsAt(frame[16:])
		for _, commit := range commits {
			if w.over(commit, frame) == stored {
				return fmt.Sprintf("its frame %d, at byte %d, does not fit its checksum, but was synced before frame %d was written",
					bad, badAt, n), nil
			}
		}
		commits = nil
		isCommit := binary.BigEndian.Uint32(frame[4:]) != 0
		if bad == 0 {
			computed := w.over(sum, frame)
			if current && computed == stored {
				sum = stored
				continue
			}
			bad, badAt = n, at
			if isCommit { // damaged in its salts or checksum, if the next one continues what it ought to be
				commits = append(commits, computed)
			}
		}
		if isCommit && current && at%sectorSize+frameHeaderSize <= sectorSize {
			commits = append(commits, stored)
		}
	}
}

// next reads the next part of a WAL; ended is true if the WAL ends before the part does.
func next(r io.Reader, part []byte) (ended bool, err error) {
	_, err = io.ReadFull(r, part)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return true, nil
	}
	return false, err
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
