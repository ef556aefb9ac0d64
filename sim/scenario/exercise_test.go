package scenario_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim/scenario"
)

// TestBriefsAreShort: they are read on a screen, beside what is to be done.
func TestBriefsAreShort(t *testing.T) {
	t.Parallel()
	all, err := scenario.LoadAll(fixtures.FS)
	require.NoError(t, err)
	for _, s := range all {
		if s.Exercise != nil {
			assert.LessOrEqual(t, len([]rune(s.Exercise.Brief)), 300, s.Name)
		}
	}
}
