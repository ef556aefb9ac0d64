// Package containers_test looks at the image and at the layouts of docker-compose.yml from outside, as those who run them do.
// It needs a docker engine, docker compose, and PostgreSQL's programs for an image of it; without an engine its tests are
// skipped, or with CI=true fail. Go can't see that the program has changed, so run it as `make test` does, or with -count=1.
package containers_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// patience is for a busy machine; no test waits that long unless something is wrong.
const patience = 2 * time.Minute

// repository is the folder of docker-compose.yml.
const repository = "../.."

var (
	program     string // the path of the built program
	conformance string // of the built conformance suite
	noEngine    error  // why there is no docker engine
)

func TestMain(m *testing.M) {
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	if said, err := exec.Command("docker", "info").CombinedOutput(); err != nil {
		noEngine = fmt.Errorf("docker info: %w: %s", err, said)
		return m.Run()
	}
	folder, err := os.MkdirTemp("", "onshisim-containers-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(folder) }()
	program, conformance = filepath.Join(folder, "sim"), filepath.Join(folder, "conformance")
	for _, made := range [][]string{
		{"go", "build", "-trimpath", "-buildvcs=false", "-o", program, "./cmd/sim"},
		{"go", "test", "-trimpath", "-buildvcs=false", "-c", "-o", conformance, "./conformance"},
		{"make", "image"},
	} {
		command := exec.Command(made[0], made[1:]...)
		command.Dir = repository
		command.Env = append(os.Environ(), "CGO_ENABLED=0")
		if said, err := command.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "%v: %v\n%s", made, err, said)
			return 1
		}
	}
	return m.Run()
}

// needEngine skips where no docker engine answers; on the machines that examine a change there has to be one.
func needEngine(t *testing.T) {
	t.Helper()
	if noEngine == nil {
		return
	}
	require.NotEqual(t, "true", os.Getenv("CI"), "no docker engine answers, install docker and start its engine: %v", noEngine)
	t.Skipf("no docker engine answers: %v", noEngine)
}

// postgresImage is what postgres/image.sh makes.
const postgresImage = "onshisim-postgres"

var makePostgresImage = sync.OnceValue(func() error {
	_, err := output(context.Background(), "e2e/containers/postgres/image.sh")
	return err
})

// needPostgresImage makes an image of this machine's PostgreSQL.
func needPostgresImage(t *testing.T) {
	t.Helper()
	needEngine(t)
	require.NoError(t, makePostgresImage())
}
