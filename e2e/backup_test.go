package e2e_test

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// runOn runs the program with something on its standard input.
func runOn(t *testing.T, stdin string, args ...string) ended {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env = []string{"LANG=C"}
	var stdout, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &stdout, &stderr
	_ = cmd.Run() // the status says it
	return ended{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// succeeds runs the program, which has to end well.
func succeeds(t *testing.T, args ...string) ended {
	t.Helper()
	e := run(t, args...)
	require.Equal(t, 0, e.status, e.stderr)
	require.Empty(t, e.stderr)
	return e
}

// stores are places for worlds, each as the flags that name it.
func stores(t *testing.T) map[string][]string {
	t.Helper()
	return map[string][]string{
		"a simulator in memory": {"--control-url", serve(t).control},
		"a simulator on a file": {"--control-url", serve(t, "--data", filepath.Join(t.TempDir(), "sim.db")).control},
		"a file":                {"--data", filepath.Join(t.TempDir(), "sim.db")},
	}
}

// exported is the export of a world in which something has happened.
func exported(t *testing.T) string {
	t.Helper()
	s := serve(t)
	protect(t, s, "to be carried over")
	return succeeds(t, "export", "--control-url", s.control).stdout
}

func TestAWorldIsCarriedFromAnyStoreToAnyOther(t *testing.T) {
	t.Parallel()
	export := exported(t)
	require.Contains(t, export, "to be carried over")
	from, to := stores(t), stores(t)
	for name, source := range from {
		e := runOn(t, export, append([]string{"import", "carried", "-"}, source...)...)
		require.Equal(t, ended{0, "World carried was imported.\n", ""}, e, name)
	}
	for name, source := range from {
		for target, flags := range to {
			t.Run(name+" to "+target, func(t *testing.T) {
				world := strings.ReplaceAll(name, " ", "-")
				file := filepath.Join(t.TempDir(), "export.jsonl")
				succeeds(t, append([]string{"export", "carried", "--out", file}, source...)...)
				succeeds(t, append([]string{"import", world, file}, flags...)...)
				e := succeeds(t, append([]string{"export", world}, flags...)...)
				require.True(t, export == e.stdout, "it has become another")
			})
		}
	}
}

func TestAllWorldsOfAStoreAreCarriedTogether(t *testing.T) {
	t.Parallel()
	s := serve(t)
	protect(t, s, "to be carried over")
	require.Equal(t, http.StatusCreated, must(t, request{method: http.MethodPut, url: s.control + "/worlds/other", body: `{"world":{"seed":5}}`}).status)
	folder, file := filepath.Join(t.TempDir(), "new", "backup"), filepath.Join(t.TempDir(), "sim.db")
	e := succeeds(t, "export", "--all", folder, "--control-url", s.control)
	assert.Equal(t, "2 worlds were exported to "+folder+".\n", e.stdout)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "README.txt"), nil, 0o600))
	e = succeeds(t, "import", "--all", folder, "--data", file)
	assert.Equal(t, "World default was imported.\nWorld other was imported.\n", e.stdout)
	again := serve(t, "--data", file)
	for _, world := range []string{"default", "other"} {
		assert.Equal(t, get(t, s.control+"/worlds/"+world+"/events").body, get(t, again.control+"/worlds/"+world+"/events").body)
		assert.Equal(t, get(t, s.control+"/worlds/"+world+"/persons").body, get(t, again.control+"/worlds/"+world+"/persons").body)
	}

	e = run(t, "export", "--all", folder, "--control-url", s.control)
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, "--all: "+folder+" holds files already, as README.txt; give a folder that is new or empty")
	e = run(t, "import", "--all", folder, "--control-url", s.control)
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, `world "default" exists already; delete it first, or take another name. Nothing was imported`)
	e = run(t, "import", "--all", filepath.Dir(file), "--control-url", s.control)
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, "holds no export, as default.jsonl")
}

// TestHalfAnExportIsNoExport: what comes of one that was cut off or changed on its way is nothing, and says why.
func TestHalfAnExportIsNoExport(t *testing.T) {
	t.Parallel()
	export := exported(t)
	lines := strings.SplitAfter(strings.TrimSuffix(export, "\n"), "\n")
	events := strings.Join(lines[:len(lines)-1], "")
	file := filepath.Join(t.TempDir(), "sim.db")
	s := serve(t)
	for name, c := range map[string]struct{ export, says string }{
		"nothing":               {"", "the closing line is missing, so the export was cut off"},
		"between two lines":     {strings.Join(lines[:7], ""), "after 7 events: the closing line is missing, so the export was cut off"},
		"before its last line":  {events, "give --unclosed"},
		"within its last line":  {export[:len(export)-5], "the closing line does not fit the events before it"},
		"a flag that was lost":  {strings.Join(append(lines[:len(lines)-2:len(lines)-2], lines[len(lines)-1]), ""), "the closing line does not fit the events before it"},
		"a reason that changed": {strings.Replace(export, "carried", "married", 1), "the closing line does not fit the events before it"},
	} {
		for _, flags := range [][]string{{"--data", file}, {"--control-url", s.control}} {
			e := runOn(t, c.export, append([]string{"import", "half"}, flags...)...)
			assert.Equal(t, 1, e.status, name)
			assert.Empty(t, e.stdout)
			assert.Regexp(t, `^sim: standard input: `, e.stderr)
			assert.Contains(t, e.stderr, c.says, name)
			e = run(t, append([]string{"export", "half"}, flags...)...)
			assert.Contains(t, e.stderr, "SIM-WORLD-404")
		}
	}
	torn := filepath.Join(t.TempDir(), "torn.jsonl")
	require.NoError(t, os.WriteFile(torn, []byte(strings.Join(lines[:7], "")+lines[7][:30]), 0o600))
	e := run(t, "import", "half", torn, "--unclosed", "--data", file)
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, torn+": line 8: event 8 can't be read")
	e = run(t, "import", "half", torn, "--unclosed", "--control-url", s.control)
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, "body.line[8]: event 8 can't be read")

	e = runOn(t, events, "import", "whole", "--unclosed", "--data", file)
	require.Equal(t, 0, e.status, e.stderr)
	assert.Equal(t, export, succeeds(t, "export", "whole", "--data", file).stdout)
}

