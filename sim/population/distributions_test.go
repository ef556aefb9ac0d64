package population_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// The nation is about as Japan is. The bounds are a few percent points around its statistics of 2020.
func TestDistributions(t *testing.T) {
	t.Parallel()
	n := nationOf(t, japan, 0)
	const persons = 64 * 500
	var households, below15, from65, from75, women, cards, registered, dependants, chains float64
	sizes, laws := map[int]float64{}, map[string]float64{}
	for i := range persons {
		p := n.Person(i)
		if p.Index == p.Household {
			households++
			sizes[min(p.HouseholdSize, 5)]++
		}
		age := ageOf(&p)
		below15 += count(age < 15)
		from65 += count(age >= 65)
		from75 += count(age >= 75)
		women += count(p.Sex1 == "2")
		cards += count(len(p.Cards) > 0)
		registered += count(p.RegisteredCard != "")
		last := &p.Members[len(p.Members)-1]
		dependants += count(last.PersonalFamilyClassification == "2")
		laws[last.InsurerNumber[:2]]++
		chains += count(len(p.Members) > 1)
	}
	for size, share := range map[int]float64{1: 0.38, 2: 0.28, 3: 0.18, 4: 0.12, 5: 0.04} {
		assert.InDelta(t, share, sizes[size]/households, 0.02, "households of %d", size)
	}
	assert.InDelta(t, 0.12, below15/persons, 0.02, "below 15")
	assert.InDelta(t, 0.29, from65/persons, 0.02, "65 and more")
	assert.InDelta(t, 0.15, from75/persons, 0.02, "75 and more")
	assert.InDelta(t, 0.51, women/persons, 0.03, "women")
	assert.InDelta(t, 0.70, cards/persons, 0.03, "with a card")
	assert.InDelta(t, 0.60, registered/cards, 0.03, "registered")
	assert.InDelta(t, 0.25, dependants/persons, 0.08, "dependants")
	assert.InDelta(t, 0.5, chains/persons, 0.2, "with former insurers")
	for law, share := range map[string]float64{"99": 0.24, "01": 0.30, "06": 0.23, "39": 0.15} {
		assert.InDelta(t, share, laws[law]/persons, 0.06, law)
	}
}

func count(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// Children of a family are named differently, and the most frequent surname is that of one person in sixty or so.
func TestNames(t *testing.T) {
	t.Parallel()
	n := nationOf(t, japan, 0)
	surnames := map[string]int{}
	const households = 20_000
	index := 0
	for range households {
		head := n.Person(index)
		surnames[surnameOf(head.Name)]++
		names := map[string]bool{}
		for i := range head.HouseholdSize {
			p := n.Person(head.Index + i)
			names[p.Name+p.Sex1+p.Birthdate[:2]] = true
		}
		assert.GreaterOrEqual(t, len(names), head.HouseholdSize-1)
		index += head.HouseholdSize
	}
	assert.Greater(t, len(surnames), 500)
	assert.InDelta(t, households/60, surnames["佐藤"], households/120)
}

func TestInstitutions(t *testing.T) {
	t.Parallel()
	n := nationOf(t, 1, 0)
	kinds, areas := map[string]int{}, map[string]int{}
	for i := range n.Institutions() {
		in := n.Institution(i)
		index, ok := n.InstitutionByCode(in.MedicalInstitutionCode)
		if !ok || index != i {
			t.Fatalf("%v finds %d", in, index)
		}
		kinds[in.Kind]++
		areas[in.Area]++
	}
	assert.Equal(t, 200_000, n.Institutions())
	assert.Len(t, kinds, 3)
	assert.Len(t, areas, 990)
	address := nationOf(t, japan, 0).Person(77).Address
	found := false
	for area := range areas {
		found = found || len(address) > len(area) && address[:len(area)] == area
	}
	assert.True(t, found, "areas are written as in addresses")
}
