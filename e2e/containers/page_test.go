package containers_test

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/e2e/page"
)

// shownPorts are the ports of this machine in the page, by their settings.
var shownPorts = map[string]string{
	"8080": "SIM_PORT", "8081": "SIM_CONTROL_PORT", "8090": "SIM_INTERMEDIATE_PORT", "8091": "SIM_MYNAPORTAL_PORT",
	"8092": "SIM_TERMINAL_1_PORT", "8093": "SIM_TERMINAL_2_PORT", "8094": "SIM_DISASTER_PORT",
}

// shownPort is such a port, perhaps with the container's after it.
var shownPort = regexp.MustCompile(`\b(80[89][0-9])(:808[01])?\b`)

// TestThePageDoesWhatItShows runs docs/containers.md block by block, on free ports and under other names.
func TestThePageDoesWhatItShows(t *testing.T) {
	t.Parallel()
	needPostgresImage(t)
	text, err := os.ReadFile(filepath.Join(repository, "docs", "containers.md"))
	require.NoError(t, err)
	l := &layout{profile: "national", project: "onshisim-e2e-" + strings.ToLower(rand.Text()[:8])}
	ports := map[string]string{}
	for port, setting := range shownPorts {
		ports[port] = freePort(t)
		l.settings = append(l.settings, setting+"="+ports[port])
	}
	l.settings = append(l.settings, "COMPOSE_PROJECT_NAME="+l.project, "COMPOSE_DOCKER_CLI_BUILD=0", "SIM_POSTGRES_IMAGE="+postgresImage)
	elsewhere := strings.NewReplacer("docker compose", strings.Join(composeCommand(), " "), "go run ./cmd/sim", program, "make image\n", "\n",
		"onshisim-1", l.project, "onshisim-data", l.project+"-data")
	t.Cleanup(func() {
		_, _ = output(context.WithoutCancel(t.Context()), "docker", "rm", "--force", l.project)
		l.down(t)
	})
	blocks := page.Blocks(string(text))
	for i, b := range blocks {
		if b.Language != "sh" {
			continue
		}
		commands := shownPort.ReplaceAllStringFunc(elsewhere.Replace(b.Text), func(port string) string { return ports[port[:4]] + port[4:] })
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		said, err := outputWith(ctx, l.settings, "sh", "-euc", commands)
		cancel()
		require.NoError(t, err, "line %d", b.Line)
		assert.Empty(t, page.Missing(page.Shown(blocks, i), said), "line %d shows it, printed was\n%s", b.Line, said)
	}
}
