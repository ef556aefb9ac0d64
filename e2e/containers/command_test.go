package containers_test

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// output runs a command in the repository and gives what it prints; its error has what it says of it.
func output(ctx context.Context, name string, args ...string) (string, error) {
	return outputWith(ctx, nil, name, args...)
}

// outputWith does so with further settings in the environment.
func outputWith(ctx context.Context, settings []string, name string, args ...string) (string, error) {
	command := exec.CommandContext(ctx, name, args...)
	command.Dir = repository
	command.Env = append(command.Environ(), settings...)
	command.WaitDelay = time.Second // for what it started and did not end
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s%s", name, strings.Join(args, " "), err, &stdout, &stderr)
	}
	return strings.TrimSpace(stdout.String()), nil
}

// docker runs a docker command and gives what it prints.
func docker(t *testing.T, args ...string) string {
	t.Helper()
	said, err := output(t.Context(), "docker", args...)
	require.NoError(t, err)
	return said
}

// examine runs the conformance suite against a simulator, without the test of the suite itself.
func examine(t *testing.T, public, control string) {
	t.Helper()
	suite := exec.CommandContext(t.Context(), conformance, "-test.skip=^TestEveryMutantIsCaught$",
		"-url="+public, "-control-url="+control, "-control-token="+controlToken)
	suite.Dir = filepath.Join(repository, "conformance")
	said, err := suite.CombinedOutput()
	require.NoError(t, err, "%s", said)
}

// playAll plays every scenario that comes with the program against a simulator.
func playAll(t *testing.T, public, control string) {
	t.Helper()
	said, err := output(t.Context(), program, "scenario", "run", "all", "--url="+public, "--control-url="+control, "--control-token="+controlToken)
	require.NoError(t, err)
	require.Regexp(t, `シナリオ [0-9]+件: 合格 [0-9]+、不合格 0。`, said)
}
