// Package postgrestest runs private PostgreSQL servers for tests, of the programs that the machine has: nobody else's
// server is touched. A server and its folder are gone soon after the test process, however that ends.
package postgrestest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Server is a PostgreSQL server of its own, with the superuser postgres, who needs no password.
type Server struct {
	programs string   // the folder of PostgreSQL's programs
	folder   string   // of all that is the server's
	port     int      // on 127.0.0.1
	held     *os.File // what the watcher waits for to be closed, if only by the end of this process
	watcher  *exec.Cmd
}

// New starts a server, which ends with the test. A durable one syncs its disk, as one that is really used does; one that is
// not is quicker, and loses nothing either, unless the machine fails. Without PostgreSQL the test is skipped, or fails
// if CI=true.
func New(t testing.TB, durable bool) *Server {
	t.Helper()
	s, err := start(find(t), durable)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.end)
	return s
}

// Run starts a server without a test, as New does; end ends it.
func Run(durable bool) (s *Server, end func(), err error) {
	folder := programs()
	if folder == "" {
		return nil, nil, ErrMissing
	}
	if s, err = start(folder, durable); err != nil {
		return nil, nil, err
	}
	return s, s.end, nil
}

// ErrMissing says that the machine has no PostgreSQL.
var ErrMissing = errors.New("PostgreSQL's programs are missing: install postgresql")

// URL names one of the server's databases.
func (s *Server) URL(database string) string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", s.port, database)
}

// Kill ends the server at once, as a power cut would: its clients find their connections broken.
func (s *Server) Kill(t testing.TB) {
	t.Helper()
	if err := s.control("stop", "-m", "immediate"); err != nil {
		t.Fatal(err)
	}
}

// Start starts a server that was killed, at the same address.
func (s *Server) Start(t testing.TB) {
	t.Helper()
	if err := s.control("start", "-l", s.log()); err != nil {
		t.Fatal(err)
	}
}

// start makes a server.
func start(programs string, durable bool) (*Server, error) {
	folder, err := os.MkdirTemp("", "postgrestest-")
	if err != nil {
		return nil, err
	}
	s := &Server{programs: programs, folder: folder}
	if err := s.watch(); err != nil {
		return nil, err
	}
	if err := s.make(durable); err != nil {
		s.end()
		return nil, err
	}
	return s, nil
}

// make makes the server's files and starts it.
func (s *Server) make(durable bool) error {
	if os.Geteuid() == 0 { // as whom PostgreSQL refuses to run
		owner, err := user.Lookup(owner)
		if err != nil {
			return err
		}
		id, err := strconv.Atoi(owner.Uid)
		if err != nil {
			return err
		}
		if err := os.Chown(s.folder, id, -1); err != nil {
			return err
		}
	}
	// A language's order of texts, in which nothing must come that promises the order of bytes.
	if err := s.run("initdb", "--no-sync", "--username=postgres", "--auth=trust", "--pgdata="+s.data(),
		"--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=ja"); err != nil {
		return err
	}
	err := s.configure("listen_addresses = '127.0.0.1'", fmt.Sprintf("unix_socket_directories = '%s'", s.folder),
		fmt.Sprintf("fsync = %t", durable), fmt.Sprintf("full_page_writes = %t", durable), "max_connections = 300", "shared_buffers = 32MB")
	for range 10 {
		if err != nil {
			break
		}
		// Not a port that the system gives to whoever asks for any: it would do so while the server is stopped.
		s.port = 20_000 + rand.IntN(10_000)
		if err = s.configure(fmt.Sprintf("port = %d", s.port)); err != nil {
			break
		}
		if err = s.control("start", "-l", s.log()); err == nil {
			return nil
		}
		log, _ := os.ReadFile(s.log())
		if !strings.Contains(string(log), "Address already in use") {
			return fmt.Errorf("%w\n%s", err, log)
		}
		err = os.Remove(s.log())
	}
	return err
}

func (s *Server) data() string { return filepath.Join(s.folder, "data") }
func (s *Server) log() string  { return filepath.Join(s.folder, "log") }

// configure adds lines to the server's settings; the last of a name counts.
func (s *Server) configure(lines ...string) error {
	f, err := os.OpenFile(filepath.Join(s.data(), "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if _, err := f.WriteString("\n" + strings.Join(lines, "\n") + "\n"); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

// control starts or stops the server and waits until that is done.
func (s *Server) control(what string, more ...string) error {
	return s.run("pg_ctl", append([]string{what, "--wait", "--silent", "--pgdata=" + s.data()}, more...)...)
}

// run runs one of PostgreSQL's programs.
func (s *Server) run(program string, args ...string) error {
	command := s.command(program, args...)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = s.folder
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", cmd, err, out)
	}
	return nil
}

// owner is as whom the server runs if this process is root's.
const owner = "postgres"

func (s *Server) command(program string, args ...string) []string {
	command := append([]string{filepath.Join(s.programs, program)}, args...)
	if os.Geteuid() == 0 {
		command = append([]string{"runuser", "-u", owner, "--"}, command...)
	}
	return command
}
