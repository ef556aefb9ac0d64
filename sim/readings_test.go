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
	var tests bytes.Buffer
	require.NoError(t, filepath.WalkDir("..", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		tests.Write(text)
		return err
	}))
	page, err := os.ReadFile("../docs/assumptions.md")
	require.NoError(t, err)
	for row := range strings.Lines(string(page)) {
		if !strings.HasPrefix(row, "| A") {
			continue
		}
		cells := strings.Split(row, "|")
		named := regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[len(cells)-2], -1)
		require.NotEmpty(t, named, row)
		for _, name := range named {
			if strings.HasPrefix(name[1], "fixtures/") {
				require.FileExists(t, "../"+name[1])
				continue
			}
			require.Contains(t, tests.String(), "func "+name[1]+"(", row)
		}
	}
}
