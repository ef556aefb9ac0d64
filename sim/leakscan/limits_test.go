package leakscan_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/leakscan"
)

func TestAtMostTwentyPlacesOfAnItemAreListed(t *testing.T) {
	t.Parallel()
	report := scan(t, strings.Repeat("000-0202\n", 20))
	assert.Len(t, report.Findings, 20)
	assert.False(t, report.Cut)

	report = scan(t, strings.Repeat("000-0202\n", 30_000)+"99130017")
	assert.Equal(t, 30_001, report.Total)
	assert.True(t, report.Cut)
	require.Len(t, report.Findings, 21)
	assert.Equal(t, int64(20), report.Findings[19].Line)
	assert.Equal(t, leakscan.InsurerNumber, report.Findings[20].Kind)
}

func TestAtMostAThousandFindingsAreListed(t *testing.T) {
	t.Parallel()
	var many []leakscan.Item
	var text strings.Builder
	for i := range 1200 {
		number := fmt.Sprintf("99%08d", i)
		many = append(many, leakscan.Item{Person: number, Kind: leakscan.ClinicCode, Text: number})
		text.WriteString(number + ",")
	}
	report, err := leakscan.New(many).Scan(context.Background(), strings.NewReader(text.String()))
	require.NoError(t, err)
	assert.Equal(t, 1200, report.Total)
	assert.True(t, report.Cut)
	require.Len(t, report.Findings, 1000)
	assert.Equal(t, int64(999*11), report.Findings[999].Offset)
}

func TestALargeTextWithoutTheItemsHasNoFindings(t *testing.T) {
	t.Parallel()
	assert.Equal(t, leakscan.Report{Bytes: 8 << 20, Findings: []leakscan.Finding{}}, scanGenerated(t, logLine(t), 8<<20))
}

// logLine is like most of a log: it has numbers and texts that begin as the items do.
func logLine(t testing.TB) []byte {
	t.Helper()
	return []byte(`2021-04-01T09:00:00.000+09:00 INFO  [http-8080-exec-3] GET /api/v1/patients/0000201?n=%E6%9E%B6%E7%A9%BA` +
		` status=200 bytes=4711 agent="Mozilla/5.0 (X11; Linux x86_64)"` + "\n" +
		`{"name":"恩師 花子","address":"架空県幻市現町二丁目","postNumber":"000-0203","note":"\u67b6\u7a7a"}` + "\n" +
		shiftJIS(t, "受付,架空県空想市本町,オンシ健康保険,99130016") + "\n")
}

// scanGenerated scans so many bytes that are never all in memory: a text over and over.
func scanGenerated(t testing.TB, text []byte, size int64) leakscan.Report {
	t.Helper()
	at := 0
	report, err := leakscan.New(items).Scan(context.Background(), io.LimitReader(readerFunc(func(p []byte) (int, error) {
		n := copy(p, text[at:])
		at = (at + n) % len(text)
		return n, nil
	}), size))
	require.NoError(t, err)
	return report
}

// Not parallel: what other tests allocate would be counted.
func TestMemoryDoesNotGrowWithTheText(t *testing.T) {
	// Mostly lines that are scanned fast even under the race detector.
	text := append(logLine(t), bytes.Repeat([]byte("GET /index.html HTTP/1.1\n"), 1000)...)
	allocated := func(size int64) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		scanGenerated(t, text, size)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	allocated(1) // makes the tables that all scanners share
	little := allocated(1 << 20)
	assert.Less(t, allocated(256<<20), little+64<<10)
	assert.Less(t, little, uint64(4<<20))
}

// Findings beyond what is listed are counted, not kept. Not parallel either.
func TestMemoryDoesNotGrowWithTheFindings(t *testing.T) {
	scanner := leakscan.New(items)
	allocated := func(text string) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := scanner.Scan(context.Background(), strings.NewReader(text))
		require.NoError(t, err)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	text := strings.Repeat("000-0202 架空県幻市夢見町１－\n", 100_000)
	little := allocated(text[:len(text)/10])
	assert.Less(t, allocated(text), little+64<<10)
}

func TestAScannerServesManyScansAtOnce(t *testing.T) {
	t.Parallel()
	scanner := leakscan.New(items)
	var scans sync.WaitGroup
	for i := range 8 {
		scans.Go(func() {
			text := strings.Repeat(" ", i) + address
			report, err := scanner.Scan(context.Background(), strings.NewReader(text))
			if assert.NoError(t, err) && assert.Len(t, report.Findings, 1) {
				assert.Equal(t, int64(i), report.Findings[0].Offset)
			}
		})
	}
	scans.Wait()
}

func BenchmarkScan(b *testing.B) {
	line := logLine(b)
	for name, unit := range map[string][]byte{
		"log":      line,
		"ASCII":    line[:bytes.IndexByte(line, '\n')+1],
		"Japanese": []byte("恩師花子の住所は架空県空想市本町にある集合住宅の一室で、保険はオンシ健康保険である。\n"),
	} {
		b.Run(name, func(b *testing.B) {
			text := bytes.Repeat(unit, 4<<20/len(unit))
			scanner := leakscan.New(items)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := scanner.Scan(context.Background(), bytes.NewReader(text)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
