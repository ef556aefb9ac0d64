package containers_test

import (
	"archive/tar"
	"bytes"
	"debug/elf"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTheImageIsForBothArchitectures: what `make images` saves says what it is for, and holds one static program for it, with
// its license and its time zone.
func TestTheImageIsForBothArchitectures(t *testing.T) {
	t.Parallel()
	needEngine(t)
	_, err := output(t.Context(), "make", "images")
	require.NoError(t, err)
	said, err := output(t.Context(), program, "version")
	require.NoError(t, err)
	version, _, _ := strings.Cut(strings.Fields(said)[1], "+")
	for architecture, machine := range map[string]elf.Machine{"amd64": elf.EM_X86_64, "arm64": elf.EM_AARCH64} {
		saved, err := os.ReadFile(filepath.Join(repository, "out", "onshisim-"+version+"-linux-"+architecture+".tar"))
		require.NoError(t, err)
		assert.Less(t, len(saved), largest)
		archive := files(t, saved)
		var manifest []struct {
			Config           string
			RepoTags, Layers []string
		}
		require.NoError(t, json.Unmarshal(archive["manifest.json"], &manifest))
		assert.Equal(t, []string{"onshisim:" + version + "-" + architecture}, manifest[0].RepoTags)
		var image inspected
		require.NoError(t, json.Unmarshal(archive[manifest[0].Config], &image))
		assert.Equal(t, "linux/"+architecture, image.Os+"/"+image.Architecture)
		assert.Equal(t, "65532:65532", image.Config.User)

		inside := map[string][]byte{}
		for _, layer := range manifest[0].Layers {
			for name, content := range files(t, archive[layer]) {
				inside[name] = content
			}
		}
		assert.ElementsMatch(t, []string{"sim", "data/LICENSE", "usr/share/zoneinfo/Asia/Tokyo"}, slices.Collect(maps.Keys(inside)))
		binary, err := elf.NewFile(bytes.NewReader(inside["sim"]))
		require.NoError(t, err)
		assert.Equal(t, machine, binary.Machine)
		libraries, err := binary.ImportedLibraries()
		require.NoError(t, err)
		assert.Empty(t, libraries)
		for _, segment := range binary.Progs {
			assert.NotEqual(t, elf.PT_INTERP, segment.Type, "it is not static")
		}
	}
}

// files are the plain files of a tar archive.
func files(t *testing.T, archive []byte) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	for reader := tar.NewReader(bytes.NewReader(archive)); ; {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return found
		}
		require.NoError(t, err)
		if header.Typeflag == tar.TypeReg {
			found[header.Name], err = io.ReadAll(reader)
			require.NoError(t, err)
		}
	}
}
