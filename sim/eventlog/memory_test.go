package eventlog_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/eventlogtest"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	assert.Nil(t, eventlog.NewMemory().Shared())
	eventlogtest.Run(t, func(*testing.T) eventlog.Log { return eventlog.NewMemory() })
}

func TestSharedMemoryOfTests(t *testing.T) {
	t.Parallel()
	eventlogtest.Run(t, func(*testing.T) eventlog.Log { return eventlogtest.Shared() })
	eventlogtest.RunNotes(t, func(*testing.T) func() eventlog.Log {
		log := eventlogtest.Shared()
		return func() eventlog.Log { return log }
	})
}

// Not parallel: it measures the heap.
func TestMemoryIsFrugalWithSmallWorlds(t *testing.T) {
	const worlds = 10_000
	record := eventlogtest.Each([]byte("shared by all, so that only the log itself is measured"))
	names := make([]string, worlds)
	for i := range names {
		names[i] = fmt.Sprintf("world-%d", i)
	}
	log := eventlog.NewMemory()
	before := heap()
	for _, name := range names {
		_, err := log.Create(t.Context(), name, record)
		require.NoError(t, err)
	}
	assert.Less(t, (heap()-before)/worlds, uint64(200), "bytes per world")
	runtime.KeepAlive(log)
	runtime.KeepAlive(names)
}

func heap() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

func TestCorruptErrorNamesThePlace(t *testing.T) {
	t.Parallel()
	assert.EqualError(t, &eventlog.CorruptError{Source: "sim.db", World: "qa", Position: 7, Reason: "the record is missing"},
		`event log sim.db, world "qa", position 7 can't be believed: the record is missing; nothing was changed`)
	assert.EqualError(t, &eventlog.CorruptError{Source: "sim.db", Reason: "it ends too early"},
		`event log sim.db can't be believed: it ends too early; nothing was changed`)
}

func ExampleLog() {
	ctx := context.Background()
	var log eventlog.Log = eventlog.NewMemory()
	head, err := log.Create(ctx, "qa", eventlogtest.Each([]byte("member registered"), []byte("flag set")))
	fmt.Println(head, err)
	fmt.Println(log.Append(ctx, "qa", head, [][]byte{[]byte("card stopped")}))
	fmt.Println(log.Append(ctx, "qa", head, [][]byte{[]byte("card stopped")}))
	for record, err := range log.Read(ctx, "qa", eventlog.Head{Log: head.Log, Last: 1}) {
		fmt.Println(record.Position, string(record.Data), err)
	}
	// Output:
	// {1 2} <nil>
	// <nil>
	// world "qa": its head is 3 of log 1, not 2 of log 1: the world's log is at another position
	// 2 flag set <nil>
	// 3 card stopped <nil>
}

func BenchmarkAppend(b *testing.B) {
	eventlogtest.Benchmark(b, func(*testing.B) eventlog.Log { return eventlog.NewMemory() })
}
