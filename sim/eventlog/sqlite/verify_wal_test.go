package sqlite

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// frameParts are bytes of each part of a frame.
var frameParts = map[string]int{
	"page number": 3, "commit mark": 7, "salt 1": 8, "salt 2": 15, "checksum 1": 16, "checksum 2": 23,
	"page's begin": 24, "page's middle": 2000, "page's end": frameSize - 1,
}

func TestDamageBeforeTheLastTransactionIsRefused(t *testing.T) {
	t.Parallel()
	i := killedImage(t)
	i.requireOpens(t, all)
	for _, order := range []uint32{0, 1} {
		wal := bytes.Clone(i.wal)
		binary.BigEndian.PutUint32(wal, walMagic|order)
		seal(wal)
		i := i.with(wal)
		i.requireOpens(t, all)
		for n := 0; at(n) < i.last(); n++ {
			for part, offset := range frameParts {
				t.Run(fmt.Sprintf("order %d, frame %d, %s", order, n, part), func(t *testing.T) {
					i.flipped(at(n)+offset).requireRefused(t, fmt.Sprintf("its frame %d, at byte %d, does not fit", n+1, at(n)))
				})
			}
		}
	}
}

func TestADamagedHeaderIsRefused(t *testing.T) {
	t.Parallel()
	i := killedImage(t)
	for offset := range walHeaderSize {
		i.flipped(offset).requireRefused(t, "its header, at byte 0, does not fit its checksum, but records follow")
	}
	i.with(make([]byte, len(i.wal))).requireRefused(t, "its header")
	i.flipped(3).with(i.flipped(3).wal[:walHeaderSize]).requireOpens(t, 0)
}

func TestALostSectorOrPageIsRefused(t *testing.T) {
	t.Parallel()
	i := killedImage(t)
	for _, size := range []int{sectorSize, 4096} {
		for from := 0; from < i.last()-2*frameSize; from += size {
			wal := bytes.Clone(i.wal)
			clear(wal[from : from+size])
			if !bytes.Equal(wal, i.wal) { // much of a page is empty
				i.with(wal).requireRefused(t, "does not fit its checksum")
			}
		}
	}
}

// The limit: what was damaged later looks like what was never written.
func TestDamageInTheLastTransactionLooksTorn(t *testing.T) {
	t.Parallel()
	i := killedImage(t)
	for _, from := range []int{i.last(), i.last() + 5*frameSize, len(i.wal) - frameSize} {
		for part, offset := range frameParts {
			if part == "commit mark" && from+frameSize < len(i.wal) {
				i.flipped(from+offset).requireRefused(t, "does not fit its checksum") // no tear makes one
				continue
			}
			i.flipped(from+offset).requireOpens(t, singles)
		}
	}
}

func TestATruncatedWALHoldsTheRecordsBefore(t *testing.T) {
	t.Parallel()
	i := killedImage(t)
	sizes := []int{0, 1, walHeaderSize - 1, walHeaderSize, walHeaderSize + 1, len(i.wal) - 1, i.last() + frameSize}
	for n := 0; at(n) <= i.last(); n++ {
		sizes = append(sizes, at(n), at(n)+8, at(n)+frameHeaderSize, at(n)+2000, at(n+1)-1)
	}
	for _, size := range sizes {
		var n eventlog.Position
		for _, commit := range i.commits() {
			if at(commit+1) <= size {
				n++
			}
		}
		i.with(i.wal[:size]).requireOpens(t, n)
	}
}

func TestChecksums(t *testing.T) {
	t.Parallel()
	require.Equal(t, checksums{5, 6}, checksums{5, 6}.over(binary.LittleEndian, nil))
	require.Equal(t, checksums{1, 3}, checksums{}.over(binary.BigEndian, []byte{0, 0, 0, 1, 0, 0, 0, 2}))
	require.Equal(t, checksums{1, 3}, checksums{}.over(binary.LittleEndian, []byte{1, 0, 0, 0, 2, 0, 0, 0}))
}
