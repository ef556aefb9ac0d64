package population_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// stable is the hash of the persons below. It can't come from anywhere but the code: it is no proof that they are right,
// but the promise that no release changes a nation that somebody works with.
const stable = "095b696318cd2a1a60eb79ba7db2025390b563acedcdf5841ef738204b10d233"

func TestANationStaysTheSame(t *testing.T) {
	t.Parallel()
	n := nationOf(t, japan, 0.001)
	sum := sha256.New()
	lines := json.NewEncoder(sum)
	add := func(index int) {
		require.NoError(t, lines.Encode(n.Person(index)))
		require.NoError(t, lines.Encode(n.Records(index)))
	}
	for i := range 2000 {
		add(i)
	}
	for i := range 500 {
		add(japan / 500 * i)
	}
	for i := range 20_000 {
		require.NoError(t, lines.Encode(n.Institution(10*i)))
	}
	require.NoError(t, lines.Encode(n.Insurers()))
	assert.Equal(t, stable, hex.EncodeToString(sum.Sum(nil)))
}
