package backup_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/backup"
)

// TestAnImportHoldsNoMoreThanItsWorld: a long life of which little is left goes in and out in little memory.
func TestAnImportHoldsNoMoreThanItsWorld(t *testing.T) {
	const (
		size  = 10 << 20 // of the export, in bytes
		bound = 6 << 20
	)
	defer debug.SetGCPercent(debug.SetGCPercent(25)) // garbage should not count for much
	export := longLife(t, size)
	log := openSQLite(t)
	most := peak(func() {
		_, err := backup.Import(t.Context(), log, "long", export, true)
		require.NoError(t, err)
	})
	t.Logf("%d MB in with %d MB of heap", size>>20, most>>20)
	require.Less(t, most, uint64(bound))
	most = peak(func() {
		require.NoError(t, backup.Write(io.Discard, backup.Export(t.Context(), log, "long")))
	})
	t.Logf("and out with %d MB", most>>20)
	require.Less(t, most, uint64(bound))
}

// longLife is an export of so many bytes: small events and large ones, each undoing the one before it.
func longLife(t *testing.T, size int) *os.File {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "long.jsonl"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, file.Close()) })
	_, export := lived(t)
	begun := strings.Split(export, "\n")[:5]
	large := `{"type":"recordsPut","version":1,"data":{"person":"hanako","records":{"checkups":[],"medicines":[` +
		strings.TrimSuffix(strings.Repeat(`{"medicineName":"架空錠"},`, 3000), ",") + `],"medicalExpenses":[]}}}`
	require.NoError(t, backup.Write(file, backup.Closed(func(yield func([]byte, error) bool) {
		written, position := 0, 0
		put := func(event string) bool {
			position++
			line := fmt.Sprintf(`{"position":%d,"at":"2021-04-01T09:00:00+09:00",%s`, position, event[1:])
			written += len(line)
			return yield([]byte(line), nil)
		}
		for _, line := range begun {
			position++
			yield([]byte(line), nil)
		}
		for written < size {
			put(large)
			for range 200 {
				put(`{"type":"clockSet","version":1,"data":{"now":"2021-04-01T09:00:00+09:00"}}`)
			}
		}
	})))
	_, err = file.Seek(0, io.SeekStart)
	require.NoError(t, err)
	return file
}

// peak is by how much the heap was larger at most while something was done, garbage included.
func peak(do func()) (most uint64) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	runtime.GC()
	metrics.Read(sample)
	before := sample[0].Value.Uint64()
	done := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		for tick := time.NewTicker(time.Millisecond); ; {
			select {
			case <-done:
				return
			case <-tick.C:
				metrics.Read(sample)
				most = max(most, sample[0].Value.Uint64())
			}
		}
	})
	do()
	close(done)
	watching.Wait()
	return most - min(before, most)
}
