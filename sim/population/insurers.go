package population

import (
	"cmp"
	"slices"
	"strconv"

	"onshisim/sim/numbers"
)

// Insurer is a medical insurer (医療保険者等) of the nation.
type Insurer struct{ InsurerNumber, InsurerName string }

// insurer is an insurer's place in the list: municipal insurance (市町村国保) by town, then the branches of the association
// (協会けんぽ), the company societies (健康保険組合), the mutual aid associations (共済組合) and the elderly scheme's
// (後期高齢者医療広域連合).
type insurer int

const (
	municipals, associations, companies, mutuals, elders = towns, 47, 990, 80, 47

	firstAssociation = insurer(municipals)
	firstCompany     = firstAssociation + associations
	firstMutual      = firstCompany + companies
	firstElder       = firstMutual + mutuals
	insurerCount     = firstElder + elders

	companiesPerTown = 3
)

// firstInsurer leaves the numbers before it to fixtures.
const firstInsurer = 10

func municipal(town int) insurer   { return insurer(town) }
func association(town int) insurer { return firstAssociation + insurer(town%associations) }
func mutual(town int) insurer      { return firstMutual + insurer(town%mutuals) }
func elder(town int) insurer       { return firstElder + insurer(town%elders) }

// company is one of the few that have works in a town.
func company(town, which int) insurer {
	return firstCompany + insurer((town+which*companies/companiesPerTown)%companies)
}

func (i insurer) isMunicipal() bool { return i < firstAssociation }
func (i insurer) isElder() bool     { return i >= firstElder }

// covers says whether somebody whose household lives in the town may be or have been a member.
func (i insurer) covers(town int) bool {
	switch {
	case i.isMunicipal():
		for d := range ownRefuge {
			if municipal(townOf(town, d)) == i {
				return true
			}
		}
		return false
	case i < firstCompany:
		return association(town) == i
	case i < firstMutual:
		for which := range companiesPerTown {
			if company(town, which) == i {
				return true
			}
		}
		return false
	case i < firstElder:
		return mutual(town) == i
	}
	return elder(town) == i
}

var (
	insurers        = listInsurers()
	insurersSorted  = sortedInsurers()
	insurerByNumber = numberInsurers()
)

func listInsurers() (all [insurerCount]Insurer) {
	for t := range municipals {
		all[municipal(t)] = newInsurer("", t, prefectureAndTown[t]+"国民健康保険")
	}
	for b := range associations {
		all[firstAssociation+insurer(b)] = newInsurer("01", b, "架空協会けんぽ第"+strconv.Itoa(b+1)+"支部")
	}
	for c := range companies {
		all[firstCompany+insurer(c)] = newInsurer("06", c, companyName(c)+"健康保険組合")
	}
	for m := range mutuals {
		kind := m % len(mutualKinds)
		all[firstMutual+insurer(m)] = newInsurer(mutualKinds[kind].law, m/len(mutualKinds),
			"架空"+mutualKinds[kind].name+"共済組合第"+strconv.Itoa(m/len(mutualKinds)+1)+"支部")
	}
	for e := range elders {
		all[firstElder+insurer(e)] = newInsurer("39", e, "架空県第"+strconv.Itoa(e+1)+"後期高齢者医療広域連合")
	}
	return all
}

// newInsurer has a number of prefecture 99: 法別番号, which municipal insurance lacks, prefecture, insurer, check digit.
func newInsurer(law string, ordinal int, name string) Insurer {
	var t text
	t.write(law)
	t.write("99")
	t.writeDigits(uint64(firstInsurer+ordinal), 3)
	check, _ := numbers.InsurerNumberCheckDigit(t.written())
	t.WriteByte(check)
	return Insurer{t.end(), name}
}

func sortedInsurers() []Insurer {
	sorted := slices.Clone(insurers[:])
	slices.SortFunc(sorted, func(a, b Insurer) int { return cmp.Compare(a.InsurerNumber, b.InsurerNumber) })
	return sorted
}

func numberInsurers() map[string]insurer {
	all := make(map[string]insurer, insurerCount)
	for i := range insurers {
		all[insurers[i].InsurerNumber] = insurer(i)
	}
	return all
}

// Insurers are all of them, sorted by number: a few thousand, the same in every nation.
func (n *Nation) Insurers() []Insurer { return slices.Clone(insurersSorted) }

// Insurer finds one by its number.
func (n *Nation) Insurer(number string) (Insurer, bool) {
	i, ok := insurerByNumber[number]
	if !ok {
		return Insurer{}, false
	}
	return insurers[i], true
}
