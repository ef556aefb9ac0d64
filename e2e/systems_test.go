package e2e_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAProcessServesTheSystemsThatAreNamed, knows where the others are if it is told, and has a control plane anyway.
func TestAProcessServesTheSystemsThatAreNamed(t *testing.T) {
	t.Parallel()
	s := serve(t, "--systems", "mynaportal,terminal,intermediate", "--public-url", "terminal=http://terminal.example/,jpki=http://cards.example:8080")
	assert.Equal(t, s.public+"/mynaportal", s.Shown("mynaportal"))
	assert.Equal(t, "http://terminal.example/terminal", s.Shown("terminal"))
	assert.Contains(t, squeezed(s.welcome), "jpki http://cards.example:8080/jpki (another process)")
	assert.Empty(t, s.Shown("disaster"))
	assert.Contains(t, s.welcome, " http://terminal.example/terminal/card-reads\n")

	made := must(t, request{method: http.MethodPut, url: s.control + "/worlds/a", body: `{"scenario":"base"}`})
	require.Equal(t, http.StatusCreated, made.status, made.body)
	assert.Equal(t, map[string]any{
		"intermediate": s.public + "/w/a/intermediate", "mynaportal": s.public + "/w/a/mynaportal", "jpki": "http://cards.example:8080/w/a/jpki",
		"terminal": "http://terminal.example/w/a/terminal", "disaster": "",
	}, made.field(t, "baseUrls"))
	for path, status := range map[string]int{
		"/w/a/terminal/card-reads": http.StatusMethodNotAllowed, "/w/a/jpki/cards/card-ichiro-1": http.StatusNotFound,
		"/disaster/searches": http.StatusNotFound, "/openapi.json": http.StatusOK, "/docs": http.StatusOK,
	} {
		assert.Equal(t, status, must(t, request{method: http.MethodGet, url: s.public + path, token: "card-office-token"}).status, path)
	}
	assert.NotContains(t, get(t, s.public+"/openapi.json").body, `"/jpki/`)

	// One URL, or one for each system: the scenario is the same.
	each := "mynaportal=" + s.public
	for url, passes := range map[string]bool{s.public: true, each: false, each + ",terminal=" + s.public + "/": true} {
		e := run(t, "scenario", "run", "qa/qa-3", "--url", url, "--control-url", s.control)
		assert.Equal(t, passes, e.status == 0, e.stdout+e.stderr)
		assert.Equal(t, !passes, strings.Contains(e.stdout, "no URL is given for the"), e.stdout)
	}
}

// TestAProcessMayServeNoSystem but the control plane.
func TestAProcessMayServeNoSystem(t *testing.T) {
	t.Parallel()
	s := serveCommand(t, "serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0", "--systems", "none", "--public-url", "http://sim.example")
	assert.Equal(t, http.StatusNotFound, must(t, request{method: http.MethodGet, url: s.public + "/terminal/card-reads"}).status)
	assert.Contains(t, get(t, s.control+"/worlds").body, `"terminal":"http://sim.example/terminal"`)
}

func TestSystemsAndURLsAreLookedAtBeforeTheStart(t *testing.T) {
	t.Parallel()
	for flags, says := range map[string]string{
		"--systems terminl":                 `--systems: "terminl" is no system; give some of intermediate, mynaportal, jpki, terminal, disaster, joined by commas, or all, or none`,
		"--systems terminal,none":           `--systems: "none" is no system`,
		"--systems=":                        `--systems: "" is no system`,
		"--public-url localhost:8080":       `--public-url: "localhost:8080" is no base URL as in http://localhost:8080`,
		"--public-url terminl=http://a":     `--public-url: "terminl" is no system`,
		"--public-url http://a?world=other": `--public-url: "http://a?world=other" is no base URL`,
	} {
		e := run(t, append([]string{"serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0"}, strings.Fields(flags)...)...)
		assert.NotEqual(t, 0, e.status, flags)
		assert.NotContains(t, e.stdout, "onshisim", "it listens")
		assert.Contains(t, e.stderr, says)
	}
	e := runIn(t, "SIM_SYSTEMS=terminl", "serve")
	assert.Contains(t, e.stderr, `"terminl" is no system`)
	assert.Contains(t, e.stderr, "SIM_SYSTEMS")
	e = run(t, "scenario", "run", "qa/qa-3", "--url", "terminal=http://a,terminal=http://b")
	assert.Contains(t, e.stderr, "--url: terminal is named twice")
}
