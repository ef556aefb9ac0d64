package e2e_test

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// patience is for a busy machine; no test waits that long unless something is wrong.
const patience = time.Minute

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
	welcome         string // what it printed before it served
	public, control string // base URLs of its listeners
	toHealthy       time.Duration

	mayFail bool // its store is taken away, so that it has to log that it failed

	process *os.Process
	stderr  logged
	end     chan struct{} // closed when the program has ended
	status  int           // then its exit status
}

// serve starts a simulator on free ports and waits until it is well. With the test it ends.
func serve(t *testing.T, args ...string) *simulator {
	t.Helper()
	return serveCommand(t, append([]string{"serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0"}, args...)...)
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
	s := &simulator{end: make(chan struct{})}
	cmd := exec.Command(program, args...)
	cmd.Env = append([]string{"LANG=C"}, env...)
	cmd.Stderr = &s.stderr
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	s.process = cmd.Process
	t.Cleanup(func() {
		_ = s.process.Kill()
		s.wait(t)
		if !s.mayFail {
			assert.NotContains(t, s.stderr.String(), `"level":"ERROR"`, "an answer failed")
		}
	})

	lines := bufio.NewReader(stdout)
	overdue := time.AfterFunc(patience, func() { _ = s.process.Kill() })
	s.welcome = welcomeOf(lines)
	overdue.Stop()
	go func() {
		_, _ = io.Copy(io.Discard, lines)
		_ = cmd.Wait() // the status says it
		s.status = cmd.ProcessState.ExitCode()
		close(s.end)
	}()
	s.public = strings.TrimSuffix(s.shown("docs"), "/docs")
	s.control = s.shown("control")
	if s.public == "" || s.control == "" {
		_ = s.process.Kill()
		s.wait(t)
		require.FailNow(t, "it did not begin to serve", "%s\n%s", s.welcome, s.stderr.String())
	}
	return s
}

// welcomeOf is what is printed up to the third curl line and the empty one after it.
func welcomeOf(lines *bufio.Reader) string {
	var welcome strings.Builder
	for requests := 0; requests < 3; {
		line, err := lines.ReadString('\n')
		welcome.WriteString(line)
		if err != nil {
			break
		}
		if strings.HasPrefix(line, "  curl ") {
			requests++
		}
	}
	return welcome.String()
}

// shown is the first word after a name in the welcome.
func (s *simulator) shown(name string) string {
	for line := range strings.Lines(s.welcome) {
		if words := strings.Fields(line); len(words) > 1 && words[0] == name {
			return words[1]
		}
	}
	return ""
}

// wait waits for the program's end and gives its exit status.
func (s *simulator) wait(t *testing.T) int {
	t.Helper()
	select {
	case <-s.end:
		return s.status
	case <-time.After(patience):
		require.FailNow(t, "it does not end", s.stderr.String())
		return 0
	}
}

// requireLogs waits until the program has logged something, which reaches the test a little later than an answer may.
func (s *simulator) requireLogs(t *testing.T, pattern string) {
	t.Helper()
	logs := regexp.MustCompile(pattern)
	require.Eventually(t, func() bool { return logs.MatchString(s.stderr.String()) }, patience, time.Millisecond, "it never logs %s", pattern)
}

// stop asks the program to end and finds that it did so well.
func (s *simulator) stop(t *testing.T) {
	t.Helper()
	require.NoError(t, s.process.Signal(os.Interrupt))
	require.Equal(t, 0, s.wait(t), s.stderr.String())
}

// logged is a buffer that may be read while the program writes.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
