package e2e_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestATornWriteIsToldOnce: what a kill left of a write is cut off at the next start, which says so; the one after that has
// nothing to say, and what was acknowledged is there.
func TestATornWriteIsToldOnce(t *testing.T) {
	t.Parallel()
	for locale, says := range map[string]string{
		"LANG=C":           "of a write that was never finished; they were cut off",
		"LANG=ja_JP.UTF-8": "切り捨てました",
	} {
		file := filepath.Join(t.TempDir(), "sim.db")
		s := serve(t, "--data", file)
		protect(t, s, "before the kill")
		require.NoError(t, s.Process.Kill())
		s.Wait(t)
		tearWAL(t, file+"-wal")

		e := runIn(t, locale, "serve", "--listen", "nowhere", "--data", file) // ends for its address
		assert.Contains(t, e.stderr, `"level":"WARN"`)
		assert.Contains(t, e.stderr, "sim.db-wal")
		assert.Contains(t, e.stderr, says)
		s = serve(t, "--data", file)
		assert.Contains(t, flagsOf(t, s), "before the kill")
		protect(t, s, "before another")
		require.NoError(t, s.Process.Kill())
		s.Wait(t)
		assert.NotContains(t, s.Stderr.String(), `"level":"WARN"`, "it was told before")
		tearWAL(t, file+"-wal")
		e = run(t, "export", "--data", file)
		assert.Equal(t, 0, e.status)
		assert.Contains(t, e.stdout, "before another")
		assert.Contains(t, e.stderr, "of a write that was never finished; they were cut off")
		assert.Empty(t, succeeds(t, "export", "--data", file, "--out", filepath.Join(t.TempDir(), "export.jsonl")).stderr)
	}
}

// tearWAL puts the beginning of one more frame behind a write-ahead log, as a write does that is broken off: a copy of the
// first one's header and some of its page.
func tearWAL(t *testing.T, wal string) {
	t.Helper()
	const header, part = 32, 500
	content, err := os.ReadFile(wal)
	require.NoError(t, err)
	require.Greater(t, len(content), header+part)
	require.NoError(t, os.WriteFile(wal, append(content, content[header:header+part]...), 0o600))
}
