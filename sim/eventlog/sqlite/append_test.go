package sqlite

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

func TestWhatSQLiteRefusesConcernsNoOther(t *testing.T) {
	t.Parallel()
	const writers, last = 16, 20
	log := mustOpen(t, newFile(t))
	odd := fill(t, log, "odd", 2)
	_, err := log.db.ExecContext(t.Context(), `INSERT INTO records (world, position, checksum, data) VALUES (?, 3, 0, x'00')`, int64(odd.Log))
	require.NoError(t, err) // something stands where the next record belongs
	var writing sync.WaitGroup
	for writer := range writers {
		world := fmt.Sprintf("world-%d", writer)
		head := fill(t, log, world, 1)
		writing.Go(func() {
			for ; head.Last < last; head.Last++ {
				assert.NoError(t, log.Append(t.Context(), world, head, [][]byte{record(world, head.Last+1)}))
			}
		})
		writing.Go(func() {
			err := log.Append(t.Context(), "odd", odd, [][]byte{record("odd", 3)})
			assert.Error(t, err)
			assert.NotErrorIs(t, err, eventlog.ErrUnknownOutcome)
		})
	}
	writing.Wait()
	for writer := range writers {
		requireRecords(t, log, fmt.Sprintf("world-%d", writer), last)
	}
}
