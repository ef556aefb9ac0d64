package e2e_test

import (
	"net"
	"net/http"
	"os"
	"path/filepath"
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

// TestTheControlTokenMayComeFromAFile, as a secret does that neither arguments nor environment should show.
func TestTheControlTokenMayComeFromAFile(t *testing.T) {
	t.Parallel()
	const token = "control-token-of-a-file"
	file, empty := filepath.Join(t.TempDir(), "token"), filepath.Join(t.TempDir(), "empty")
	require.NoError(t, os.WriteFile(file, []byte(token+"\n"), 0o600))
	require.NoError(t, os.WriteFile(empty, []byte("\n"), 0o600))
	s := serve(t, "--control-token-file", file)
	assert.Equal(t, http.StatusUnauthorized, must(t, request{method: http.MethodGet, url: s.control + "/worlds"}).status)
	assert.Equal(t, http.StatusOK, must(t, request{method: http.MethodGet, url: s.control + "/worlds", token: token}).status)
	for _, command := range [][]string{
		{"explain", "hanako", "--control-url", s.control}, {"scenario", "run", "qa/qa-3", "--url", s.public, "--control-url", s.control},
	} {
		e := run(t, append(command, "--control-token-file", file)...)
		assert.Equal(t, 0, e.status, e.stderr)
		for says, flags := range map[string][]string{
			"can't be used together":       {"--control-token", token, "--control-token-file", file},
			"--control-token-file: open ":  {"--control-token-file", file + "x"},
			empty + " is empty: it has to": {"--control-token-file", empty},
		} {
			e := run(t, append(command, flags...)...)
			assert.NotEqual(t, 0, e.status)
			assert.Contains(t, e.stderr, says)
		}
	}
}

// TestASiteWhoseNameLeadsHereIsRefused: without a token the control plane answers under a loopback name alone.
func TestASiteWhoseNameLeadsHereIsRefused(t *testing.T) {
	t.Parallel()
	s := serve(t)
	under := func(host string) *http.Request {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.control+"/worlds", http.NoBody)
		require.NoError(t, err)
		r.Host = host
		return r
	}
	for host, status := range map[string]int{"evil.example": http.StatusForbidden, "evil.example:8081": http.StatusForbidden, "localhost": http.StatusOK} {
		a, err := http.DefaultClient.Do(under(host))
		require.NoError(t, err)
		a.Body.Close()
		assert.Equal(t, status, a.StatusCode, host)
	}
}

// TestAFloodLeavesTheControlPlaneAndTheHealthCheck: more connections than there may be, each in a request that does not end.
func TestAFloodLeavesTheControlPlaneAndTheHealthCheck(t *testing.T) {
	t.Parallel()
	s := serve(t, "--max-connections", "8")
	for range 100 {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.public, "http://"))
		require.NoError(t, err)
		defer conn.Close()
		_, err = conn.Write([]byte("POST /mynaportal/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"))
		require.NoError(t, err)
	}
	for range 10 {
		get(t, s.control+"/worlds")
		require.Equal(t, ended{0, "ok\n", ""}, run(t, "healthcheck", "--url", s.control+"/healthz"))
	}
	require.Equal(t, ended{0, "ok\n", ""}, run(t, "healthcheck", "--url", s.public+"/healthz,"+s.control+"/healthz"), "one of them answers")
}
