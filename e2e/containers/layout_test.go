package containers_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// layout is a profile of docker-compose.yml, which is started as a project of its own.
type layout struct {
	profile string
	ports   []string // the settings that choose the ports of this machine

	start    sync.Once
	failure  error
	project  string
	settings []string
	urls     map[string]string // by the setting of the port
}

// national is shared by all tests: each leaves it as it was, but for worlds.
var national = &layout{profile: "national", ports: []string{
	"SIM_INTERMEDIATE_PORT", "SIM_MYNAPORTAL_PORT", "SIM_TERMINAL_1_PORT", "SIM_TERMINAL_2_PORT", "SIM_DISASTER_PORT", "SIM_CONTROL_PORT",
}}

// up starts the layout, if no test has yet, and waits until every part takes requests.
func (l *layout) up(t *testing.T) {
	t.Helper()
	needEngine(t)
	l.start.Do(func() {
		if l.failure = l.begin(t); l.failure == nil {
			for _, url := range l.urls {
				ready(t, url)
			}
		}
	})
	require.NoError(t, l.failure)
	t.Cleanup(func() {
		if t.Failed() {
			said, err := l.compose(context.WithoutCancel(t.Context()), "logs", "--no-color", "--tail", "100")
			t.Log(said, err)
		}
	})
}

func (l *layout) begin(t *testing.T) error {
	t.Helper()
	docker(t, "info")
	if _, err := output(t.Context(), "e2e/containers/postgres/image.sh"); err != nil {
		return err
	}
	l.project = "onshisim-e2e-" + strings.ToLower(rand.Text()[:8])
	l.settings = []string{"COMPOSE_DOCKER_CLI_BUILD=0", "SIM_CONTROL_TOKEN=" + controlToken, "SIM_POSTGRES_IMAGE=onshisim-postgres"}
	l.urls = map[string]string{}
	for _, setting := range l.ports {
		port := freePort(t)
		l.settings = append(l.settings, setting+"="+port)
		l.urls[setting] = "http://127.0.0.1:" + port
	}
	begun := time.Now()
	_, err := l.compose(t.Context(), "up", "--detach", "--no-build")
	t.Logf("%s: up in %s", l.profile, time.Since(begun))
	return err
}

// end takes the layout away, if it was started.
func (l *layout) end() {
	if l.project == "" {
		return
	}
	if _, err := l.compose(context.Background(), "down", "--volumes", "--remove-orphans"); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

// composeCommand is that of today, or where there is none the one of before.
var composeCommand = sync.OnceValue(func() []string {
	if exec.Command("docker", "compose", "version").Run() == nil {
		return []string{"docker", "compose"}
	}
	return []string{"docker-compose"}
})

// compose runs docker compose for the layout.
func (l *layout) compose(ctx context.Context, args ...string) (string, error) {
	words := append(composeCommand(), "--project-name", l.project, "--profile", l.profile)
	words = append(words, args...)
	return outputWith(ctx, l.settings, words[0], words[1:]...)
}

// container is the name by which docker knows a service's container.
func (l *layout) container(t *testing.T, service string) string {
	t.Helper()
	id, err := l.compose(t.Context(), "ps", "--quiet", service)
	require.NoError(t, err)
	require.NotEmpty(t, id, service)
	return id
}

// ready waits until a part takes requests.
func ready(t *testing.T, url string) {
	t.Helper()
	eventually(t, func(ctx context.Context) error {
		switch a, err := send(ctx, http.MethodGet, url+"/readyz", "", ""); {
		case err != nil:
			return err
		case a.status != http.StatusOK:
			return errors.New(a.body)
		}
		return nil
	})
}
