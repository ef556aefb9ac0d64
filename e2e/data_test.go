package e2e_test

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestASecondProgramOnTheSameFileIsRefused(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "sim.db")
	first := serve(t, "--data", file)
	assert.NotContains(t, first.welcome, "ends with the program", "the state is kept")
	e := run(t, "serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0", "--data", file)
	assert.Equal(t, 1, e.status)
	assert.Empty(t, e.stdout)
	assert.Regexp(t, `^sim: .*sim\.db is in use: another process has it open`, e.stderr)
	protect(t, first, "after the second one")
	first.stop(t)
	assert.Contains(t, flagsOf(t, serve(t, "--data", file)), "after the second one")
}

// protect sets a flag on a member, for a reason.
func protect(t *testing.T, s *simulator, reason string) {
	t.Helper()
	a := must(t, request{
		method: http.MethodPatch, url: s.public + "/intermediate/members/" + members[0].number + "/flags", token: members[0].token,
		body: fmt.Sprintf(`{"nonDisclosure":true,"appliedOn":"2021-04-01","reason":%q}`, reason),
	})
	require.Equal(t, http.StatusOK, a.status, a.body)
}

func flagsOf(t *testing.T, s *simulator) string {
	t.Helper()
	a := must(t, request{method: http.MethodGet, url: s.public + "/intermediate/members/" + members[0].number + "/flags", token: members[0].token})
	require.Equal(t, http.StatusOK, a.status, a.body)
	return a.body
}

// TestAFileThatCannotBeBelievedIsRefused before anything listens, with the file's name and what is wrong, and stays as
// it is.
func TestAFileThatCannotBeBelievedIsRefused(t *testing.T) {
	t.Parallel()
	const reason = "この記録は傷つく" // stands in one record of the file
	whole := stored(t, reason)
	at := bytes.Index(whole, []byte(reason))
	require.Positive(t, at)
	flipped := bytes.Clone(whole)
	flipped[at] ^= 1
	flipped[at+3] ^= 0x40
	torn := bytes.Clone(whole)
	clear(torn[len(torn)/4096/2*4096:][:4096])
	newer := bytes.Clone(whole)
	newer[63]++ // of user_version, by SQLite's file format
	for name, test := range map[string]struct {
		content []byte
		says    string
	}{
		"a newer program's":          {newer, `has format 2, this program knows up to 1: use a newer one, or name another file`},
		"bytes flipped in a record":  {flipped, `world "default", position [0-9]+ can't be believed: the record does not fit its checksum`},
		"a page of zeros":            {torn, `can't be believed: .`},
		"half of it":                 {whole[:len(whole)/2], `can't be believed: it has [0-9]+ bytes, its header says`},
		"one byte short":             {whole[:len(whole)-1], `can't be believed: it has [0-9]+ bytes, its header says`},
		"the beginning of a header":  {whole[:50], `can't be believed: it ends within its header, after 50 bytes`},
		"a text file":                {[]byte("買い物: 牛乳\n"), `can't be believed: it is no event log`},
		"a long text file":           {bytes.Repeat([]byte("買い物: 牛乳\n"), 1000), `can't be believed: it is no event log`},
		"a text behind a good start": {append([]byte("SQLite format 3\x00"), bytes.Repeat([]byte("text"), 500)...), `can't be believed: it is no event log`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "kept.db")
			require.NoError(t, os.WriteFile(file, test.content, 0o600))
			e := run(t, "serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0", "--data", file)
			assert.Equal(t, 1, e.status)
			assert.Empty(t, e.stdout, "it listens")
			assert.Regexp(t, `^sim: event log .*kept\.db.*`+test.says, e.stderr)
			assert.NotContains(t, e.stderr, reason, "what is stored is nobody's business")
			after, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.True(t, bytes.Equal(test.content, after), "the file was changed")
			assert.NoFileExists(t, file+"-wal")
			assert.NoFileExists(t, file+"-shm")
		})
	}
}

// stored is the content of a file in which a good program has kept a reason.
func stored(t *testing.T, reason string) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "sim.db")
	s := serve(t, "--data", file)
	protect(t, s, "前の記録")
	protect(t, s, reason)
	protect(t, s, "後の記録")
	s.stop(t)
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, flagsOf(t, serve(t, "--data", file)), reason)
	return content
}

func TestAFileNeedsItsFolder(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for file, says := range map[string]string{
		filepath.Join(folder, "none", "sim.db"): "its directory does not exist",
		folder:                                  "it is a directory",
	} {
		e := run(t, "serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0", "--data", file)
		assert.Equal(t, 1, e.status)
		assert.Contains(t, e.stderr, says)
	}
}

// TestNothingIsAcknowledgedOnceTheFolderIsGone, for it would be gone too; what was there before can still be carried away.
func TestNothingIsAcknowledgedOnceTheFolderIsGone(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "data")
	require.NoError(t, os.Mkdir(folder, 0o700))
	s := serve(t, "--data", filepath.Join(folder, "sim.db"))
	s.MayFail = true
	protect(t, s, "before")
	require.NoError(t, os.RemoveAll(folder))
	a := must(t, request{
		method: http.MethodPatch, url: s.public + "/intermediate/members/" + members[0].number + "/flags", token: members[0].token,
		body: `{"nonDisclosure":false,"appliedOn":"2021-04-01","reason":"after"}`,
	})
	requireProblem(t, a, http.StatusServiceUnavailable, "SIM-LOG-503")
	s.requireLogs(t, "was taken away while it is open, so that it keeps nothing more")
	assert.Contains(t, flagsOf(t, s), "before")
	export := succeeds(t, "export", "--control-url", s.control).stdout
	e := runOn(t, export, "import", "default", "--data", filepath.Join(t.TempDir(), "sim.db"))
	assert.Equal(t, 0, e.status, e.stderr)
}

// TestAStartTellsOfClocksThatAreAhead, as of a world that lived on another machine, or here before the clock was set right.
func TestAStartTellsOfClocksThatAreAhead(t *testing.T) {
	t.Parallel()
	s := serve(t)
	require.Equal(t, http.StatusCreated, must(t, request{method: http.MethodPut, url: s.control + "/worlds/running", body: `{}`}).status)
	events := regexp.MustCompile(`"at":"20..`).ReplaceAllString(get(t, s.control+"/worlds/running/events").body, `"at":"2099`)
	file := filepath.Join(t.TempDir(), "sim.db")
	require.Equal(t, 0, runOn(t, events, "import", "running", "--unclosed", "--data", file).status)
	s = serve(t, "--data", file)
	s.requireLogs(t, `"level":"WARN","msg":"The newest event of world running is of 2099-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00, ahead of this machine's clock \(20`)
	assert.Contains(t, get(t, s.control+"/worlds/running/clock").body, `"now":"2099-`)
	s.stop(t)
	e := runIn(t, "LANG=ja_JP.UTF-8", "serve", "--listen", "nowhere", "--data", file) // ends for its address
	assert.Contains(t, e.stderr, "世界 running の最後のイベントは 2099-")
}
