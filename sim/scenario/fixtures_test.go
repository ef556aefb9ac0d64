package scenario_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim/numbers"
	"onshisim/sim/scenario"
	"onshisim/sim/world"
)

func TestEveryFixtureCanBeRead(t *testing.T) {
	all, err := scenario.LoadAll(fixtures.FS)
	require.NoError(t, err)
	for _, s := range all {
		if s.Name != "base" {
			assert.NotEmpty(t, s.Steps, s.Name)
		}
	}
}

func TestFixturesCanNotBeMistakenForRealData(t *testing.T) {
	all, err := scenario.LoadAll(fixtures.FS)
	require.NoError(t, err)
	for _, s := range all {
		for _, i := range s.World.Insurers {
			assert.True(t, numbers.ValidInsurerNumber(i.InsurerNumber), "%s: %s", s.Name, i.InsurerNumber)
			assert.Equal(t, "99", i.InsurerNumber[len(i.InsurerNumber)-6:][:2], "%s: prefecture of %s", s.Name, i.InsurerNumber)
		}
		for _, i := range s.World.Institutions {
			assert.True(t, numbers.ValidInstitutionCode(i.MedicalInstitutionCode), "%s: %s", s.Name, i.MedicalInstitutionCode)
			assert.True(t, strings.HasPrefix(i.MedicalInstitutionCode, "99"), "%s: prefecture of %s", s.Name, i.MedicalInstitutionCode)
		}
		for _, p := range s.World.Persons {
			assert.False(t, numbers.ValidIndividualNumber(p.IndividualNumber), "%s: %s has a real individual number", s.Name, p.ID)
			for _, m := range p.Members {
				if m.PersonalInsuredNumber != "" {
					assert.Equal(t, numbers.PersonalInsuredNumber(m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber, m.InsuredBranchNumber), m.PersonalInsuredNumber, "%s: %s", s.Name, p.ID)
				}
			}
		}
	}
}

func TestALeakShowsWhoseItIs(t *testing.T) {
	all, err := scenario.LoadAll(fixtures.FS)
	require.NoError(t, err)
	for _, s := range all {
		owner := map[string]string{}
		for _, p := range s.World.Persons {
			for _, text := range traces(p) {
				if other, taken := owner[text]; taken && text != "" && other != p.ID {
					t.Errorf("%s: %q belongs to %s and to %s", s.Name, text, other, p.ID)
				}
				owner[text] = p.ID
			}
		}
	}
}

// traces are the texts of a person that must lead to that person alone.
func traces(p world.Person) []string {
	found := []string{p.Address, p.PostNumber, p.IndividualNumber, p.PortalUserID}
	for _, c := range p.Cards {
		found = append(found, c.CardSerial)
	}
	for _, m := range p.Members {
		found = append(found, m.Address, m.PostNumber, m.PersonalInsuredNumber)
	}
	for _, c := range p.Checkups {
		found = append(found, c.CheckupID, c.InstitutionName, c.MedicalInstitutionCode)
	}
	for _, m := range p.Medicines {
		found = append(found, m.InstitutionName, m.MedicineName)
	}
	for _, e := range p.MedicalExpenses {
		found = append(found, e.InstitutionName, e.MedicalInstitutionCode)
	}
	return found
}
