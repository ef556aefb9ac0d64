package leakscan_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/leakscan"
)

func pack(t testing.TB, text string) string {
	t.Helper()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return packed.String()
}

func TestGzipIsUnpacked(t *testing.T) {
	t.Parallel()
	for name, packed := range map[string]string{
		"one member":      pack(t, "あ\n "+address),
		"several members": pack(t, "あ\n") + pack(t, " "+address[:7]) + pack(t, "") + pack(t, address[7:]),
		"several blocks":  pack(t, "あ\n "+address+strings.Repeat("\n", 200_000)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report := scan(t, packed)
			assert.True(t, report.Unpacked)
			require.Len(t, report.Findings, 1)
			assert.Equal(t, [3]int64{2, 2, 5}, [3]int64{report.Findings[0].Line, report.Findings[0].Column, report.Findings[0].Offset})
		})
	}
}

func TestBrokenGzipIsAnErrorAfterWhatCouldBeRead(t *testing.T) {
	t.Parallel()
	packed := pack(t, address+strings.Repeat(" あいう", 50_000))
	tests := []struct {
		name, packed string
		total        int
	}{
		{"cut in its header", packed[:5], 0},
		{"nothing but the magic", "\x1f\x8b", 0},
		{"no such method", "\x1f\x8b\x01" + packed[3:], 0},
		{"cut in its text", packed[:len(packed)/2], 1},
		{"cut in its checksum", packed[:len(packed)-1], 1},
		{"wrong checksum", packed[:len(packed)-5] + "\x00" + packed[len(packed)-4:], 1},
		{"followed by something else", packed + "something else", 1},
		{"followed by a cut member", packed + packed[:12], 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			report, err := leakscan.New(items).Scan(context.Background(), strings.NewReader(tt.packed))
			require.ErrorIs(t, err, leakscan.ErrBrokenGzip)
			require.ErrorContains(t, err, "broken gzip stream after ")
			assert.Equal(t, tt.total, report.Total)
			assert.Equal(t, int64(len(tt.packed)), report.Bytes)
			assert.True(t, report.Unpacked)
			assert.NotNil(t, report.Findings)
		})
	}
}

func TestAFailingReaderIsAnErrorAfterWhatCouldBeRead(t *testing.T) {
	t.Parallel()
	for _, failure := range []error{errors.New("the line is cut"), io.ErrUnexpectedEOF} {
		for name, text := range map[string]string{"plain": address, "gzip": pack(t, address), "a byte": "\x1f", "nothing": ""} {
			report, err := leakscan.New(items).Scan(context.Background(), io.MultiReader(strings.NewReader(text), iotest.ErrReader(failure)))
			require.ErrorIs(t, err, failure, name)
			require.NotErrorIs(t, err, leakscan.ErrBrokenGzip, name)
			assert.Equal(t, len(text) > 1, report.Total == 1, name)
			assert.Equal(t, int64(len(text)), report.Bytes, name)
		}
	}
}

func TestAScanEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	endless := readerFunc(func(p []byte) (int, error) {
		cancel()
		return copy(p, address), nil
	})
	report, err := leakscan.New(items).Scan(ctx, endless)
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, 1, report.Total)
	assert.Equal(t, int64(len(address)), report.Bytes)
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
