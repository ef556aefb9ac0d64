package containers_test

import (
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// loaded is docker-compose.yml as today's Compose reads it, with .env beside it and these settings.
func loaded(t *testing.T, profiles []string, settings ...string) *types.Project {
	t.Helper()
	options, err := cli.NewProjectOptions(nil, cli.WithWorkingDirectory(repository), cli.WithEnv(settings),
		cli.WithDefaultConfigPath, cli.WithEnvFiles(), cli.WithDotEnv, cli.WithDefaultProfiles(profiles...), cli.WithName("test"))
	require.NoError(t, err)
	project, err := options.LoadProject(t.Context())
	require.NoError(t, err)
	return project
}

func TestTheComposeFileLoadsInTodaysCompose(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{"onshisim"}, loaded(t, nil).ServiceNames())
	parts := []string{"control", "disaster", "intermediate", "mynaportal", "postgres", "terminal-1", "terminal-2"}
	assert.Equal(t, parts, loaded(t, []string{"national"}).ServiceNames())
	assert.Equal(t, parts, loaded(t, nil, "COMPOSE_PROFILES=national").ServiceNames())
}

// TestEveryContainerIsWithoutRights, and only this machine reaches its ports.
func TestEveryContainerIsWithoutRights(t *testing.T) {
	t.Parallel()
	for name, service := range loaded(t, []string{"single", "national"}).Services {
		assert.True(t, service.ReadOnly, name)
		assert.Equal(t, []string{"ALL"}, service.CapDrop, name)
		assert.Equal(t, []string{"no-new-privileges:true"}, service.SecurityOpt, name)
		assert.False(t, service.Privileged, name)
		assert.NotEqual(t, "root", service.User, name)
		for _, port := range service.Ports {
			assert.Equal(t, "127.0.0.1", port.HostIP, name)
		}
	}
}

// TestEachSystemIsServedAndCanBeFound: each by the containers that --public-url sends clients to.
func TestEachSystemIsServedAndCanBeFound(t *testing.T) {
	t.Parallel()
	project := loaded(t, []string{"national"})
	serving := map[string][]string{}
	for name, service := range project.Services {
		if systems := service.Environment["SIM_SYSTEMS"]; systems != nil && *systems != "none" {
			for _, system := range strings.Split(*systems, ",") {
				serving[system] = append(serving[system], name)
			}
		}
	}
	told := strings.Split(*project.Services["control"].Environment["SIM_PUBLIC_URL"], ",")
	assert.Len(t, told, len(serving))
	for _, pair := range told {
		system, url, _ := strings.Cut(pair, "=")
		require.NotEmpty(t, serving[system], system)
		for _, name := range serving[system] {
			hosts := []string{name}
			if network := project.Services[name].Networks["national"]; network != nil {
				hosts = append(hosts, network.Aliases...)
			}
			assert.Contains(t, hosts, strings.TrimSuffix(strings.TrimPrefix(url, "http://"), ":8080"))
		}
	}
	assert.Len(t, serving["terminal"], 2, "two replicas")
}

// TestTheComposeFileLoadsInThisMachinesCompose, which may be docker-compose 1.29.
func TestTheComposeFileLoadsInThisMachinesCompose(t *testing.T) {
	t.Parallel()
	needEngine(t)
	for profile, service := range map[string]string{"single": "onshisim", "national": "terminal-2"} {
		l := &layout{profile: profile, project: "onshisim-e2e-config"}
		said, err := l.compose(t.Context(), "config", "--services")
		require.NoError(t, err)
		assert.Contains(t, strings.Fields(said), service)
	}
}
