package sqlite

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// What the process that is killed has appended to world qa: records one by one, then many at once.
const (
	singles   = 20
	all       = 3000
	frameSize = frameHeaderSize + 4096
)

func batch() [][]byte {
	var records [][]byte
	for p := eventlog.Position(singles); p < all; p++ {
		records = append(records, record("qa", p+1))
	}
	return records
}

// image is a log as a killed process leaves it.
type image struct{ db, wal []byte }

// killedImage kills a process that has appended singles records one by one and the rest at once.
func killedImage(t *testing.T) image {
	t.Helper()
	file := newFile(t)
	cmd := second(t, "fill", file)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	acknowledged := 0
	for lines := bufio.NewScanner(out); lines.Scan(); acknowledged++ {
		if lines.Text() == "filled" {
			require.NoError(t, cmd.Process.Kill())
		}
	}
	require.Error(t, cmd.Wait(), "killed")
	require.Equal(t, singles+1, acknowledged)
	i := imageOf(t, file)
	require.Len(t, i.commits(), singles+1)
	return i
}

// imageOf copies the files of a log that is open or was killed.
func imageOf(t *testing.T, file string) image {
	t.Helper()
	db, err := os.ReadFile(file)
	require.NoError(t, err)
	wal, err := os.ReadFile(file + "-wal")
	require.NoError(t, err)
	return image{db, wal}
}

// with is the image with another WAL.
func (i image) with(wal []byte) image { return image{i.db, wal} }

// flipped is the image with a byte of its WAL flipped.
func (i image) flipped(at int) image {
	wal := bytes.Clone(i.wal)
	wal[at] ^= 0x41
	return i.with(wal)
}

// commits gives the numbers of the commit frames, from 0.
func (i image) commits() []int {
	var commits []int
	for n := 0; at(n+1) <= len(i.wal); n++ {
		if binary.BigEndian.Uint32(i.wal[at(n)+4:]) != 0 {
			commits = append(commits, n)
		}
	}
	return commits
}

// last is where the last transaction begins.
func (i image) last() int { return at(i.commits()[singles-1] + 1) }

// at is where frame n begins, counted from 0.
func at(n int) int { return walHeaderSize + n*frameSize }

// write stores the image in a directory of its own.
func (i image) write(t *testing.T) (file string) {
	t.Helper()
	file = write(t, t.TempDir(), i.db)
	require.NoError(t, os.WriteFile(file+"-wal", i.wal, 0o644))
	return file
}

// requireOpens opens the image and finds n records of world qa.
func (i image) requireOpens(t *testing.T, n eventlog.Position) {
	t.Helper()
	requireFilled(t, i.write(t), "qa", n)
}

// requireRefused does not open the image for what is in its WAL, and changes nothing.
func (i image) requireRefused(t *testing.T, reason string) {
	t.Helper()
	file := i.write(t)
	_, err := Open(t.Context(), file)
	var corrupt *eventlog.CorruptError
	require.ErrorAs(t, err, &corrupt)
	assert.Equal(t, file+"-wal", corrupt.Source)
	assert.Contains(t, corrupt.Reason, reason)
	after := imageOf(t, file)
	require.True(t, bytes.Equal(i.db, after.db), "the file was changed")
	require.True(t, bytes.Equal(i.wal, after.wal), "the WAL was changed")
	require.Equal(t, []string{"sim.db", "sim.db-wal", "sim.db.lock"}, files(t, file))
}

// seal makes all checksums of a WAL fit, in the byte order that its header names.
func seal(wal []byte) {
	order := binary.ByteOrder(binary.LittleEndian)
	if wal[3]&1 == 1 {
		order = binary.BigEndian
	}
	put := func(b []byte, s checksums) {
		binary.BigEndian.PutUint32(b, s[0])
		binary.BigEndian.PutUint32(b[4:], s[1])
	}
	sum := checksums{}.over(order, wal[:24])
	put(wal[24:], sum)
	for n := 0; at(n+1) <= len(wal); n++ {
		frame := wal[at(n):at(n+1)]
		sum = sum.over(order, frame[:8]).over(order, frame[frameHeaderSize:])
		put(frame[16:], sum)
	}
}
