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
			worlds, heads := make([]string, writers), make([]eventlog.Head, writers)
			for i := range writers {
				worlds[i] = fmt.Sprintf("world-%d", i)
				var err error
				heads[i], err = log.Create(b.Context(), worlds[i], Each(data))
				require.NoError(b, err)
			}
			var next atomic.Int64
			b.ReportAllocs()
			b.ResetTimer()
			together(writers, func(writer int) {
				for head := heads[writer]; next.Add(1) <= int64(b.N); head.Last++ {
					if err := log.Append(b.Context(), worlds[writer], head, [][]byte{data}); err != nil {
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
