package report

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/bench/result"
)

const (
	document = "../../docs/performance.md"
	folder   = "../../docs/performance"
)

// What is kept in docs is what the kept results give: after another measurement, make bench-report.
func TestTheDocumentShowsTheKeptResults(t *testing.T) {
	t.Parallel()
	kept, err := result.Read(filepath.Join(folder, "results.json"))
	require.NoError(t, err)
	text, err := os.ReadFile(document)
	require.NoError(t, err)
	filled, err := Fill(string(text), kept)
	require.NoError(t, err)
	assert.Equal(t, filled, string(text))
	plots, err := Plots(kept)
	require.NoError(t, err)
	for name, plot := range plots {
		is, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(t, err)
		assert.Equal(t, string(plot), string(is), name)
	}
}

func TestADocumentWithoutMarksIsRefused(t *testing.T) {
	t.Parallel()
	_, err := Fill("nothing", &result.Results{})
	assert.ErrorContains(t, err, "bench:hot")
}

func TestNumbersAreGrouped(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "125,000,000人", word("125000000"))
	assert.Equal(t, "125,000,000人(同じ512人を尋ねる)", word("125000000 again 512"))
	assert.Equal(t, "999", number(999.4))
	assert.Equal(t, "1,000", number(999.6))
}
