package oqs_test

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/stretchr/testify/require"
)

// files is how many requests one round of the benchmark drops.
const files = 10_000

// inFlight is how many requests a client has on the way at the same time.
const inFlight = 16

// BenchmarkFiles drops 10,000 request files into req and takes their answers out of res. It tells files per second, how long
// it is from the rename of a request to that of its answer (p50, p99), and how much the heap has grown from the first thousand
// files to the last.
func BenchmarkFiles(b *testing.B) {
	x := start(b)
	answered := watchAnswers(b, x)
	require.NoError(b, os.MkdirAll(x.path("out"), 0o700))
	x.ask(b, "OQSsiquc01", "first", yuko)
	<-answered
	for b.Loop() {
		b.StopTimer()
		names := make([]string, files)
		for i := range names {
			names[i] = fmt.Sprintf("%012d.xml", i)
			require.NoError(b, os.WriteFile(x.path("out", names[i]), []byte(yuko), 0o600))
		}
		b.StartTimer()
		took := make([]time.Duration, 0, files)
		var heap [2]uint64
		sent := make(map[string]time.Time, files)
		began := time.Now()
		for next := 0; len(took) < files; {
			for ; next < files && next-len(took) < inFlight; next++ {
				sent["OQSsiquc01res_"+names[next]] = time.Now()
				require.NoError(b, os.Rename(x.path("out", names[next]), x.path("req", "OQSsiquc01req_"+names[next])))
			}
			a := <-answered
			took = append(took, a.at.Sub(sent[a.name]))
			require.NoError(b, os.Remove(x.path("res", a.name)))
			if done := len(took); done == files/10 || done == files {
				heap[done/files] = heapInUse()
			}
		}
		spent := time.Since(began)
		slices.Sort(took)
		b.ReportMetric(files/spent.Seconds(), "files/s")
		b.ReportMetric(milliseconds(took[files/2]), "p50-ms")
		b.ReportMetric(milliseconds(took[files*99/100]), "p99-ms")
		b.ReportMetric((float64(heap[1])-float64(heap[0]))/(1<<20), "heap-growth-MB")
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1e3 }

// heapInUse is what is reachable.
func heapInUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// renaming is an answer that appeared.
type renaming struct {
	name string
	at   time.Time
}

// watchAnswers tells of answers as the system tells of them.
func watchAnswers(b *testing.B, x *terminal) <-chan renaming {
	b.Helper()
	watcher, err := fsnotify.NewBufferedWatcher(1024)
	require.NoError(b, err)
	require.NoError(b, watcher.Add(x.path("res")))
	renamed := make(chan renaming, 2*inFlight)
	var watching sync.WaitGroup
	watching.Go(func() {
		for e := range watcher.Events {
			if name := e.Name[len(x.path("res"))+1:]; e.Op.Has(fsnotify.Create) && name[len(name)-4:] == ".xml" {
				renamed <- renaming{name, time.Now()}
			}
		}
	})
	b.Cleanup(func() {
		require.NoError(b, watcher.Close())
		watching.Wait()
	})
	return renamed
}
