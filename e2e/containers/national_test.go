package containers_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// nation is the layout national, with a load balancer before its terminals.
type nation struct {
	*layout
	intermediate, mynaportal, disaster, control string // URLs
	terminals                                   [2]string
	terminal                                    string // the balancer
	balancer                                    *balancer
}

// TestTheNationalLayout does one thing after the other to one layout; each leaves it as it was, but for worlds.
func TestTheNationalLayout(t *testing.T) {
	t.Parallel()
	needPostgresImage(t)
	l := up(t, "national", []string{"SIM_POSTGRES_IMAGE=" + postgresImage},
		"SIM_INTERMEDIATE_PORT", "SIM_MYNAPORTAL_PORT", "SIM_TERMINAL_1_PORT", "SIM_TERMINAL_2_PORT", "SIM_DISASTER_PORT", "SIM_CONTROL_PORT")
	n := &nation{
		layout: l, intermediate: l.urls["SIM_INTERMEDIATE_PORT"], mynaportal: l.urls["SIM_MYNAPORTAL_PORT"], disaster: l.urls["SIM_DISASTER_PORT"],
		control: l.urls["SIM_CONTROL_PORT"], terminals: [2]string{l.urls["SIM_TERMINAL_1_PORT"], l.urls["SIM_TERMINAL_2_PORT"]},
	}
	n.terminal, n.balancer = balance(t, n.terminals[:]...)
	for _, c := range []struct {
		title string
		test  func(*nation, *testing.T)
	}{
		{"each system is where it is said to be", (*nation).systemsAreWhereTheyAreSaidToBe},
		{"conformance, the terminals taking turns", (*nation).conforms},
		{"all scenarios, the terminals taking turns", (*nation).playsAll},
		{"a flag is in force in the next answer of each terminal", (*nation).flagsAreInForceAtOnce},
		{"the intermediate server is down", (*nation).withoutIntermediateServer},
		{"a terminal is killed", (*nation).withoutATerminal},
		{"a system failure opens the disaster screens", (*nation).failureOpensTheDisasterScreens},
		{"a terminal is cut off from the database", (*nation).cutOff},
		{"the database hangs", (*nation).databaseHangs},
		{"the database is killed", (*nation).databaseIsKilled},
		{"the terminals are restarted in turn", (*nation).rollingRestart},
	} {
		t.Run(c.title, func(t *testing.T) { c.test(n, t) })
	}
}

// systems is where the systems are, as clients of the program take it.
func (n *nation) systems() string {
	return fmt.Sprintf("intermediate=%s,mynaportal=%s,jpki=%s,terminal=%s,disaster=%s", n.intermediate, n.mynaportal, n.mynaportal, n.terminal, n.disaster)
}

func (n *nation) systemsAreWhereTheyAreSaidToBe(t *testing.T) {
	served := map[string]string{
		"intermediate": n.intermediate, "mynaportal": n.mynaportal, "jpki": n.mynaportal, "terminal": n.terminals[0], "disaster": n.disaster,
	}
	for system, url := range served {
		document := ask(t, http.MethodGet, url+"/openapi.json", "", "", http.StatusOK).body
		for other, elsewhere := range served {
			assert.Equal(t, url == elsewhere, strings.Contains(document, `"/`+other+`/`), "%s at %s", other, system)
		}
	}
	made := n.world(t).made.field(t, "baseUrls").(map[string]any)
	for system, host := range map[string]string{
		"intermediate": "intermediate", "mynaportal": "mynaportal", "jpki": "mynaportal", "terminal": "terminal", "disaster": "disaster",
	} {
		base := fmt.Sprint(made[system])
		assert.True(t, strings.HasPrefix(base, "http://"+host+":8080/w/") && strings.HasSuffix(base, "/"+system), base)
		said, err := n.compose(t.Context(), "exec", "-T", "control", "/sim", "healthcheck", "--url", "http://"+host+":8080/readyz")
		require.NoError(t, err)
		assert.Equal(t, "ok", said, "the host is there for containers")
	}
}

func (n *nation) conforms(t *testing.T) { examine(t, n.systems(), n.control) }

func (n *nation) playsAll(t *testing.T) {
	playAll(t, n.systems(), n.control)
	for _, r := range n.balancer.replicas {
		assert.NotZero(t, r.answered.Load(), "%s had no turn", r.base)
	}
}

// flagsAreInForceAtOnce whichever container answers.
func (n *nation) flagsAreInForceAtOnce(t *testing.T) {
	p := n.world(t)
	for nth := range 25 {
		p.hide(t, nth%2 == 0)
		for _, terminal := range n.terminals {
			p.checked(t, terminal, nth%2 == 0)
		}
	}
}
