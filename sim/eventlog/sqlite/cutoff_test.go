package sqlite

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// requireCutsOff opens the image, whose last write is torn from a byte on, and finds n records of world qa, the rest cut
// off and told, and nothing to tell from then on.
func (i image) requireCutsOff(t *testing.T, n eventlog.Position, from int) {
	t.Helper()
	file := i.write(t)
	log := mustOpen(t, file)
	require.Equal(t, &Torn{File: file + "-wal", At: int64(from), Bytes: int64(len(i.wal) - from)}, log.Torn())
	requireRecords(t, log, "qa", n)
	left := imageOf(t, file) // as a process leaves it that is killed now
	require.True(t, bytes.Equal(i.wal[:from], left.wal), "more than that was changed")
	require.True(t, bytes.Equal(i.db, left.db), "the file was changed")
	require.NoError(t, log.Close())

	for _, file := range []string{file, left.write(t)} {
		log := mustOpen(t, file)
		require.Nil(t, log.Torn(), "it was told before")
		requireRecords(t, log, "qa", n)
		if head := headOf(t, log, "qa"); head.Log != 0 {
			extend(t, log, "qa", head, n+1)
		}
		require.NoError(t, log.Close())
	}
}

// TestATornWriteIsCutOffAndTold, wherever it broke off: within a frame's header, between header and page, within the page,
// between frames.
func TestATornWriteIsCutOffAndTold(t *testing.T) {
	t.Parallel()
	i := killedImage(t)
	within := []int{1, 8, 12, 16, frameHeaderSize - 1, frameHeaderSize, frameHeaderSize + 1, frameSize / 2, frameSize - 1}
	t.Run("the batch", func(t *testing.T) {
		t.Parallel()
		for _, whole := range []int{0, 2, (len(i.wal)-i.last())/frameSize - 1} {
			for _, more := range append(within, 0) {
				if cut := whole*frameSize + more; cut > 0 {
					i.with(i.wal[:i.last()+cut]).requireCutsOff(t, singles, i.last())
				}
			}
		}
	})
	t.Run("a single record", func(t *testing.T) {
		t.Parallel()
		commits := i.commits()
		for n := 1; n < singles; n += 8 {
			begin, end := at(commits[n-1]+1), at(commits[n]+1)
			for _, size := range []int{begin + 1, begin + frameHeaderSize, begin + frameSize/2, end - frameSize, end - 1} {
				if size > begin {
					i.with(i.wal[:size]).requireCutsOff(t, eventlog.Position(n), begin)
				}
			}
		}
	})
	t.Run("the first", func(t *testing.T) {
		t.Parallel()
		for _, size := range []int{1, walHeaderSize - 1} {
			i.with(i.wal[:size]).requireCutsOff(t, 0, 0)
		}
		damaged := bytes.Clone(i.wal[:walHeaderSize])
		damaged[3] ^= 4
		i.with(damaged).requireCutsOff(t, 0, 0)
		for _, more := range within {
			i.with(i.wal[:walHeaderSize+more]).requireCutsOff(t, 0, walHeaderSize)
		}
	})
}

// TestAWriteWithAHoleIsCutOff: its end came to the disk before its middle.
func TestAWriteWithAHoleIsCutOff(t *testing.T) {
	t.Parallel()
	i := killedImage(t)
	for _, from := range []int{i.last() + frameHeaderSize, i.last() + 3*frameSize + 100, len(i.wal) - frameSize + frameHeaderSize} {
		wal := bytes.Clone(i.wal)
		clear(wal[from:min(from+1000, len(wal))])
		i.with(wal).requireCutsOff(t, singles, i.last())
	}
}

// TestNothingTornIsNothingToTell: an end between two writes, and what is left from before the log was written from its
// start again.
func TestNothingTornIsNothingToTell(t *testing.T) {
	t.Parallel()
	i := killedImage(t)
	sizes := map[int]eventlog.Position{walHeaderSize: 0, len(i.wal): all}
	for n, commit := range i.commits()[:singles] {
		sizes[at(commit+1)] = eventlog.Position(n + 1)
	}
	images := map[string]image{}
	for size := range sizes {
		images[fmt.Sprint("cut at ", size)] = i.with(i.wal[:size])
	}
	last := stale(i)[i.last():]
	images["older frames behind"] = i.with(append(bytes.Clone(i.wal[:i.last()]), last...))
	images["an older frame, in part"] = i.with(append(bytes.Clone(i.wal[:i.last()]), last[:frameSize/2]...))
	for name, i := range images {
		file := i.write(t)
		log := mustOpen(t, file)
		require.Nil(t, log.Torn(), name)
		require.True(t, bytes.Equal(i.wal, imageOf(t, file).wal), name)
		require.NoError(t, log.Close())
	}
	file := newFile(t)
	for range 2 { // one that is new, and one that was closed well
		log := mustOpen(t, file)
		require.Nil(t, log.Torn())
		require.NoError(t, log.Close())
	}
}

// TestWhatIsRefusedIsNotCut: a log that can't be believed keeps what is torn in it, too.
func TestWhatIsRefusedIsNotCut(t *testing.T) {
	t.Parallel()
	i := killedImage(t)
	torn := i.with(i.wal[:i.last()+frameSize+100])
	torn.flipped(at(3)+100).requireRefused(t, "does not fit its checksum")

	unfit := damageLastRecord(t, i.wal[:i.last()], singles) // refused for a record, not for a frame
	torn = i.with(append(unfit, i.wal[i.last():i.last()+100]...))
	file := torn.write(t)
	_, err := Open(t.Context(), file)
	var corrupt *eventlog.CorruptError
	require.ErrorAs(t, err, &corrupt)
	require.EqualValues(t, singles, corrupt.Position)
	require.True(t, bytes.Equal(torn.wal, imageOf(t, file).wal))
}
