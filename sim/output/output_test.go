package output_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/output"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// requireHolds finds these files in a folder, and no others.
func requireHolds(t *testing.T, folder string, files map[string]string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	found := map[string]string{}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(folder, e.Name()))
		require.NoError(t, err)
		found[e.Name()] = string(content)
	}
	require.Equal(t, files, found)
}

func TestAFileIsReplacedAsAWhole(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "out")
	require.NoError(t, output.File(path, text("first")))
	require.NoError(t, output.File(path, func(w io.Writer) error {
		requireHoldsFirst := func() {
			content, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, "first", string(content))
		}
		requireHoldsFirst()
		defer requireHoldsFirst()
		return text("second")(w)
	}))
	requireHolds(t, folder, map[string]string{"out": "second"})

	broken := errors.New("the source broke")
	for _, path := range []string{path, filepath.Join(folder, "new")} {
		require.ErrorIs(t, output.File(path, func(w io.Writer) error { return errors.Join(text("half")(w), broken) }), broken)
		requireHolds(t, folder, map[string]string{"out": "second"})
	}
}

func TestALinkStays(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	link := filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Symlink(filepath.Join(folder, "out"), link))
	require.NoError(t, output.File(filepath.Join(folder, "out"), text("first")))
	require.NoError(t, output.File(link, text("second")))
	requireHolds(t, folder, map[string]string{"out": "second"})
}

func TestOnlyAFileIsReplaced(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, path := range []string{folder, os.DevNull} {
		require.ErrorContains(t, output.File(path, text("x")), "is a directory or device; name a file")
	}
	require.ErrorIs(t, output.File(filepath.Join(folder, "none", "out"), text("x")), os.ErrNotExist)
	requireHolds(t, folder, map[string]string{})
}

func TestAFolderAppearsFilled(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	fill := func(folder string) error { return os.WriteFile(filepath.Join(folder, "a"), []byte("1"), 0o600) }
	require.NoError(t, os.Mkdir(filepath.Join(parent, "empty"), 0o700))
	for _, name := range []string{"new", "empty"} {
		folder := filepath.Join(parent, name)
		require.NoError(t, output.Folder(folder, fill))
		requireHolds(t, folder, map[string]string{"a": "1"})
		require.ErrorContains(t, output.Folder(folder, fill), "holds files already, as a; give a folder that is new or empty")
	}
	broken := errors.New("the source broke")
	require.ErrorIs(t, output.Folder(filepath.Join(parent, "broken"), func(folder string) error {
		return errors.Join(fill(folder), broken)
	}), broken)
	require.Error(t, output.Folder(filepath.Join(parent, "new", "a"), fill), "a file is no folder")
	entries, err := os.ReadDir(parent)
	require.NoError(t, err)
	require.Len(t, entries, 2, "nothing is left beside")
}
