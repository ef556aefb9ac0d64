package population_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/numbers"
	"onshisim/sim/population"
)

func TestInsurers(t *testing.T) {
	t.Parallel()
	n := nationOf(t, 1, 0)
	all := n.Insurers()
	assert.True(t, slices.IsSortedFunc(all, func(a, b population.Insurer) int {
		return strings.Compare(a.InsurerNumber, b.InsurerNumber)
	}))
	laws := map[string]int{}
	names := map[string]bool{}
	for _, insurer := range all {
		require.True(t, numbers.ValidInsurerNumber(insurer.InsurerNumber), insurer)
		found, ok := n.Insurer(insurer.InsurerNumber)
		assert.True(t, ok)
		assert.Equal(t, insurer, found)
		names[insurer.InsurerName] = true
		if len(insurer.InsurerNumber) == 6 {
			laws["municipal"]++
			assert.True(t, strings.HasPrefix(insurer.InsurerNumber, "99"))
			continue
		}
		laws[insurer.InsurerNumber[:2]]++
		assert.Equal(t, "99", insurer.InsurerNumber[2:4])
	}
	assert.Equal(t, map[string]int{"municipal": 990, "01": 47, "06": 990, "31": 20, "32": 20, "33": 20, "34": 20, "39": 47}, laws)
	assert.Len(t, names, len(all), "no two have one name")
}
