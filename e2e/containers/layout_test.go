package containers_test

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// layout is a profile of docker-compose.yml, as a project of its own.
type layout struct {
	profile, project string
	settings         []string
	urls             map[string]string // by the setting of the port
}

// up starts a layout, its ports, by the settings that choose them, free ones, and waits until every part takes requests. With
// the test it goes.
func up(t *testing.T, profile string, settings []string, ports ...string) *layout {
	t.Helper()
	l := &layout{
		profile: profile, project: "onshisim-e2e-" + strings.ToLower(rand.Text()[:8]), urls: map[string]string{},
		settings: append([]string{"COMPOSE_DOCKER_CLI_BUILD=0", "SIM_CONTROL_TOKEN=" + controlToken}, settings...),
	}
	for _, setting := range ports {
		port := freePort(t)
		l.settings = append(l.settings, setting+"="+port)
		l.urls[setting] = "http://127.0.0.1:" + port
	}
	t.Cleanup(func() { l.down(t) })
	begun := time.Now()
	_, err := l.compose(t.Context(), "up", "--detach", "--no-build")
	require.NoError(t, err)
	for _, url := range l.urls {
		ready(t, url)
	}
	t.Logf("%s: ready in %s", profile, time.Since(begun))
	return l
}

// down takes the layout away, and prints what it logged if the test failed.
func (l *layout) down(t *testing.T) {
	ctx := context.WithoutCancel(t.Context())
	if t.Failed() {
		said, err := l.compose(ctx, "logs", "--no-color", "--tail", "100")
		t.Log(said, err)
	}
	_, err := l.compose(ctx, "down", "--volumes", "--remove-orphans")
	assert.NoError(t, err)
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
	words := slices.Concat(composeCommand(), []string{"--project-name", l.project, "--profile", l.profile}, args)
	return outputWith(ctx, l.settings, words[0], words[1:]...)
}

// container is the id of a service's container, whether it runs or not.
func (l *layout) container(t *testing.T, service string) string {
	t.Helper()
	id := docker(t, "ps", "--all", "--quiet", "--filter", "label=com.docker.compose.project="+l.project, "--filter", "label=com.docker.compose.service="+service)
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
