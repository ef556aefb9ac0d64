package sim_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every reading names a test or a scenario that there is.
func TestEveryReadingHasItsTest(t *testing.T) {
	t.Parallel()
	requireTests(t, "../docs/assumptions.md", "| A")
}

// So does every threat.
func TestEveryThreatHasItsTest(t *testing.T) {
	t.Parallel()
	requireTests(t, "../docs/security.md", "| T")
}

var inCode = regexp.MustCompile("`([^`]+)`")

// requireTests finds what the last cell of each row names, in a table whose rows begin alike.
func requireTests(t *testing.T, page, begins string) {
	t.Helper()
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	tests, rows := allTests(t), 0
	for row := range strings.Lines(string(text)) {
		if !strings.HasPrefix(row, begins) {
			continue
		}
		rows++
		cells := strings.Split(row, "|")
		named := inCode.FindAllStringSubmatch(cells[len(cells)-2], -1)
		require.NotEmpty(t, named, row)
		for _, name := range named {
			if strings.HasPrefix(name[1], "fixtures/") {
				require.FileExists(t, "../"+name[1])
				continue
			}
			require.Contains(t, tests, "func "+name[1]+"(", row)
		}
	}
	require.NotZero(t, rows)
}

// allTests is the text of every test file.
func allTests(t *testing.T) string {
	t.Helper()
	var tests bytes.Buffer
	require.NoError(t, filepath.WalkDir("..", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		tests.Write(text)
		return err
	}))
	return tests.String()
}
