package sqlite

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// stale is what may have stood in a WAL before its last restart: the frames of that image, each a commit, with other salts.
func stale(i image) []byte {
	wal := bytes.Clone(i.wal)
	for n := 0; at(n+1) <= len(wal); n++ {
		wal[at(n)+8] ^= 0xff
		wal[at(n)+7] |= 1
	}
	return wal
}

// A machine that loses its power may leave any sectors of the transaction in flight: its commit frame without the rest, too.
func TestATornTransactionIsNoDamage(t *testing.T) {
	t.Parallel()
	i := killedImage(t)
	random := rand.New(rand.NewPCG(1, 2))
	for _, before := range map[string][]byte{"zeros": make([]byte, len(i.wal)), "stale frames": stale(i)} {
		torn := func(lost func(sector int) bool) {
			wal := bytes.Clone(i.wal)
			for from := i.last(); from < len(wal); {
				to := min(len(wal), (from/sectorSize+1)*sectorSize)
				if lost(from / sectorSize) {
					copy(wal[from:to], before[from:to])
				}
				from = to
			}
			if !bytes.Equal(wal, i.wal) { // much of a page is empty
				i.with(wal).requireOpens(t, singles)
			}
		}
		first := i.last()/sectorSize + 1
		torn(func(sector int) bool { return sector == first })
		torn(func(sector int) bool { return sector != first })
		torn(func(sector int) bool { return sector < (len(i.wal)-frameSize)/sectorSize }) // all but the commit frame
		for _, chance := range []float64{0.02, 0.1, 0.5, 0.9} {
			for range 5 {
				torn(func(int) bool { return random.Float64() < chance })
			}
		}
	}
}

// A frame's header may lie across two sectors, of which one is old: then it looks like a commit frame of this WAL.
func TestAHeaderOfTwoHalvesProvesNothing(t *testing.T) {
	t.Parallel()
	i := killedImage(t)
	for n := 0; at(n+1) < len(i.wal); n++ {
		half := at(n) + 8
		if at(n) < i.last() || half%sectorSize != 0 {
			continue
		}
		wal := bytes.Clone(i.wal)
		binary.BigEndian.PutUint32(wal[at(n)+4:], 7)
		i.with(wal).requireOpens(t, singles)
		return
	}
	t.Fatal("no frame's header lies so")
}

// After a transaction that came to nothing, the log goes on in its place. What is left of it behind is neither taken nor
// held for damage.
func TestTheRestOfATornTransactionIsNoDamage(t *testing.T) {
	t.Parallel()
	i := killedImage(t)
	clear(i.wal[i.last() : i.last()+frameSize])
	file := i.write(t)
	log := mustOpen(t, file)
	require.NoError(t, os.WriteFile(file+"-wal", i.wal, 0o644)) // as if it had come to nothing now, and not been cut off
	for head := headOf(t, log, "qa"); head.Last < singles+3; {
		head = extend(t, log, "qa", head, head.Last+1)
		next := imageOf(t, file)
		require.Len(t, next.wal, len(i.wal), "the rest is overwritten")
		next.requireOpens(t, head.Last)
	}
	i = imageOf(t, file)
	first, third := i.commits()[singles], i.commits()[singles+2]
	i.flipped(at(third)+100).requireOpens(t, singles+2)
	i.flipped(at(first)+100).requireRefused(t, "does not fit its checksum")
}

func TestFramesFromBeforeARestartAreNoDamage(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	log := mustOpen(t, file)
	head := fill(t, log, "qa", singles)
	var busy, frames, checkpointed int
	require.NoError(t, log.db.QueryRowContext(t.Context(), `PRAGMA wal_checkpoint(FULL)`).Scan(&busy, &frames, &checkpointed))
	require.Equal(t, frames, checkpointed)
	before := imageOf(t, file)
	extend(t, log, "qa", head, singles+3)
	i := imageOf(t, file)
	require.Len(t, i.wal, len(before.wal), "written from the start")
	i.requireOpens(t, singles+3)

	i.with(append(bytes.Clone(i.wal[:walHeaderSize]), before.wal[walHeaderSize:]...)).requireOpens(t, singles)
	for n := range 3 {
		i.with(append(bytes.Clone(i.wal[:at(n)]), before.wal[at(n):]...)).requireOpens(t, singles+eventlog.Position(n))
	}
	for n := 3; at(n) < len(i.wal); n++ {
		i.flipped(at(n)+100).requireOpens(t, singles+3)
	}
	i.flipped(at(2)+100).requireOpens(t, singles+2)
	i.flipped(at(1)+100).requireRefused(t, "its frame 2, at byte 4152, does not fit")
	i.flipped(at(0)+100).requireRefused(t, "its frame 1, at byte 32, does not fit")
}
