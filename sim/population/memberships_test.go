package population_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onshisim/sim/numbers"
	"onshisim/sim/population"
)

// everyone looks at persons of a nation as large as Japan, one in a hundred of them protected.
func everyone(t *testing.T, look func(t require.TestingT, n *population.Nation, p *population.Person)) {
	n := nationOf(t, japan, 0.01)
	rapid.Check(t, func(t *rapid.T) {
		for range 20 {
			p := n.Person(indexes().Draw(t, "index"))
			look(t, n, &p)
		}
	})
}

func TestNumbersAreRightAndCannotBeMistaken(t *testing.T) {
	t.Parallel()
	everyone(t, func(t require.TestingT, _ *population.Nation, p *population.Person) {
		assert.Regexp(t, `^\d{12}$`, p.IndividualNumber)
		assert.False(t, numbers.ValidIndividualNumber(p.IndividualNumber))
		for _, c := range p.Cards {
			assert.Regexp(t, `^C99\d{12}$`, c.CardSerial)
			assert.Regexp(t, `^\d{4}$`, c.PIN)
		}
		for i := range p.Members {
			m := &p.Members[i]
			assert.True(t, numbers.ValidInsurerNumber(m.InsurerNumber))
			assert.Equal(t, m.PersonalInsuredNumber, numbers.PersonalInsuredNumber(
				m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber, m.InsuredBranchNumber))
		}
	})
}

// Memberships follow each other from birth or work on, without a gap, and the last one is in force.
func TestMembershipsFollowEachOther(t *testing.T) {
	t.Parallel()
	everyone(t, func(t require.TestingT, n *population.Nation, p *population.Person) {
		assert.NotEmpty(t, p.Members)
		assert.LessOrEqual(t, len(p.Members), 4)
		for i := range p.Members {
			m := &p.Members[i]
			insurer, ok := n.Insurer(m.InsurerNumber)
			assert.True(t, ok)
			assert.Equal(t, insurer.InsurerName, m.InsurerName)
			assert.GreaterOrEqual(t, m.QualificationDate, p.Birthdate)
			assert.LessOrEqual(t, m.QualificationDate, population.AsOf)
			if i == len(p.Members)-1 {
				assert.Empty(t, m.DisqualificationDate+m.ReasonOfLoss)
				continue
			}
			assert.Equal(t, p.Members[i+1].QualificationDate, m.DisqualificationDate)
			assert.Less(t, m.QualificationDate, m.DisqualificationDate)
			assert.Equal(t, "03", m.ReasonOfLoss)
		}
	})
}

func TestMembershipsFitAge(t *testing.T) {
	t.Parallel()
	everyone(t, func(t require.TestingT, _ *population.Nation, p *population.Person) {
		for i := range p.Members {
			m := &p.Members[i]
			switch law := m.InsurerNumber[:2]; {
			case law == "39":
				assert.Equal(t, birthday(p, 75), m.QualificationDate)
				assert.Empty(t, m.InsuredCardSymbol+m.InsuredBranchNumber)
				assert.Equal(t, len(p.Members)-1, i)
				assert.Contains(t, []string{"010", "030"}, m.InsuredPartialContributionRatio)
			case law != "99" && m.PersonalFamilyClassification == "1":
				assert.GreaterOrEqual(t, m.QualificationDate, birthday(p, 18), "nobody works before 18")
				if m.DisqualificationDate == "" {
					assert.Less(t, ageOf(p), 66, "nobody works on for ever")
				}
			}
			if m.InsurerNumber[:2] != "39" {
				assert.NotEmpty(t, m.InsuredCardSymbol)
				assert.NotEmpty(t, m.InsuredBranchNumber)
			}
		}
		last := &p.Members[len(p.Members)-1]
		assert.Equal(t, ageOf(p) >= 75, last.InsurerNumber[:2] == "39")
		checkRatio(t, p, last)
	})
}

