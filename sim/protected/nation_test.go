package protected_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/protected"
	"onshisim/sim/world"
)

// A35: of a nation's persons whole addresses lead to the protected ones who live there alone; insurers and the beginnings of
// addresses lead to nobody, for others have them too.
func TestANationsAddressesAreTraced(t *testing.T) {
	t.Parallel()
	worlds, err := world.Open(t.Context(), eventlog.NewMemory(), world.Sources{Wall: time.Now, Seed: func() uint64 { return 1 }})
	require.NoError(t, err)
	share := 0.02
	w, err := worlds.Create(t.Context(), "w", &world.Document{Population: &world.Population{Persons: 5000, ProtectedShare: &share}})
	require.NoError(t, err)
	report := func(text string) protected.Report {
		report, err := protected.Scan(t.Context(), w, strings.NewReader(text))
		require.NoError(t, err)
		return report
	}
	isProtected := func(p *world.Insured) bool {
		for _, m := range p.Members {
			if m.Flags.NonDisclosure || m.Flags.SelfInformationBlocked {
				return true
			}
		}
		return false
	}
	var page strings.Builder
	fled, plain := map[string]bool{}, ""
	persons := 0
	for p := range w.PersonsWhoMayBeProtected() {
		if !isProtected(p) {
			continue
		}
		persons++
		alone := true
		for _, with := range w.HouseholdOf(p) {
			if !isProtected(with) && with.Address == p.Address {
				alone = false
			}
			if !isProtected(with) {
				plain += with.Address + "\n"
			}
		}
		if alone {
			fled[p.ID] = true
			page.WriteString(p.Address + " " + p.Members[len(p.Members)-1].InsurerName + "\n")
		}
	}
	require.NotEmpty(t, fled)
	require.NotEmpty(t, plain)
	found := map[string]bool{}
	for _, f := range report(page.String()).Findings {
		require.Equal(t, "address", string(f.Kind), "insurers have other members")
		found[f.Person] = true
	}
	require.Equal(t, fled, found)
	require.Equal(t, persons, report("").Persons)
	for _, f := range report(plain).Findings {
		p, _ := w.Person(f.Person)
		require.NotContains(t, plain, p.Address+"\n", "somebody without flags lives there")
	}
}
