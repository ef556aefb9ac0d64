package population_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onshisim/sim/population"
)

// Japan has about as many.
const japan = 125_000_000

func nationOf(t require.TestingT, persons int, protectedShare float64) *population.Nation {
	n, err := population.New(population.Spec{Seed: 7, Persons: persons, ProtectedShare: protectedShare})
	require.NoError(t, err)
	return n
}

func TestSpec(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		persons int
		share   float64
		names   string // in the error; empty: none
	}{
		{1, 0, ""},
		{population.Most, 1, ""},
		{0, 0, "Persons"},
		{-1, 0, "Persons"},
		{population.Most + 1, 0, "Persons"},
		{1, -0.1, "ProtectedShare"},
		{1, 1.1, "ProtectedShare"},
		{1, math.NaN(), "ProtectedShare"},
	} {
		spec := population.Spec{Persons: tt.persons, ProtectedShare: tt.share}
		n, err := population.New(spec)
		if tt.names != "" {
			assert.ErrorContains(t, err, tt.names)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, spec, n.Spec())
		assert.Equal(t, tt.persons, n.Persons())
	}
}

// Person i of a smaller nation is person i of a larger one; only the household in which the smaller ends is smaller.
func TestASmallerNationIsTheBeginning(t *testing.T) {
	t.Parallel()
	all := nationOf(t, population.Most, 0.01)
	for _, persons := range []int{1, 63, 1000, 4321} {
		few := nationOf(t, persons, 0.01)
		for i := range persons {
			small, large := few.Person(i), all.Person(i)
			if small.Household+large.HouseholdSize > persons {
				assert.Equal(t, persons-small.Household, small.HouseholdSize)
				small.HouseholdSize = large.HouseholdSize
			}
			require.Equal(t, large, small)
			require.Equal(t, all.Records(i), few.Records(i))
		}
	}
}

func TestAnotherSeedIsAnotherNation(t *testing.T) {
	t.Parallel()
	a := nationOf(t, 1000, 0)
	b, err := population.New(population.Spec{Seed: 8, Persons: 1000})
	require.NoError(t, err)
	same := 0
	for i := range a.Persons() {
		if a.Person(i).Name == b.Person(i).Name || a.Person(i).IndividualNumber == b.Person(i).IndividualNumber {
			same++
		}
	}
	assert.Less(t, same, 5)
}

// indexes draws persons of a nation as large as Japan.
func indexes() *rapid.Generator[int] { return rapid.IntRange(0, japan-1) }

func TestHouseholds(t *testing.T) {
	t.Parallel()
	n := nationOf(t, japan, 0.001)
	rapid.Check(t, func(t *rapid.T) {
		p := n.Person(indexes().Draw(t, "index"))
		head := n.Person(p.Household)
		assert.Equal(t, head.Index, head.Household, "the head comes first")
		for i := range p.HouseholdSize {
			other := n.Person(p.Household + i)
			assert.Equal(t, p.Household, other.Household)
			assert.Equal(t, p.HouseholdSize, other.HouseholdSize)
			assert.Equal(t, surnameOf(p.Name), surnameOf(other.Name))
			if !isProtected(&p) && !isProtected(&other) {
				assert.Equal(t, p.Address, other.Address)
			}
		}
	})
}
