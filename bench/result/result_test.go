package result

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestASpreadIsMedianAndQuartiles(t *testing.T) {
	t.Parallel()
	assert.Equal(t, Spread{}, Of(nil))
	assert.Equal(t, Spread{2, 2, 2}, Of([]float64{2}))
	assert.Equal(t, Spread{3, 2, 4}, Of([]float64{5, 1, 4, 2, 3}))
	assert.Equal(t, Spread{1.5, 1.25, 1.75}, Of([]float64{2, 1}))
}

func TestResultsAreKept(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "a", "results.json")
	none, err := Read(file)
	require.NoError(t, err)
	assert.Equal(t, &Results{}, none)
	some := &Results{Replay: &Part[Rate]{Here(), []Rate{{"replay", 3, Of([]float64{1}), Of([]float64{2})}}}}
	require.NoError(t, some.Write(file))
	again, err := Read(file)
	require.NoError(t, err)
	assert.Equal(t, some, again)
}
