package simtest_test

import (
	"net/http"
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/journal"
	"onshisim/sim/world"
	"onshisim/simtest"
)

// needEngine skips where no docker engine answers; on the machines that examine a change there has to be one.
func needEngine(t *testing.T) {
	t.Helper()
	if err := exec.CommandContext(t.Context(), "docker", "info").Run(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no docker engine answers (docker info: %v): install docker and start its engine", err)
		}
		t.Skipf("no docker engine answers (docker info: %v)", err)
	}
}

// TestContainer: the image is the same simulator as the one in process.
func TestContainer(t *testing.T) {
	t.Parallel()
	needEngine(t)
	s := simtest.Container(t)
	w := s.NewWorld(t)
	line, err := at(t, w).check(t.Context(), hanako)
	require.NoError(t, err)
	require.Equal(t, "架空　花子　住所: －", line)
	w.SetFlags(t, "0699001410011000101", simtest.Flags{NonDisclosure: new(true)})
	line, err = at(t, w).check(t.Context(), ichiro)
	require.NoError(t, err)
	require.Equal(t, "標準　一郎　住所: －", line)
	w.Verify(t, journal.Expectation{Match: map[string]any{"system": "terminal"}, Exactly: new(2)})

	first := s.World()
	require.Equal(t, s.PublicURL, first.URL())
	require.Equal(t, http.StatusOK, first.Do(t, http.MethodPost, "/terminal/certificate-checks", first.Token(t, clinic), ichiro).Status)
}

// TestContainerGoes: with its test, and at once.
func TestContainerGoes(t *testing.T) {
	t.Parallel()
	needEngine(t)
	var s *simtest.Simulator
	f := recording(t, func(t *fake) {
		s = simtest.Container(t, simtest.Scenario("qa/qa-3"))
		t.Fatalf("failed")
	})
	require.Empty(t, f.errors)
	require.Contains(t, f.logs, "the simulator's log:\nonshisim")
	require.Error(t, s.Plane().Health(t.Context()), "nobody listens any more")
}

// TestContainerLimits: they reach the program, and what it says of one that can't be reaches the test.
func TestContainerLimits(t *testing.T) {
	t.Parallel()
	needEngine(t)
	s := simtest.Container(t, simtest.Limits(world.Limits{Worlds: 1}))
	require.Contains(t, recording(t, func(t *fake) { s.NewWorld(t) }).fatal, "SIM-WORLDS-FULL")

	f := recording(t, func(t *fake) { simtest.Container(t, simtest.Limits(world.Limits{Worlds: -1})) })
	require.Contains(t, f.fatal, "the container ended by itself; its log:\nsim: --max-worlds -1: a limit has to be at least 1")
}

func TestContainerWithoutImage(t *testing.T) {
	t.Parallel()
	needEngine(t)
	f := recording(t, func(t *fake) { simtest.Container(t, simtest.Image("onshisim-that-nobody-built")) })
	require.Contains(t, f.fatal, `there is no image "onshisim-that-nobody-built" here: build it with `+"`make image`")
}

// TestContainerWithoutDocker: no silent skip.
func TestContainerWithoutDocker(t *testing.T) { // not parallel: it changes PATH
	t.Setenv("PATH", "")
	f := recording(t, func(t *fake) { simtest.Container(t) })
	require.Contains(t, f.fatal, "install docker and start its engine, or run the simulator in process with simtest.Run")
}

func TestContainerWithoutEngine(t *testing.T) { // not parallel: it names an engine that is not there
	if _, err := exec.LookPath("docker"); err != nil {
		needEngine(t)
	}
	t.Setenv("DOCKER_HOST", "unix://"+t.TempDir()+"/none.sock")
	f := recording(t, func(t *fake) { simtest.Container(t) })
	require.Contains(t, f.fatal, "no docker engine answers: start it, or run the simulator in process with simtest.Run")
}
