package replicas_test

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// patience is for a busy machine; nothing takes that long unless something is wrong.
const patience = time.Minute

// replica is a simulator that can be killed and started again.
type replica struct {
	database string

	mu              sync.Mutex
	process         *os.Process
	public, control string // base URLs; empty while it is down
	ended           chan struct{}
}

func newReplica(t *testing.T, database string) *replica {
	t.Helper()
	r := &replica{database: database}
	r.start(t)
	t.Cleanup(r.kill)
	return r
}

// start starts it, on ports of its own, and returns when it serves.
func (r *replica) start(t *testing.T) {
	t.Helper()
	cmd := exec.Command(program, "serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0")
	cmd.Env = []string{"LANG=C", "SIM_POSTGRES=" + r.database}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	overdue := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	lines := bufio.NewScanner(stdout)
	shown := map[string]string{}
	for shown["control"] == "" && lines.Scan() {
		if words := strings.Fields(lines.Text()); len(words) == 2 {
			shown[words[0]] = words[1]
		}
	}
	overdue.Stop()
	ended := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, stdout)
		_ = cmd.Wait()
		assert.NotContains(t, stderr.String(), "panic")
		close(ended)
	}()
	if shown["control"] == "" {
		<-ended
		require.FailNow(t, "it did not begin to serve", stderr.String())
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.process, r.ended = cmd.Process, ended
	r.public, r.control = strings.TrimSuffix(shown["intermediate"], "/intermediate"), shown["control"]
}

// kill ends it without a warning.
func (r *replica) kill() {
	r.mu.Lock()
	defer r.mu.Unlock()
	_ = r.process.Kill()
	<-r.ended
	r.public, r.control = "", ""
}

// urls are where it is; empty while it is down.
func (r *replica) urls() (public, control string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.public, r.control
}

func (r *replica) signal(t *testing.T, s syscall.Signal) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	require.NoError(t, r.process.Signal(s))
}
