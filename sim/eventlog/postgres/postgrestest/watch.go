package postgrestest

import (
	"os"
	"os/exec"
)

// watching waits until its input ends, which is when the test process has let go of the other end or is no more; then it
// runs its arguments behind the first, a command that stops the server, and removes the first, the server's folder.
const watching = `trap '' HUP INT QUIT TERM
read -r _
folder=$1
shift
cd "$folder" && "$@"
cd / && rm -rf "$folder"`

// watch starts the process that ends the server when this one has ended, even if it was killed. It shares nothing with this
// one but its input: go test waits for whoever holds its output.
func (s *Server) watch() error {
	input, held, err := os.Pipe()
	if err != nil {
		return err
	}
	args := append([]string{"-c", watching, "sh", s.folder},
		s.command("pg_ctl", "stop", "-m", "immediate", "--wait", "--silent", "--pgdata="+s.data())...)
	s.held, s.watcher = held, exec.Command("sh", args...)
	s.watcher.Stdin = input
	if err := s.watcher.Start(); err != nil {
		return err
	}
	return input.Close()
}

// end ends the server and removes its folder.
func (s *Server) end() {
	_ = s.held.Close()
	_ = s.watcher.Wait() // it fails to stop a server that is stopped
}
