package population_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/population"
)

// scan is what a full look at a nation finds, to hold the look-ups against.
type scan struct {
	nation       *population.Nation
	namesakes    map[[2]string][]int // name or kana name, and birthdate
	certificates map[[3]string][]int
	members      map[string][]int
	principals   map[string][]int
	protected    []int
	histories    int
}

const scanned = 200_000

// scanOnce is one scan for all tests.
var scanOnce = sync.OnceValue(func() *scan {
	n, err := population.New(population.Spec{Seed: 7, Persons: scanned, ProtectedShare: 0.01})
	if err != nil {
		panic(err)
	}
	s := &scan{
		nation: n, namesakes: map[[2]string][]int{}, certificates: map[[3]string][]int{}, members: map[string][]int{},
		principals: map[string][]int{},
	}
	for i := range scanned {
		p := n.Person(i)
		s.add(&p)
	}
	return s
})

func (s *scan) add(p *population.Person) {
	for _, name := range []string{p.Name, p.NameKana} {
		key := [2]string{fold(name), strings.Clone(p.Birthdate)}
		s.namesakes[key] = append(s.namesakes[key], p.Index)
	}
	for i := range p.Members {
		m := &p.Members[i]
		key := [3]string{m.InsurerNumber, strings.Clone(m.InsuredCardSymbol), strings.Clone(m.InsuredIdentificationNumber)}
		s.certificates[key] = appendNew(s.certificates[key], p.Index)
		s.members[m.InsurerNumber] = appendNew(s.members[m.InsurerNumber], p.Index)
	}
	for _, proxy := range p.Proxies {
		proxy = strings.Clone(proxy)
		s.principals[proxy] = append(s.principals[proxy], p.Index)
	}
	if isProtected(p) {
		s.histories++
	}
	if hasFlag(p) {
		s.protected = append(s.protected, p.Index)
	}
}

// appendNew appends what isn't the last already.
func appendNew(all []int, index int) []int {
	if len(all) > 0 && all[len(all)-1] == index {
		return all
	}
	return append(all, index)
}

func TestNamesakesAreAllOfThem(t *testing.T) {
	t.Parallel()
	s := scanOnce()
	several := 0
	for key, want := range s.namesakes {
		if found := s.nation.Namesakes(key[0], key[1]); !slices.Equal(want, found) {
			t.Fatalf("%v are %v, found %v", key, want, found)
		}
		if len(want) > 1 {
			several++
		}
	}
	assert.Positive(t, several, "some persons have a name and a birthday in common")
}

func TestCertificatesAreAllOfThem(t *testing.T) {
	t.Parallel()
	s := scanOnce()
	for key, want := range s.certificates {
		if found := s.nation.ByCertificate(key[0], key[1], key[2]); !slices.Equal(want, found) {
			t.Fatalf("on %v are %v, found %v", key, want, found)
		}
	}
}

func TestProxiesAreAllOfThem(t *testing.T) {
	t.Parallel()
	s := scanOnce()
	assert.Greater(t, len(s.principals), scanned/1000)
	for i := range 5000 {
		user := s.nation.Person(i).PortalUserID
		require.Equal(t, s.principals[user], s.nation.ByProxy(user), user)
	}
}

func TestMembersOfAnInsurerAreAllOfThem(t *testing.T) {
	t.Parallel()
	s := scanOnce()
	for _, insurer := range s.nation.Insurers() {
		want := s.members[insurer.InsurerNumber]
		var found []int
		for i := range s.nation.MembersOf(insurer.InsurerNumber, 0) {
			found = append(found, i)
		}
		require.Equal(t, want, found, insurer)
		if len(want) < 3 {
			continue
		}
		middle := len(want) / 2
		for i := range s.nation.MembersOf(insurer.InsurerNumber, want[middle]) {
			require.Equal(t, want[middle], i, "from a member on")
			break
		}
		for i := range s.nation.MembersOf(insurer.InsurerNumber, want[middle-1]+1) {
			require.Equal(t, want[middle], i, "from between two members on")
			break
		}
	}
}

func TestProtectedAreAllOfThem(t *testing.T) {
	t.Parallel()
	s := scanOnce()
	var found []int
	for i := range s.nation.Protected() {
		found = append(found, i)
	}
	require.Equal(t, s.protected, found)
	assert.InEpsilon(t, 0.01*scanned, s.histories, 0.1)
}

// Nobody shares with anybody what is one person's, or with another household where it lives.
func TestNothingIsSharedByTwo(t *testing.T) {
	t.Parallel()
	const persons = 300_000
	n := nationOf(t, persons, 0.01)
	owners := make(map[string]int32, 8*persons)
	claim := func(what, value string, owner int) {
		if former, taken := owners[what+value]; taken && former != int32(owner) {
			t.Fatalf("%s%s belongs to %d and %d", what, value, former, owner)
		}
		owners[what+value] = int32(owner)
	}
	for i := range persons {
		p := n.Person(i)
		claim("individual number ", p.IndividualNumber, i)
		for _, card := range p.Cards {
			claim("card ", card.CardSerial, i)
		}
		claim("address ", p.Address, p.Household)
		for j := range p.Members {
			claim("insured number ", p.Members[j].PersonalInsuredNumber, i*4+j)
			claim("address ", p.Members[j].Address, p.Household)
		}
	}
}
