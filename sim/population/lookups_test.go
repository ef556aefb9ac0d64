package population_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onshisim/sim/population"
)

// finds holds every look-up of every key of a person against the person.
func finds(t require.TestingT, n *population.Nation, index int) {
	p := n.Person(index)
	isHim := func(found int, ok bool) {
		require.True(t, ok)
		require.Equal(t, index, found)
	}
	isHim(n.ByID(p.ID))
	isHim(n.ByPortalUser(p.PortalUserID))
	isHim(n.ByIndividualNumber(p.IndividualNumber))
	for _, card := range p.Cards {
		isHim(n.ByCard(card.CardSerial))
	}
	require.True(t, n.IsBornOn(index, p.Birthdate))
	require.False(t, n.IsBornOn(index, "2021-02-29"))
	require.False(t, n.IsBornOn(index, birthday(&p, 1)))
	require.Contains(t, n.Namesakes(fold(p.Name), p.Birthdate), index)
	require.Contains(t, n.Namesakes(fold(p.NameKana), p.Birthdate), index)
	for _, proxy := range p.Proxies {
		require.Contains(t, n.ByProxy(proxy), index)
	}
	for i := range p.Members {
		m := &p.Members[i]
		isHim(n.ByPersonalInsuredNumber(m.PersonalInsuredNumber))
		require.Contains(t, n.ByCertificate(m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber), index)
		first, behind := n.HouseholdOfCertificate(m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber)
		require.LessOrEqual(t, first, index)
		require.Less(t, index, behind)
		for found := range n.MembersOf(m.InsurerNumber, index) {
			require.Equal(t, index, found)
			break
		}
	}
}

func TestEveryKeyFindsItsPerson(t *testing.T) {
	t.Parallel()
	for _, persons := range []int{1, 2, 100, 3000} {
		n := nationOf(t, persons, 0.05)
		for i := range persons {
			finds(t, n, i)
		}
	}
}

func TestEveryKeyFindsItsPersonInALargeNation(t *testing.T) {
	t.Parallel()
	n := nationOf(t, japan, 0.01)
	finds(t, n, 0)
	finds(t, n, japan-1)
	rapid.Check(t, func(t *rapid.T) {
		for range 20 {
			finds(t, n, indexes().Draw(t, "index"))
		}
	})
}

func TestKeysOfNobodyFindNobody(t *testing.T) {
	t.Parallel()
	n, more := nationOf(t, 1000, 0.01), nationOf(t, japan, 0.01)
	for i := 1000; i < 3000; i++ {
		p := more.Person(i)
		isNobody(t, n.ByID, p.ID)
		isNobody(t, n.ByPortalUser, p.PortalUserID)
		isNobody(t, n.ByIndividualNumber, p.IndividualNumber)
		for _, card := range p.Cards {
			isNobody(t, n.ByCard, card.CardSerial)
		}
		for j := range p.Members {
			m := &p.Members[j]
			isNobody(t, n.ByPersonalInsuredNumber, m.PersonalInsuredNumber)
			if p.Household < 1000 {
				continue
			}
			assert.Empty(t, n.ByCertificate(m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber))
		}
	}
	for i := range n.Persons() {
		p := n.Person(i)
		isNobody(t, n.ByID, "n-0"+strings.TrimPrefix(p.ID, "n-"))
		isNobody(t, n.ByIndividualNumber, withDigit(p.IndividualNumber, 11))
		m := &p.Members[0]
		isNobody(t, n.ByPersonalInsuredNumber, withDigit(m.PersonalInsuredNumber, 5))
		assert.Empty(t, n.ByCertificate(withDigit(m.InsurerNumber, 5), m.InsuredCardSymbol, m.InsuredIdentificationNumber))
		assert.Empty(t, n.ByCertificate(m.InsurerNumber, m.InsuredCardSymbol+"1", m.InsuredIdentificationNumber))
		assert.NotContains(t, n.Namesakes(fold(p.Name), "1999-02-29"), i)
	}
}

// Some keys that base.yaml uses: a nation must not answer for persons written by hand.
func TestFixturesAreNobodyInANation(t *testing.T) {
	t.Parallel()
	n := nationOf(t, population.Most, 0)
	for i := range 1000 {
		isNobody(t, n.ByIndividualNumber, "99000"+strconv.Itoa(1_000_000 + i*7919)[:7])
	}
	for _, number := range []string{"06990014", "01990019", "990010", "39990015", "990028", "990036", "990044"} {
		_, ok := n.Insurer(number)
		assert.False(t, ok, number)
	}
	for _, code := range []string{"9919990011", "9910020024", "9939990017", "9949990015", "9910330035", "9910170019"} {
		isNobody(t, n.InstitutionByCode, code)
	}
}

func isNobody(t *testing.T, find func(string) (int, bool), key string) {
	t.Helper()
	found, ok := find(key)
	assert.False(t, ok, "%s finds %d", key, found)
}

// withDigit gives a number another digit at a place.
func withDigit(number string, at int) string {
	b := []byte(number)
	b[at] = '0' + (b[at]-'0'+1)%10
	return string(b)
}

// Whatever is looked for, nothing panics, and what is found has the key.
func FuzzLookUps(f *testing.F) {
	n := nationOf(f, japan, 0.01)
	p := n.Person(4242)
	m := &p.Members[0]
	for _, key := range []string{p.ID, p.PortalUserID, p.IndividualNumber, m.PersonalInsuredNumber, "", "n-", "C99", "n-18446744073709551616", "佐藤 正"} {
		f.Add(key, m.InsuredCardSymbol, m.InsuredIdentificationNumber)
	}
	f.Add(m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber)
	f.Add(fold(p.Name), p.Birthdate, "")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		holds := func(find func(string) (int, bool), keys func(*population.Person) []string) {
			if index, ok := find(a); ok {
				p := n.Person(index)
				require.Contains(t, keys(&p), a)
			}
		}
		holds(n.ByID, func(p *population.Person) []string { return []string{p.ID} })
		holds(n.ByPortalUser, func(p *population.Person) []string { return []string{p.PortalUserID} })
		holds(n.ByIndividualNumber, func(p *population.Person) []string { return []string{p.IndividualNumber} })
		holds(n.ByCard, cardsOf)
		holds(n.ByPersonalInsuredNumber, insuredNumbersOf)
		if index, ok := n.InstitutionByCode(a); ok {
			require.Equal(t, a, n.Institution(index).MedicalInstitutionCode)
		}
		for _, index := range n.Namesakes(a, b) {
			p := n.Person(index)
			require.Equal(t, b, p.Birthdate)
			require.Contains(t, []string{fold(p.Name), fold(p.NameKana)}, a)
		}
		for _, index := range n.ByCertificate(a, b, c) {
			require.True(t, slices.ContainsFunc(n.Person(index).Members, func(m population.Member) bool {
				return m.InsurerNumber == a && m.InsuredCardSymbol == b && m.InsuredIdentificationNumber == c
			}))
		}
		for _, index := range n.ByProxy(a) {
			require.Contains(t, n.Person(index).Proxies, a)
		}
	})
}

func cardsOf(p *population.Person) (serials []string) {
	for _, c := range p.Cards {
		serials = append(serials, c.CardSerial)
	}
	return serials
}

func insuredNumbersOf(p *population.Person) (all []string) {
	for i := range p.Members {
		all = append(all, p.Members[i].PersonalInsuredNumber)
	}
	return all
}
