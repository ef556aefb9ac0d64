package numbers_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"onshisim/sim/numbers"
)

func TestSyntheticCardSerial(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "C99000000000000", numbers.SyntheticCardSerial(0))
	assert.Equal(t, "C99000000000042", numbers.SyntheticCardSerial(42))
	assert.Equal(t, "C9918446744073709551615", numbers.SyntheticCardSerial(math.MaxUint64))
}

func TestSyntheticCardSerialsAreDistinct(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Uint64().Draw(t, "a"), rapid.Uint64().Draw(t, "b")
		assert.Equal(t, a == b, numbers.SyntheticCardSerial(a) == numbers.SyntheticCardSerial(b))
	})
}