// checkRatio holds what somebody pays against their age.
func checkRatio(t require.TestingT, p *population.Person, m *population.Member) {
	switch age := ageOf(p); {
	case age < 6:
		assert.Equal(t, "020", m.InsuredPartialContributionRatio)
	case age < 7: // school has begun, or will on the next 1 April
	case age < 70:
		assert.Equal(t, "030", m.InsuredPartialContributionRatio)
		assert.Nil(t, m.ElderlyRecipientCertificate)
	case age < 75:
		assert.Contains(t, []string{"020", "030"}, m.InsuredPartialContributionRatio)
		if assert.NotNil(t, m.ElderlyRecipientCertificate) {
			c := m.ElderlyRecipientCertificate
			assert.GreaterOrEqual(t, c.ElderlyRecipientValidStartDate, birthday(p, 70))
			assert.Greater(t, c.ElderlyRecipientValidEndDate, c.ElderlyRecipientValidStartDate)
			assert.Equal(t, m.InsuredPartialContributionRatio, c.ElderlyRecipientContributionRatio)
		}
	}
}

// Dependants stand on the certificate of somebody in their household, with a branch of their own.
func TestFamiliesShareACertificate(t *testing.T) {
	t.Parallel()
	shared := 0
	everyone(t, func(t require.TestingT, n *population.Nation, p *population.Person) {
		for i := range p.Members {
			m := &p.Members[i]
			all := n.ByCertificate(m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber)
			require.Contains(t, all, p.Index)
			holder := n.Person(all[0])
			assert.Equal(t, p.Household, holder.Household)
			if m.PersonalFamilyClassification == "2" {
				require.NotEqual(t, p.Index, holder.Index)
				shared++
			}
			for _, h := range holder.Members {
				if h.InsuredIdentificationNumber != m.InsuredIdentificationNumber {
					continue
				}
				assert.Equal(t, "1", h.PersonalFamilyClassification)
				assert.LessOrEqual(t, h.QualificationDate, m.QualificationDate, "nobody depends on who isn't insured")
				if h.DisqualificationDate != "" {
					assert.NotEmpty(t, m.DisqualificationDate)
					assert.LessOrEqual(t, m.DisqualificationDate, h.DisqualificationDate)
				}
			}
		}
	})
	assert.Positive(t, shared)
}

func TestCards(t *testing.T) {
	t.Parallel()
	everyone(t, func(t require.TestingT, _ *population.Nation, p *population.Person) {
		assert.LessOrEqual(t, len(p.Cards), 2)
		for i, c := range p.Cards {
			assert.Equal(t, p.Birthdate[5:], birthdayOrMarch(p, c.CardExpirationDate))
			if i < len(p.Cards)-1 {
				assert.Equal(t, "revoked", c.Status)
				continue
			}
			assert.Contains(t, []string{"valid", "suspended"}, c.Status)
			assert.Greater(t, c.CertificateExpirationDate, population.AsOf)
			assert.GreaterOrEqual(t, c.CardExpirationDate, c.CertificateExpirationDate)
		}
		if p.RegisteredCard == "" {
			assert.Empty(t, p.RegisteredOn)
			return
		}
		current := p.Cards[len(p.Cards)-1]
		assert.Equal(t, current.CardSerial, p.RegisteredCard)
		assert.Equal(t, "valid", current.Status)
		assert.GreaterOrEqual(t, p.RegisteredOn, "2021-03-01")
		assert.Less(t, p.RegisteredOn, population.AsOf)
		assert.False(t, p.Members[len(p.Members)-1].SelfInformationBlocked, "the flag blocks the first linking (P15-2)")
	})
}

// birthdayOrMarch gives month and day of a date, and the leap day for a first of March on which somebody of 29 February
// has a birthday.
func birthdayOrMarch(p *population.Person, date string) string {
	if p.Birthdate[5:] == "02-29" && date[5:] == "03-01" {
		return "02-29"
	}
	return date[5:]
}

func TestProxies(t *testing.T) {
	t.Parallel()
	named := 0
	everyone(t, func(t require.TestingT, n *population.Nation, p *population.Person) {
		for _, proxy := range p.Proxies {
			named++
			assert.GreaterOrEqual(t, ageOf(p), 70)
			assert.Equal(t, n.Person(p.Household).PortalUserID, proxy)
			assert.NotEqual(t, p.PortalUserID, proxy)
		}
	})
	assert.Positive(t, named)
}
