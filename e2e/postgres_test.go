package e2e_test

import (
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// database is a PostgreSQL of the test's own, that can be killed and started again. It is reached by a socket in its folder,
// so that it is in nobody's way.
type database struct {
	programs, folder string
	credential       *syscall.Credential // as whom it runs, if not as the test
	url              string

	process *os.Process
	ended   chan struct{} // closed when it has
}

// newDatabase starts one, or skips the test where there is no PostgreSQL, which fails it if CI=true.
func newDatabase(t *testing.T) *database {
	t.Helper()
	folder, err := os.MkdirTemp("", "onshisim-e2e-") // not the test's own: a socket's path must be short
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	d := &database{programs: postgresPrograms(t), folder: folder}
	if d.programs == "" {
		t.Skip("PostgreSQL's programs are missing: install postgresql to run this test")
	}
	d.url = d.urlOf("postgres")
	if os.Geteuid() == 0 { // as whom PostgreSQL refuses to run
		d.credential = credentialOf(t, "postgres")
		require.NoError(t, os.Chown(folder, int(d.credential.Uid), -1))
	}
	said, err := d.command("initdb", "--no-sync", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--pgdata="+d.data()).CombinedOutput()
	require.NoError(t, err, string(said))
	d.start(t)
	t.Cleanup(d.kill)
	return d
}

// postgresPrograms is the folder of PostgreSQL's programs, which Debian does not put on PATH; empty if there are none, which
// fails the test if CI=true.
func postgresPrograms(t *testing.T) string {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	require.NoError(t, err)
	if onPath, err := exec.LookPath("postgres"); err == nil {
		onPath, err = filepath.EvalSymlinks(onPath) // the others lie beside it
		require.NoError(t, err)
		found = append(found, onPath)
	}
	if len(found) == 0 {
		require.NotEqual(t, "true", os.Getenv("CI"), "PostgreSQL's programs are missing: install postgresql")
		return ""
	}
	return filepath.Dir(found[len(found)-1])
}

func credentialOf(t *testing.T, name string) *syscall.Credential {
	t.Helper()
	owner, err := user.Lookup(name)
	require.NoError(t, err)
	var ids [2]uint64
	for i, id := range []string{owner.Uid, owner.Gid} {
		ids[i], err = strconv.ParseUint(id, 10, 32)
		require.NoError(t, err)
	}
	return &syscall.Credential{Uid: uint32(ids[0]), Gid: uint32(ids[1])}
}

// urlOf is the URL of one of its databases.
func (d *database) urlOf(name string) string {
	return "postgres:///" + name + "?" + url.Values{"host": {d.folder}, "user": {"postgres"}}.Encode()
}

func (d *database) data() string { return filepath.Join(d.folder, "data") }
func (d *database) log() string  { return filepath.Join(d.folder, "log") }

func (d *database) command(program string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(d.programs, program), args...)
	cmd.Dir = d.folder
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: d.credential, Pdeathsig: syscall.SIGQUIT}
	return cmd
}

// start returns when the database answers. One that was killed is not let start before the last of its processes has noticed.
func (d *database) start(t *testing.T) {
	t.Helper()
	for begun := time.Now(); ; {
		log, err := os.OpenFile(d.log(), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
		require.NoError(t, err)
		cmd := d.command("postgres", "-D", d.data(), "-k", d.folder, "-c", "listen_addresses=")
		cmd.Stdout, cmd.Stderr = log, log
		require.NoError(t, cmd.Start())
		require.NoError(t, log.Close())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_ = cmd.Wait() // its log says how it ended
		}()
		d.process, d.ended = cmd.Process, ended
		if d.answers() {
			return
		}
		said, err := os.ReadFile(d.log())
		require.NoError(t, err)
		if !strings.Contains(string(said), "still in use") || time.Since(begun) > patience {
			require.FailNow(t, "the database does not start", string(said))
		}
	}
}

// answers waits until the database does, or has ended.
func (d *database) answers() bool {
	for {
		select {
		case <-d.ended:
			return false
		case <-time.After(20 * time.Millisecond):
			// The file of its process says that it is ready, in the eighth line; pg_ctl goes by it too.
			said, _ := os.ReadFile(filepath.Join(d.data(), "postmaster.pid"))
			lines := strings.Split(string(said), "\n")
			if len(lines) >= 8 && lines[0] == strconv.Itoa(d.process.Pid) && strings.TrimSpace(lines[7]) == "ready" {
				return true
			}
		}
	}
}

// do runs statements.
func (d *database) do(t *testing.T, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		said, err := d.command("psql", "--quiet", "--no-psqlrc", "--command="+statement, d.url).CombinedOutput()
		require.NoError(t, err, string(said))
	}
}

// kill ends the database without a warning. It may be called by any goroutine.
func (d *database) kill() {
	_ = d.process.Kill()
	<-d.ended
}
