package sim_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/eventlog"
	"onshisim/sim/scenario"
	"onshisim/sim/world"
)

// QA-3: an answer is of one instant. Whenever midnight falls into a request, after which the card of a person whose new
// insurer set the flag opens nothing, the answer is one of the two that any other person gets.
func TestMidnightTellsNothing(t *testing.T) {
	t.Parallel()
	evening := time.Date(2021, 4, 30, 23, 59, 59, 0, world.JST)
	moving := strings.Replace(strings.Replace(town, `"now": "2021-04-01T09:00:00+09:00",`, "", 1), `{"personalInsuredNumber": "A-2"`,
		`{"personalInsuredNumber": "N-1", "insurerNumber": "990010", "qualificationDate": "2021-05-01", "flags": {"selfInformationBlocked": true}},
			{"personalInsuredNumber": "A-2"`, 1)
	seen := map[string]bool{}
	for looks := range int64(40) { // at the clock until it strikes
		var left atomic.Int64
		left.Store(1 << 40)
		worlds, err := world.Open(t.Context(), eventlog.NewMemory(), world.Sources{
			Wall: func() time.Time {
				if left.Add(-1) < 0 {
					return evening.Add(2 * time.Second)
				}
				return evening
			},
			Seed: func() uint64 { return 1 },
		})
		require.NoError(t, err)
		handlers := sim.New(sim.Config{Worlds: worlds, Scenarios: fixtures.FS, Logger: slog.New(slog.DiscardHandler)})
		c := &client{t, scenario.InProcess(handlers.Public, handlers.Control)}
		c.send(http.MethodPut, c.ControlURL+"/worlds/t", "", moving, http.StatusCreated)
		left.Store(looks)
		var answer struct {
			QualificationValidity string
			Results               []any
		}
		require.NoError(t, json.Unmarshal([]byte(c.readCard(byPIN, `{}`)), &answer))
		require.Equal(t, answer.QualificationValidity == "1", len(answer.Results) > 0, "at look %d at the clock: %+v", looks, answer)
		seen[answer.QualificationValidity] = true
	}
	require.Equal(t, map[string]bool{"1": true, "4": true}, seen, "midnight fell both before and after the decision")
}
