package numbers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"onshisim/sim/numbers"
)

func TestValidIndividualNumber(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, number string
		want         bool
	}{
		{"as published", "123456789018", true},
		{"leading zero", "023456789013", true},
		{"remainder of 0 gives 0", "000000000000", true},
		{"remainder of 1 gives 0", "000000000060", true},
		{"remainder of 2 gives 9", "000000000019", true},
		{"wrong check digit", "123456789019", false},
		{"eleven digits", "12345678901", false},
		{"thirteen digits", "1234567890180", false},
		{"a letter", "12345678901X", false},
		{"full-width digits", "１２３４", false},
		{"nothing", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, numbers.ValidIndividualNumber(tt.number))
		})
	}
}

func TestSyntheticIndividualNumber(t *testing.T) {
	t.Parallel()
	tests := []struct {
		n    uint64
		want string
	}{
		{0, "000000000001"},
		{1, "000000000010"}, // 9 would be right
		{12_345_678_901, "123456789019"},
		{99_999_999_999, "999999999997"}, // 9·47 leaves 5: 6 would be right
		{100_000_000_000, "000000000001"},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, numbers.SyntheticIndividualNumber(tt.n))
	}
}

func TestSyntheticIndividualNumberIsNobodys(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number := numbers.SyntheticIndividualNumber(rapid.Uint64().Draw(t, "n"))
		assert.Regexp(t, `^[0-9]{12}$`, number)
		assert.False(t, numbers.ValidIndividualNumber(number), number)
	})
}

func TestSyntheticIndividualNumbersAreDistinct(t *testing.T) {
	t.Parallel()
	ordinals := rapid.Uint64Range(0, 99_999_999_999)
	rapid.Check(t, func(t *rapid.T) {
		a, b := ordinals.Draw(t, "a"), ordinals.Draw(t, "b")
		same := numbers.SyntheticIndividualNumber(a) == numbers.SyntheticIndividualNumber(b)
		assert.Equal(t, a == b, same)
	})
}
