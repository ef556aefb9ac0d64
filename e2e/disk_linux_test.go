package e2e_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// disk is a small disk in memory of the test's own.
type disk string

// newDisk mounts one, which only the superuser may.
func newDisk(t *testing.T) disk {
	t.Helper()
	folder := t.TempDir()
	err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=16m")
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EACCES) {
		t.Skip("a disk can't be mounted here: run this test as root")
	}
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, syscall.Unmount(folder, syscall.MNT_DETACH)) })
	return disk(folder)
}

func (d disk) file(name string) string { return filepath.Join(string(d), name) }

// fill fills it to the last byte.
func (d disk) fill() error {
	filler, err := os.Create(d.file("filler"))
	if err != nil {
		return err
	}
	_, err = io.Copy(filler, zeros{})
	if errors.Is(err, syscall.ENOSPC) {
		err = nil
	}
	return errors.Join(err, filler.Close())
}

func (d disk) makeRoom(t *testing.T) {
	t.Helper()
	require.NoError(t, os.Remove(d.file("filler")))
}

// zeros is as many bytes as anybody takes.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestAFullDiskTakesNothingAndLosesNothing: it fills up under load, time and again, and the last time the program is killed
// on it.
func TestAFullDiskTakesNothingAndLosesNothing(t *testing.T) {
	t.Parallel()
	d := newDisk(t)
	s := serve(t, "--data", d.file("sim.db"))
	s.MayFail = true
	all := &ledger{}
	for round := range 3 {
		writeUntil(t, s, all, round, func() { assert.NoError(t, d.fill()) })
		refusesWrites(t, s)
		all.holds(t, s)
		d.makeRoom(t)
		takesWrites(t, s, all, round)
	}
	s.requireLogs(t, "the disk is full; make room and try again")
	require.NoError(t, d.fill())
	refusesWrites(t, s)
	require.NoError(t, s.Process.Kill())
	s.Wait(t)
	e := run(t, "serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0", "--data", d.file("sim.db"))
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, "sim.db: the disk is full; make room and try again")
	d.makeRoom(t)
	all.holds(t, serve(t, "--data", d.file("sim.db")))
}

// TestADatabaseOnAFullDisk is like a file on one: nothing is taken, all can be read, and it goes on by itself.
func TestADatabaseOnAFullDisk(t *testing.T) {
	t.Parallel()
	database, d := newDatabase(t), newDisk(t)
	if owner := database.credential; owner != nil {
		require.NoError(t, os.Chmod(filepath.Dir(string(d)), 0o755))
		require.NoError(t, os.Chown(string(d), int(owner.Uid), int(owner.Gid)))
	}
	database.do(t, fmt.Sprintf("CREATE TABLESPACE small LOCATION '%s'", d), "CREATE DATABASE sim TABLESPACE small")
	s := serve(t, "--postgres", database.urlOf("sim"))
	s.MayFail = true
	protect(t, s, "before")
	require.NoError(t, d.fill())
	large := func() answer {
		return must(t, request{
			method: http.MethodPatch, url: s.public + "/intermediate/members/" + members[0].number + "/flags", token: members[0].token,
			body: fmt.Sprintf(`{"nonDisclosure":false,"appliedOn":"2021-04-01","reason":%q}`, strings.Repeat("x", 400)),
		})
	}
	a := large()
	for n := 0; n < 100 && a.status == http.StatusOK; n++ { // into what room its files have
		a = large()
	}
	requireProblem(t, a, http.StatusServiceUnavailable, "SIM-LOG-503")
	assert.NotContains(t, a.body, "disk")
	s.requireLogs(t, "its disk is full; make room and try again")
	assert.Contains(t, flagsOf(t, s), "before")
	events := get(t, s.control+"/worlds/default/events").body
	d.makeRoom(t)
	require.Equal(t, http.StatusOK, large().status)
	require.Equal(t, strings.Count(events, "\n")+1, strings.Count(get(t, s.control+"/worlds/default/events").body, "\n"))
}

func TestAnImportOnAFullDiskLeavesNothing(t *testing.T) {
	t.Parallel()
	export, d := longExport(t, 20_000), newDisk(t)
	serve(t, "--data", d.file("sim.db")).stop(t)
	require.NoError(t, d.fill())
	e := run(t, "import", "long", export, "--unclosed", "--data", d.file("sim.db"))
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, "sim.db: the disk is full; make room and try again")
	d.makeRoom(t)
	e = run(t, "export", "long", "--data", d.file("sim.db"))
	assert.Contains(t, e.stderr, `SIM-WORLD-404: There is no world "long"`)
	succeeds(t, "import", "long", export, "--unclosed", "--data", d.file("sim.db"))
}

// takesWrites finds that the first write after a round is taken, without a restart.
func takesWrites(t *testing.T, s *simulator, all *ledger, round int) {
	t.Helper()
	reason := fmt.Sprintf("writer 0, round %d, act 1000000", round)
	all.sending(reason, true)
	a := must(t, request{
		method: http.MethodPatch, url: s.public + "/intermediate/members/" + members[0].number + "/flags", token: members[0].token,
		body: fmt.Sprintf(`{"nonDisclosure":true,"selfInformationBlocked":true,"appliedOn":"2021-04-01","reason":%q}`, reason),
	})
	require.Equal(t, http.StatusOK, a.status, a.body)
	all.acked[0] = append(all.acked[0], reason)
}

// refusesWrites finds that nothing can be written, that the caller is not told why, and that everything can be read.
func refusesWrites(t *testing.T, s *simulator) {
	t.Helper()
	before := state(t, s)
	for _, r := range []request{
		{
			method: http.MethodPatch, url: s.public + "/intermediate/members/" + members[0].number + "/flags", token: members[0].token,
			body: `{"nonDisclosure":true,"appliedOn":"2021-04-01","reason":"on a full disk"}`,
		},
		{method: http.MethodPut, url: s.control + "/worlds/new", body: `{}`},
	} {
		a := must(t, r)
		requireProblem(t, a, http.StatusServiceUnavailable, "SIM-LOG-503")
		assert.NotEmpty(t, a.header.Get("Retry-After"))
		assert.NotContains(t, a.body, "disk")
	}
	assert.Equal(t, before, state(t, s))
	a := must(t, request{
		method: http.MethodPost, url: s.public + "/terminal/certificate-checks", token: "hospital-token",
		body: `{"insurerNumber":"06990014","insuredCardSymbol":"1001","insuredIdentificationNumber":"10001","insuredBranchNumber":"01","birthdate":"1980-05-15"}`,
	})
	assert.Equal(t, http.StatusOK, a.status, a.body)
}

// TestWhatMayNotBeWrittenIsNamed before anything listens, with the way out.
func TestWhatMayNotBeWrittenIsNamed(t *testing.T) {
	t.Parallel()
	d := newDisk(t)
	serve(t, "--data", d.file("sim.db")).stop(t)
	require.NoError(t, syscall.Mount("", string(d), "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
	for _, name := range []string{"sim.db", "new.db"} {
		e := run(t, "serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0", "--data", d.file(name))
		assert.Equal(t, 1, e.status)
		assert.Empty(t, e.stdout)
		assert.Contains(t, e.stderr, name+": its directory must be writable, and its lock too: "+
			"let the user write there who runs this program, or name another file")
		assert.Contains(t, e.stderr, "read-only file system")
	}
}
