package sim_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// inWorld is a document of a world of its own: its person lives where no other world's person does.
func inWorld(nth int) string {
	return fmt.Sprintf(`{"world": {"seed": %d, "now": "2021-04-01T09:00:00+09:00",
		"insurers": [{"insurerNumber": "06990014", "token": "A-%[1]d"}], "institutions": [{"medicalInstitutionCode": "9919990011", "token": "H-%[1]d"}],
		"persons": [{"id": "kaede", "address": "架空県第%[1]d町", "cards": [{"cardSerial": "card", "pin": "1234"}], "registeredCard": "card",
			"members": [{"personalInsuredNumber": "A-1", "insurerNumber": "06990014", "insuredCardSymbol": "1", "insuredIdentificationNumber": "11"}]}]}}`, nth+1)
}

// 200 worlds side by side: what is set, asked and answered in one is never seen in another.
func TestParallelWorldsNeverMeet(t *testing.T) {
	t.Parallel()
	c := &client{t, target(t)}
	var all sync.WaitGroup
	for nth := range 200 {
		all.Go(func() {
			world := fmt.Sprintf("w%d", nth)
			made := c.send(http.MethodPut, c.ControlURL+"/worlds/"+world, "", inWorld(nth), http.StatusCreated)
			assert.Contains(t, made, fmt.Sprintf(`"H-%d"`, nth+1))
			own := fmt.Sprintf("架空県第%d町", nth+1)
			check := func() string {
				return c.send(http.MethodPost, c.PublicURL+"/w/"+world+"/terminal/certificate-checks", fmt.Sprintf("H-%d", nth+1),
					`{"insurerNumber": "06990014", "insuredCardSymbol": "1", "insuredIdentificationNumber": "11", "birthdate": "1980-01-01"}`, http.StatusOK)
			}
			assert.Contains(t, check(), own)
			if nth%2 == 0 { // every other world protects its person
				c.send(http.MethodPatch, c.PublicURL+"/w/"+world+"/intermediate/members/A-1/flags", fmt.Sprintf("A-%d", nth+1),
					`{"nonDisclosure": true, "appliedOn": "2021-04-01", "reason": "申請"}`, http.StatusOK)
			}
			assert.Equal(t, nth%2 == 1, strings.Contains(check(), own))
			c.send(http.MethodPost, c.PublicURL+"/w/"+world+"/terminal/certificate-checks", fmt.Sprintf("H-%d", (nth+1)%200+1), `{}`, http.StatusUnauthorized)
			entries := c.send(http.MethodGet, c.ControlURL+"/worlds/"+world+"/journal", "", "", http.StatusOK)
			assert.Contains(t, entries, fmt.Sprintf(`"total":%d`, 3+(nth+1)%2))
		})
	}
	all.Wait()
}

// Thousands of worlds, and when they are deleted nothing of them is left: no name, no event, no journal.
func TestAWorldIsDeletedWithoutATrace(t *testing.T) {
	t.Parallel()
	log := eventlog.NewMemory()
	c := &client{t, over(t, log)}
	const many = 2000
	for nth := range many {
		c.send(http.MethodPut, fmt.Sprintf("%s/worlds/w%d", c.ControlURL, nth), "", inWorld(nth), http.StatusCreated)
	}
	require.Equal(t, many, strings.Count(c.send(http.MethodGet, c.ControlURL+"/worlds", "", "", http.StatusOK), `"world":`))
	c.send(http.MethodPut, c.ControlURL+"/worlds/w7/checkpoints/before", "", "", http.StatusOK)
	c.send(http.MethodGet, c.PublicURL+"/w/w7/terminal/nowhere", "", "", http.StatusNotFound)
	for nth := range many {
		c.send(http.MethodDelete, fmt.Sprintf("%s/worlds/w%d", c.ControlURL, nth), "", "", http.StatusNoContent)
	}
	names, err := log.Worlds(t.Context())
	require.NoError(t, err)
	require.Empty(t, names)
	require.Equal(t, `{"worlds":[]}`, strings.TrimSpace(c.send(http.MethodGet, c.ControlURL+"/worlds", "", "", http.StatusOK)))
	c.send(http.MethodPut, c.ControlURL+"/worlds/w7", "", inWorld(8), http.StatusCreated)
	require.Contains(t, c.send(http.MethodGet, c.ControlURL+"/worlds/w7/journal", "", "", http.StatusOK), `"entries":[]`)
	require.Contains(t, c.send(http.MethodGet, c.ControlURL+"/worlds/w7/checkpoints", "", "", http.StatusOK), `"checkpoints":[]`)
	require.NotContains(t, c.send(http.MethodGet, c.ControlURL+"/worlds/w7/events", "", "", http.StatusOK), "第8町")
}
