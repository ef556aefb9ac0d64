package eventlogtest

import (
	"bytes"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// Benchmark measures appends of one record of 300 bytes by 1 and by 64 writers, each in a world of its own, in records
// acknowledged per second.
func Benchmark(b *testing.B, open func(b *testing.B) eventlog.Log) {
	b.Helper()
	for _, writers := range []int{1, 64} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			log := open(b)
			data := bytes.Repeat([]byte("記録"), 50)
			var next atomic.Int64
			b.ReportAllocs()
			b.ResetTimer()
			together(writers, func(writer int) {
				world := fmt.Sprintf("world-%d", writer)
				for p := eventlog.Position(0); next.Add(1) <= int64(b.N); p++ {
					if err := log.Append(b.Context(), world, p, [][]byte{data}); err != nil {
						b.Error(err)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			b.StopTimer()
			require.NoError(b, log.Close())
		})
	}
}
