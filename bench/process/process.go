// Package process runs the servers that are measured, each a process of its own, and tells what they cost.
package process

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// patience is how long a server may take to start or to end.
const patience = 2 * time.Minute

// Process is a server that runs.
type Process struct {
	cmd    *exec.Cmd
	begun  time.Time
	folder string // of what it prints
	ended  chan struct{}
	env    []string
}

// Start runs a command, with further settings in its environment, and does not wait for it.
func Start(ctx context.Context, env []string, program string, args ...string) (*Process, error) {
	folder, err := os.MkdirTemp("", "onshisim-bench-")
	if err != nil {
		return nil, err
	}
	p := &Process{cmd: exec.CommandContext(ctx, program, args...), folder: folder, ended: make(chan struct{}), env: env}
	p.cmd.Env = append(environment(), env...)
	stdout, err := os.Create(p.file("stdout"))
	if err != nil {
		return nil, err
	}
	defer stdout.Close()
	stderr, err := os.Create(p.file("stderr"))
	if err != nil {
		return nil, err
	}
	defer stderr.Close()
	p.cmd.Stdout, p.cmd.Stderr = stdout, stderr
	p.begun = time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	go func() {
		_ = p.cmd.Wait() // that it ended is enough
		close(p.ended)
	}()
	return p, nil
}

// environment is what a server gets of this process's settings: those of the Go runtime, so that all servers have the same.
func environment() (kept []string) {
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "GOGC", "GOMEMLIMIT", "GOMAXPROCS", "GODEBUG"} {
		if value, set := os.LookupEnv(name); set {
			kept = append(kept, name+"="+value)
		}
	}
	return append(kept, "LANG=C")
}

// PID is the number of the process.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Age is how long ago the process was started.
func (p *Process) Age() time.Duration { return time.Since(p.begun) }

// Await waits until something in what the process printed is as it should be.
func (p *Process) Await(ready func(stdout, stderr []byte) bool) error {
	for !ready(p.printed("stdout"), p.printed("stderr")) {
		select {
		case <-p.ended:
			if ready(p.printed("stdout"), p.printed("stderr")) {
				return nil
			}
			return fmt.Errorf("%s ended:\n%s", p.cmd, p.said())
		case <-time.After(500 * time.Microsecond):
		}
		if p.Age() > patience {
			return fmt.Errorf("%s is not ready after %s:\n%s", p.cmd, patience, p.said())
		}
	}
	return nil
}

// Stop asks the process to end, and waits until it has.
func (p *Process) Stop() error {
	defer func() { _ = os.RemoveAll(p.folder) }() // what is left lies where such things are swept
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-p.ended:
	case <-time.After(patience):
		return errors.Join(fmt.Errorf("%s does not end", p.cmd), p.cmd.Process.Kill())
	}
	return nil
}

func (p *Process) file(name string) string { return filepath.Join(p.folder, name) }

func (p *Process) printed(name string) []byte {
	text, _ := os.ReadFile(p.file(name)) // nothing is as good as nothing yet
	return text
}

func (p *Process) said() []byte {
	return bytes.Join([][]byte{p.printed("stdout"), p.printed("stderr")}, []byte("\n"))
}
