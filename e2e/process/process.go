// Package process builds the simulator, starts it and ends it, for tests that look at it from outside.
package process

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Patience is for a busy machine; no test waits that long unless something is wrong.
const Patience = time.Minute

// Build builds the program of a repository into a folder and gives its path.
func Build(repository, folder string) (program string, err error) {
	program = filepath.Join(folder, "sim")
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", program, "./cmd/sim")
	build.Dir = repository
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the program: %w\n%s", err, said)
	}
	return program, nil
}

// OnFreePorts are the arguments with which a simulator serves where nothing else does.
func OnFreePorts(further ...string) []string {
	return append([]string{"serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0"}, further...)
}

// Simulator is a program that serves.
type Simulator struct {
	Welcome         string // what it printed before it served
	Public, Control string // base URLs of its listeners

	MayFail bool // its store is taken away, so that it has to log that it failed

	Process *os.Process
	Stderr  Logged
	end     chan struct{} // closed when the program has ended
	status  int           // then its exit status
}

// Begin starts a simulator, with further settings in its environment, and waits until it listens. With the test it ends.
func Begin(t testing.TB, program string, env []string, args ...string) *Simulator {
	t.Helper()
	s := &Simulator{end: make(chan struct{})}
	cmd := exec.Command(program, args...)
	cmd.Env = append([]string{"LANG=C"}, env...)
	cmd.Stderr = &s.Stderr
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	s.Process = cmd.Process
	t.Cleanup(func() {
		_ = s.Process.Kill()
		s.Wait(t)
		if !s.MayFail {
			assert.NotContains(t, s.Stderr.String(), `"level":"ERROR"`, "an answer failed")
		}
	})

	lines := bufio.NewReader(stdout)
	overdue := time.AfterFunc(Patience, func() { _ = s.Process.Kill() })
	s.Welcome = welcomeOf(lines)
	overdue.Stop()
	go func() {
		_, _ = io.Copy(io.Discard, lines)
		_ = cmd.Wait() // the status says it
		s.status = cmd.ProcessState.ExitCode()
		close(s.end)
	}()
	s.Public = strings.TrimSuffix(s.Shown("docs"), "/docs")
	s.Control = s.Shown("control")
	if s.Public == "" || s.Control == "" {
		_ = s.Process.Kill()
		s.Wait(t)
		require.FailNow(t, "it did not begin to serve", "%s\n%s", s.Welcome, s.Stderr.String())
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

// Shown is the first word after a name in the welcome.
func (s *Simulator) Shown(name string) string {
	for line := range strings.Lines(s.Welcome) {
		if words := strings.Fields(line); len(words) > 1 && words[0] == name {
			return words[1]
		}
	}
	return ""
}

// Wait waits for the program's end and gives its exit status.
func (s *Simulator) Wait(t testing.TB) int {
	t.Helper()
	select {
	case <-s.end:
		return s.status
	case <-time.After(Patience):
		require.FailNow(t, "it does not end", s.Stderr.String())
		return 0
	}
}

// Logged is a buffer that may be read while a program writes.
type Logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *Logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *Logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
