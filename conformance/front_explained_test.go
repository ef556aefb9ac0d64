package conformance_test

import (
	"net/http"

	"github.com/stretchr/testify/require"
)

// explainedFront reads the control plane's table of a person, which it gives with its reasons.
type explainedFront struct{ *simulator }

// explained names each information as the control plane does: what it is, how it is seen, and the item.
var explained = map[information][3]any{
	selfEligibility:     {"selfInformation", "mynaportal", "eligibility"},
	selfBenefits:        {"selfInformation", "mynaportal", "benefits"},
	registration:        {"initialRegistration", "mynaportal", ""},
	historyEligibility:  {"exchangeHistory", "mynaportal", "eligibility"},
	historyBenefits:     {"exchangeHistory", "mynaportal", "benefits"},
	historyCheckups:     {"exchangeHistory", "mynaportal", "checkups"},
	portalEligibility:   {"eligibility", "mynaportal", ""},
	cardEligibility:     {"eligibility", "myNumberCard", ""},
	certEligibility:     {"eligibility", "certificate", ""},
	disasterEligibility: {"eligibility", "disaster", ""},
	medicines:           {"medicines", "both", ""},
	checkups:            {"checkups", "both", ""},
	expenses:            {"medicalExpenses", "mynaportal", ""},
}

var letterByName = map[string]string{"notOffered": notOffered, "provided": yes, "addressHidden": noAddress, "withheld": no}

func (f explainedFront) observe(t tester, s situation) observation {
	t.Helper()
	p := httpFront(f).happen(t, s)
	rows := list(t, p.command(t, http.MethodGet, "/persons/"+id+"/disclosure", nil), "rows")
	seen := observation{}
	for _, at := range sights {
		place := "institution"
		if at.screen == portal {
			place = "mynaportal"
		}
		letters := map[any]string{}
		for _, row := range rows {
			if explained[at.information] == [3]any{row["information"], row["view"], row["item"]} && row["place"] == place {
				letter, known := letterByName[text(t, row, "outcome")]
				require.True(t, known, row)
				require.Equal(t, letter == noAddress || letter == no, len(row["reasons"].([]any)) > 0, "what is hidden has a reason: %v", row)
				letters[row["personalInsuredNumber"]] = letter
			}
		}
		for nth := range s.members {
			seen[at] += letters[number(nth)]
		}
	}
	return seen
}
