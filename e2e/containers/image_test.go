package containers_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/moby/moby/api/types/container"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/wait"
)

// largest is how many bytes the image may have.
const largest = 40_000_000

// inspected is what docker tells of an image.
type inspected struct {
	Architecture, Os string
	Size             int64
	Config           struct {
		User    string
		Env     []string
		Labels  map[string]string
		Volumes map[string]struct{}
	}
}

func TestTheImageIsSmallAndSaysWhatItIs(t *testing.T) {
	t.Parallel()
	needEngine(t)
	var images []inspected
	require.NoError(t, json.Unmarshal([]byte(docker(t, "image", "inspect", "onshisim")), &images))
	image := images[0]
	t.Logf("the image has %.1f MB", float64(image.Size)/1e6)
	assert.Less(t, image.Size, int64(largest))
	assert.Equal(t, "65532:65532", image.Config.User)
	assert.Contains(t, image.Config.Env, "TZ=Asia/Tokyo")
	assert.Contains(t, image.Config.Volumes, "/data")

	version := strings.Fields(docker(t, "run", "--rm", "onshisim", "version")) // onshisim 0.1.0 (go…, linux/amd64)
	number, _, _ := strings.Cut(version[1], "+")
	assert.Equal(t, number, image.Config.Labels["org.opencontainers.image.version"], "Dockerfile and cmd/sim/version.go differ")
	assert.Equal(t, image.Os+"/"+image.Architecture+")", version[3])
	for _, label := range []string{"title", "description", "licenses"} {
		assert.NotEmpty(t, image.Config.Labels["org.opencontainers.image."+label], label)
	}
}

// run starts the image with its own command and every right taken away; with the test it goes.
func run(t *testing.T, options ...testcontainers.ContainerCustomizer) *testcontainers.DockerContainer {
	t.Helper()
	c, err := testcontainers.Run(t.Context(), "onshisim", append([]testcontainers.ContainerCustomizer{
		testcontainers.WithEnv(map[string]string{"SIM_CONTROL_TOKEN": controlToken}),
		testcontainers.WithExposedPorts("8080/tcp", "8081/tcp"),
		testcontainers.WithHostConfigModifier(withoutRights),
		testcontainers.WithWaitStrategyAndDeadline(patience, wait.ForHealthCheck()),
	}, options...)...)
	testcontainers.CleanupContainer(t, c)
	require.NoError(t, err)
	return c
}

func withoutRights(config *container.HostConfig) {
	config.ReadonlyRootfs = true
	config.CapDrop = []string{"ALL"}
	config.SecurityOpt = []string{"no-new-privileges"}
}

// endpoint is the URL of a port of the container.
func endpoint(t *testing.T, c *testcontainers.DockerContainer, port string) string {
	t.Helper()
	url, err := c.PortEndpoint(t.Context(), port, "http")
	require.NoError(t, err)
	return url
}

// TestTheImageNeedsNoRightAndKeepsItsState: it becomes healthy, ends well within the time that engines give it, and a volume
// outlives its container.
func TestTheImageNeedsNoRightAndKeepsItsState(t *testing.T) {
	t.Parallel()
	needEngine(t)
	volume := docker(t, "volume", "create", "onshisim-e2e-"+strings.ToLower(rand.Text()[:8]))
	t.Cleanup(func() { _, _ = output(context.WithoutCancel(t.Context()), "docker", "volume", "rm", volume) })
	kept := testcontainers.WithMounts(testcontainers.VolumeMount(volume, "/data"))
	const now = "2030-05-06T07:08:09+09:00"

	c := run(t, kept)
	ask(t, http.MethodPut, endpoint(t, c, "8081/tcp")+"/worlds/default/clock", controlToken, `{"now":"`+now+`"}`, http.StatusOK)
	ask(t, http.MethodGet, endpoint(t, c, "8081/tcp")+"/worlds", "", "", http.StatusUnauthorized)
	longest := 10 * time.Second
	begun := time.Now()
	require.NoError(t, c.Stop(t.Context(), &longest))
	t.Logf("it ended in %s", time.Since(begun))
	state, err := c.State(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 0, state.ExitCode, "137 would be a kill")
	assert.Empty(t, logs(t, c, `"level":"ERROR"`))
	require.NoError(t, c.Terminate(t.Context()))

	c = run(t, kept)
	assert.Equal(t, now, ask(t, http.MethodGet, endpoint(t, c, "8081/tcp")+"/worlds/default/clock", controlToken, "", http.StatusOK).field(t, "now"))
}

// logs are the lines of a container's log that have a text in them.
func logs(t *testing.T, c *testcontainers.DockerContainer, text string) (lines []string) {
	t.Helper()
	log, err := c.Logs(t.Context())
	require.NoError(t, err)
	defer log.Close()
	all, err := io.ReadAll(log)
	require.NoError(t, err)
	for line := range strings.Lines(string(all)) {
		if strings.Contains(line, text) {
			lines = append(lines, line)
		}
	}
	return lines
}

// TestTheImageKeepsToItsMemory: the Go runtime collects garbage in time for the container's limit, not only for the machine's.
func TestTheImageKeepsToItsMemory(t *testing.T) {
	t.Parallel()
	needEngine(t)
	c := run(t, testcontainers.WithHostConfigModifier(func(config *container.HostConfig) {
		withoutRights(config)
		config.Memory = 256 << 20
	}))
	lines := logs(t, c, `"msg":"memory limit"`)
	require.Len(t, lines, 1)
	assert.Contains(t, lines[0], `"bytes":241591910}`) // nine tenths
}

// TestTheImageIsInTokyo: the log and reports tell the machine's time there.
func TestTheImageIsInTokyo(t *testing.T) {
	t.Parallel()
	needEngine(t)
	begun := logs(t, run(t), "started")
	require.Len(t, begun, 1)
	var line struct{ Time time.Time }
	require.NoError(t, json.Unmarshal([]byte(begun[0]), &line))
	inTokyo(t, line.Time)

	c := run(t, testcontainers.WithCmd("scenario", "run", "qa/qa-3", "--report", "/data/report.json"),
		testcontainers.WithWaitStrategyAndDeadline(patience, wait.ForExit()))
	file, err := c.CopyFileFromContainer(t.Context(), "/data/report.json")
	require.NoError(t, err)
	defer file.Close()
	var report struct{ At time.Time }
	require.NoError(t, json.NewDecoder(file).Decode(&report))
	inTokyo(t, report.At)
}

// inTokyo wants a time of this moment, told in Tokyo's zone.
func inTokyo(t *testing.T, told time.Time) {
	t.Helper()
	_, offset := told.Zone()
	assert.Equal(t, 9*60*60, offset, told)
	assert.WithinDuration(t, time.Now(), told, patience)
}
