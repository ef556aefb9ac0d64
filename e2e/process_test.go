package e2e_test

import (
	"bytes"
	"os"
	"os/exec"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/e2e/process"
)

const patience = process.Patience

// ended is what a program that has ended leaves behind.
type ended struct {
	status         int
	stdout, stderr string
}

// run runs the program to its end, in English and without any setting from outside.
func run(t *testing.T, args ...string) ended {
	t.Helper()
	return runIn(t, "LANG=C", args...)
}

// runIn runs the program with one environment variable, the locale.
func runIn(t *testing.T, locale string, args ...string) ended {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env = []string{locale}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	require.NoError(t, cmd.Start())
	overdue := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	defer overdue.Stop()
	_ = cmd.Wait() // the status says it
	return ended{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// simulator is a program that serves.
type simulator struct {
	*process.Simulator
	welcome         string // what it printed before it served
	public, control string // base URLs of its listeners
	toHealthy       time.Duration
}

// serve starts a simulator on free ports and waits until it is well. With the test it ends.
func serve(t *testing.T, args ...string) *simulator {
	t.Helper()
	return serveCommand(t, process.OnFreePorts(args...)...)
}

func serveCommand(t *testing.T, args ...string) *simulator {
	t.Helper()
	return serveIn(t, nil, args...)
}

// serveIn runs a command that serves, with further settings in its environment.
func serveIn(t *testing.T, env []string, args ...string) *simulator {
	t.Helper()
	begun := time.Now()
	s := begin(t, env, args...)
	require.Equal(t, "ok", get(t, s.public+"/healthz").field(t, "status"))
	s.toHealthy = time.Since(begun)
	return s
}

// begin starts a simulator, with further settings in its environment, and waits until it listens.
func begin(t *testing.T, env []string, args ...string) *simulator {
	t.Helper()
	s := process.Begin(t, program, env, args...)
	return &simulator{Simulator: s, welcome: s.Welcome, public: s.Public, control: s.Control}
}

// requireLogs waits until the program has logged something, which reaches the test a little later than an answer may.
func (s *simulator) requireLogs(t *testing.T, pattern string) {
	t.Helper()
	logs := regexp.MustCompile(pattern)
	require.Eventually(t, func() bool { return logs.MatchString(s.Stderr.String()) }, patience, time.Millisecond, "it never logs %s", pattern)
}

// stop asks the program to end and finds that it did so well.
func (s *simulator) stop(t *testing.T) {
	t.Helper()
	require.NoError(t, s.Process.Signal(os.Interrupt))
	require.Equal(t, 0, s.Wait(t), s.Stderr.String())
}
