package population_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/population"
)

func TestShareOfProtectedPersons(t *testing.T) {
	t.Parallel()
	for _, share := range []float64{0.001, 0.02, 0.5, 1} {
		n := nationOf(t, population.Most, share)
		const persons = 60_000
		histories := 0
		for i := range persons {
			if p := n.Person(i); isProtected(&p) {
				histories++
			}
		}
		assert.InEpsilon(t, share*persons, histories, 0.1, share)
	}
}

func TestNobodyIsProtectedUnlessAsked(t *testing.T) {
	t.Parallel()
	n := nationOf(t, 20_000, 0)
	for i := range n.Protected() {
		t.Fatal(i)
	}
	for i := range n.Persons() {
		p := n.Person(i)
		require.False(t, isProtected(&p))
	}
}

// The flags in force are what the history comes to, and the history is one that the notice knows (P15-1, P16-1, P17-1).
func TestFlagsAreTheFoldOfTheirHistory(t *testing.T) {
	t.Parallel()
	n := nationOf(t, japan, 0.01)
	stories := map[string]int{}
	seen := 0
	for i := range n.Protected() {
		p := n.Person(i)
		for j := range p.Members {
			m := &p.Members[j]
			nonDisclosure, blocked := foldFlags(t, m)
			require.Equal(t, m.NonDisclosure, nonDisclosure)
			require.Equal(t, m.SelfInformationBlocked, blocked)
		}
		stories[story(&p)]++
		if seen++; seen == 5000 {
			break
		}
	}
	require.Equal(t, 5000, seen)
	for _, told := range []string{"A both, B both", "A non-disclosure, B non-disclosure", "A both, B none", "A both", "A non-disclosure"} {
		assert.Greater(t, stories[told], 50, "%s of %v", told, stories)
	}
}

func foldFlags(t *testing.T, m *population.Member) (nonDisclosure, blocked bool) {
	before := m.QualificationDate
	for _, change := range m.FlagHistory {
		require.GreaterOrEqual(t, change.AppliedOn, before, "acts are in order, and those of the insurer of that time")
		require.Regexp(t, `^`+change.AppliedOn+`T\d\d:\d\d:00\+09:00$`, change.At)
		require.Less(t, change.AppliedOn, population.AsOf)
		require.NotEmpty(t, change.Reason)
		require.False(t, change.NonDisclosure == nil && change.SelfInformationBlocked == nil)
		before = change.AppliedOn
		if change.NonDisclosure != nil {
			nonDisclosure = *change.NonDisclosure
		}
		if change.SelfInformationBlocked != nil {
			blocked = *change.SelfInformationBlocked
		}
	}
	return nonDisclosure, blocked
}

// story tells which flags are in force at the insurers who ever set one.
func story(p *population.Person) (told string) {
	letters := "ABCD"
	for i := range p.Members {
		m := &p.Members[i]
		if len(m.FlagHistory) == 0 {
			continue
		}
		if told != "" {
			told += ", "
		}
		told, letters = told+letters[:1], letters[1:]
		switch {
		case m.NonDisclosure && m.SelfInformationBlocked:
			told += " both"
		case m.NonDisclosure:
			told += " non-disclosure"
		default:
			told += " none"
		}
	}
	return told
}

// Who fled lives elsewhere: the insurer of that time knows the old address, the present one the refuge.
func TestWhoFledLivesElsewhere(t *testing.T) {
	t.Parallel()
	n := nationOf(t, japan, 0.001)
	families, cards, seen := 0, 0, 0
	for i := range n.Protected() {
		p := n.Person(i)
		head := n.Person(p.Household)
		if p.Index != head.Index {
			assert.NotEqual(t, head.Address, p.Address)
		}
		assert.Empty(t, p.Proxies)
		last := &p.Members[len(p.Members)-1]
		assert.Equal(t, p.Address, last.Address)
		if len(p.Members) > 1 && len(last.FlagHistory) > 0 && len(p.Members[len(p.Members)-2].FlagHistory) > 0 {
			families++
			former := &p.Members[len(p.Members)-2]
			assert.NotEqual(t, p.Address, former.Address)
			assert.Equal(t, "2", former.PersonalFamilyClassification)
			assert.Len(t, last.InsurerNumber, 6, "municipal insurance")
			assert.NotContains(t, n.ByCertificate(last.InsurerNumber, last.InsuredCardSymbol, last.InsuredIdentificationNumber), head.Index)
		}
		if len(p.Cards) == 2 {
			cards++
		}
		if seen++; seen == 2000 {
			break
		}
	}
	assert.Greater(t, families, 400)
	assert.Greater(t, cards, 800, "the card that stayed behind was revoked")
}
