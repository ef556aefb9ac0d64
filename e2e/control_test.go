package e2e_test

import (
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAControlPlaneThatStrangersCouldReachWantsAToken or does not begin.
func TestAControlPlaneThatStrangersCouldReachWantsAToken(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:8081", "sim.example:8081"} {
		e := run(t, "serve", "--listen", "127.0.0.1:0", "--control-listen", address)
		assert.Equal(t, 1, e.status, address)
		assert.Empty(t, e.stdout, "it listens on %s", address)
		assert.Contains(t, e.stderr, "sim: --control-listen "+address+" can be reached from outside: give a --control-token")
	}
}

func TestAControlPlaneWithATokenWantsIt(t *testing.T) {
	t.Parallel()
	const token = "control-token-of-this-test"
	for _, address := range []string{"127.0.0.1:0", "0.0.0.0:0"} {
		t.Run(address, func(t *testing.T) {
			t.Parallel()
			s := serve(t, "--control-listen", address, "--control-token", token)
			_, port, err := net.SplitHostPort(strings.TrimPrefix(s.control, "http://"))
			require.NoError(t, err)
			plane := "http://127.0.0.1:" + port
			assert.NotContains(t, s.welcome, token)
			for _, wrong := range []string{"", "control-token", token + "x", "hospital-token"} {
				for _, r := range []request{
					{method: http.MethodGet, url: plane + "/worlds"},
					{method: http.MethodGet, url: plane + "/worlds/default/events"},
					{method: http.MethodDelete, url: plane + "/worlds/default"},
					{method: http.MethodPut, url: plane + "/worlds/a", body: `{"misspelt":1}`},
					{method: http.MethodGet, url: plane + "/worlds/nowhere/persons/nobody/disclosure"},
				} {
					r.token = wrong
					requireProblem(t, must(t, r), http.StatusUnauthorized, "SIM-AUTH-401")
				}
			}
			for _, open := range []string{"/healthz", "/readyz", "/docs", "/openapi.json"} {
				get(t, plane+open)
			}
			a := must(t, request{method: http.MethodGet, url: plane + "/worlds/default", token: token})
			assert.Equal(t, http.StatusOK, a.status)
			assert.Contains(t, a.body, `"terminal":"`+s.public+`/terminal"`)

			e := run(t, "scenario", "run", "qa/qa-3", "--url", s.public, "--control-url", plane)
			assert.Equal(t, 1, e.status)
			assert.Contains(t, e.stdout, "401")
			e = run(t, "scenario", "run", "qa/qa-3", "--url", s.public, "--control-url", plane, "--control-token", token)
			assert.Equal(t, 0, e.status, e.stdout)
		})
	}
}