func TestAnExportThatFailsLeavesTheOneBefore(t *testing.T) {
	t.Parallel()
	s := serve(t)
	file := filepath.Join(t.TempDir(), "export.jsonl")
	e := succeeds(t, "export", "--out", file, "--control-url", s.control)
	assert.Equal(t, "World default was exported to "+file+".\n", e.stdout)
	before, err := os.ReadFile(file)
	require.NoError(t, err)
	e = run(t, "export", "none", "--out", file, "--control-url", s.control)
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, "SIM-WORLD-404")
	after, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))
	entries, err := os.ReadDir(filepath.Dir(file))
	require.NoError(t, err)
	assert.Len(t, entries, 1, "nothing is left beside")

	if full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0); err == nil { // on Linux
		cmd := exec.CommandContext(t.Context(), program, "export", "--control-url", s.control)
		cmd.Stdout = full
		require.Error(t, cmd.Run())
		require.NoError(t, full.Close())
	}
}

// TestTheStoreThatIsMeant: the command line goes before the environment; a file that is held tells of the other way in.
func TestTheStoreThatIsMeant(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "sim.db")
	s := serve(t, "--data", file)
	const inUse = "is in use: another process has it open; end that one first, or name another file; " +
		"if that is a running simulator, go to it by --control-url instead of --data"
	for _, e := range []ended{run(t, "export", "--data", file), run(t, "import", "new", "--data", file), runIn(t, "SIM_DATA="+file, "export")} {
		assert.Equal(t, 1, e.status)
		assert.Contains(t, e.stderr, inUse)
	}
	assert.Equal(t, 0, runIn(t, "SIM_DATA="+file, "export", "--control-url", s.control).status)
	s.stop(t)
	assert.Equal(t, 0, runIn(t, "SIM_DATA="+file, "export").status)

	absent := filepath.Join(t.TempDir(), "absent.db")
	e := run(t, "export", "--data", absent)
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, "--data: ")
	assert.NoFileExists(t, absent, "an export makes no store")
	for says, args := range map[string][]string{
		"--data, --postgres and --control-url each": {"export", "--data", file, "--control-url", s.control},
		"--all goes without a world":                {"export", "default", "--all", "x"},
		"give the name of the new world":            {"import"},
		`"Upper" can't be a world's name`:           {"import", "Upper"},
		"is the simulator running?":                 {"export", "--control-url", s.control},
	} {
		e := run(t, args...)
		assert.Equal(t, 1, e.status)
		assert.Contains(t, e.stderr, says)
	}
}

// TestAKilledImportLeavesNoWorld, whatever of it was written already.
func TestAKilledImportLeavesNoWorld(t *testing.T) {
	t.Parallel()
	export := longExport(t, 40_000)
	file := filepath.Join(t.TempDir(), "sim.db")
	cmd := exec.Command(program, "import", "long", export, "--unclosed", "--data", file)
	require.NoError(t, cmd.Start())
	require.Eventually(t, func() bool {
		info, err := os.Stat(file + "-wal")
		return err == nil && info.Size() > 1<<20
	}, patience, time.Millisecond, "it writes nothing")
	require.NoError(t, cmd.Process.Kill())
	require.Error(t, cmd.Wait(), "it was done too soon")
	e := run(t, "export", "long", "--data", file)
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, `SIM-WORLD-404: There is no world "long"`)
	succeeds(t, "import", "long", export, "--unclosed", "--data", file)
	assert.Contains(t, succeeds(t, "export", "long", "--data", file).stdout, `{"events":40020,`)
}

// longExport is a file with the events of the first world, and further ones that move its clock.
func longExport(t *testing.T, further int) string {
	t.Helper()
	var text strings.Builder
	text.WriteString(get(t, serve(t).control+"/worlds/default/events").body)
	n := strings.Count(text.String(), "\n")
	for i := range further {
		fmt.Fprintf(&text, `{"position":%d,"at":"2021-04-01T09:00:00+09:00","type":"clockSet","version":1,"data":{"now":"2021-04-01T09:00:00+09:00"}}`+"\n", n+i+1)
	}
	file := filepath.Join(t.TempDir(), "long.jsonl")
	require.NoError(t, os.WriteFile(file, []byte(text.String()), 0o600))
	return file
}
