package backup_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"onshisim/sim/backup"
	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/sqlite"
	"onshisim/sim/world"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// lived is a log whose world has been set back to a checkpoint, and has gone on since; and the world's export.
func lived(t *testing.T) (log eventlog.Log, export string) {
	t.Helper()
	log = eventlog.NewMemory()
	worlds, err := world.Open(t.Context(), log, world.Sources{Wall: func() time.Time { return time.Unix(1_800_000_000, 0) }})
	require.NoError(t, err)
	w, err := worlds.Create(t.Context(), "lived", &world.Document{
		Seed: 7, Now: "2021-04-01T09:00:00+09:00", Persons: []world.Person{{ID: "hanako"}, {ID: "taro"}},
	})
	require.NoError(t, err)
	advance := func(n int) {
		for range n {
			require.NoError(t, w.AdvanceClock(t.Context(), time.Minute))
		}
	}
	advance(400)
	_, err = w.PutCheckpoint(t.Context(), "c")
	require.NoError(t, err)
	for range 3 {
		advance(100)
		_, err = w.Restore(t.Context(), "c")
		require.NoError(t, err)
	}
	advance(10)
	return log, exported(t, log, "lived")
}

func exported(t *testing.T, log eventlog.Log, name string) string {
	t.Helper()
	var text bytes.Buffer
	require.NoError(t, backup.Write(&text, backup.Export(t.Context(), log, name)))
	return text.String()
}

// asFile lays a text into a file and opens it.
func asFile(t *testing.T, text string) *os.File {
	t.Helper()
	name := filepath.Join(t.TempDir(), "export.jsonl")
	require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	file, err := os.Open(name)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, file.Close()) })
	return file
}

func openSQLite(t *testing.T) eventlog.Log {
	t.Helper()
	log, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "sim.db"))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, log.Close()) })
	return log
}

func TestAnImportIsTheWorldAgain(t *testing.T) {
	t.Parallel()
	_, export := lived(t)
	for name, log := range map[string]eventlog.Log{"memory": eventlog.NewMemory(), "sqlite": openSQLite(t)} {
		behind := asFile(t, "something else\n"+export)
		_, err := behind.Seek(int64(len("something else\n")), io.SeekStart)
		require.NoError(t, err)
		for world, from := range map[string]io.Reader{
			"file": asFile(t, export), "stream": iotest.HalfReader(strings.NewReader(export)), "rest-of-a-file": behind,
		} {
			events, err := backup.Import(t.Context(), log, world, from, true)
			require.NoError(t, err)
			require.EqualValues(t, strings.Count(export, "\n")-1, events)
			require.True(t, export == exported(t, log, world), "%s in %s is another", world, name)
		}
		worlds, err := world.Open(t.Context(), log, world.Sources{Wall: time.Now})
		require.NoError(t, err)
		w, err := worlds.World(t.Context(), "file")
		require.NoError(t, err)
		require.Equal(t, "2021-04-01T15:50:00+09:00", world.Instant(w.Now()))
	}
}

// TestWhatCanNotBeImportedLeavesNothing, and names the first line that is wrong.
func TestWhatCanNotBeImportedLeavesNothing(t *testing.T) {
	t.Parallel()
	_, whole := lived(t)
	lines := strings.SplitAfter(whole, "\n")
	events := strings.Join(lines[:len(lines)-2], "")
	last := len(lines) - 2
	with := func(n int, line string) string {
		changed := append([]string(nil), lines[:last]...)
		changed[n-1] = line
		return strings.Join(changed, "")
	}
	log := openSQLite(t)
	for name, c := range map[string]struct{ export, says string }{
		"nothing":                      {"", "after 0 events: the closing line is missing"},
		"no events":                    {closed(t, ""), "it holds no events"},
		"cut off between lines":        {strings.Join(lines[:300], ""), "after 300 events: the closing line is missing"},
		"cut off within a line":        {events[:len(events)-9], "can't be read: unexpected EOF"},
		"cut off within the last line": {whole[:len(whole)-9], "line 720: the closing line does not fit"},
		"a line lost on the way":       {strings.Join(lines[:5], "") + strings.Join(lines[6:], ""), "line 6: event 6 is missing: position 7 stands in its place"},
		"a line lost before":           {closed(t, with(6, "")), "line 6: event 6 is missing: position 7 stands in its place"},
		"a line damaged":               {closed(t, with(500, "{\"position\":500\n")), "line 500: event 500 can't be read"},
		"a value changed on the way":   {strings.Replace(whole, "09:05:00", "09:06:00", 1), "line 720: the closing line does not fit the events before it"},
		"what does not fit": {
			closed(t, with(719, `{"position":719,"at":"2021-04-01T09:00:00+09:00","type":"cardSuspended","version":1,"data":{"cardSerial":"x"}}`+"\n")),
			"line 719: event 719 does not fit the events before it",
		},
	} {
		for _, from := range []io.Reader{asFile(t, c.export), strings.NewReader(c.export)} {
			_, err := backup.Import(t.Context(), log, "lived", from, true)
			require.ErrorContains(t, err, c.says, name)
		}
		worlds, err := log.Worlds(t.Context())
		require.NoError(t, err)
		require.Empty(t, worlds, name)
	}
	_, err := backup.Import(t.Context(), log, "lived", strings.NewReader(events), false)
	require.NoError(t, err)
	require.True(t, whole == exported(t, log, "lived"))
	_, err = backup.Import(t.Context(), log, "lived", strings.NewReader(events), false)
	require.ErrorContains(t, err, `World "lived" exists already`)
}

func TestAnImportCanBeGivenUp(t *testing.T) {
	t.Parallel()
	_, export := lived(t)
	log := openSQLite(t)
	for _, from := range []io.Reader{asFile(t, export), strings.NewReader(export)} {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := backup.Import(ctx, log, "lived", from, true)
		require.ErrorIs(t, err, context.Canceled)
	}
	broken := errors.New("the source broke")
	_, err := backup.Import(t.Context(), log, "lived", io.MultiReader(strings.NewReader(export), iotest.ErrReader(broken)), true)
	require.ErrorIs(t, err, broken)
	worlds, err := log.Worlds(t.Context())
	require.NoError(t, err)
	require.Empty(t, worlds)
}

// takenMeanwhile is a log in which another creates the world first.
type takenMeanwhile struct{ eventlog.Log }

func (takenMeanwhile) Head(context.Context, string) (eventlog.Head, error) {
	return eventlog.Head{}, nil
}

func TestAWorldThatCameMeanwhileStays(t *testing.T) {
	t.Parallel()
	log, export := lived(t)
	_, err := backup.Import(t.Context(), takenMeanwhile{log}, "lived", strings.NewReader(export), true)
	require.ErrorContains(t, err, `World "lived" exists already`)
	require.True(t, export == exported(t, log, "lived"))
}

func TestAnExportNeedsItsWorld(t *testing.T) {
	t.Parallel()
	err := backup.Write(io.Discard, backup.Export(t.Context(), eventlog.NewMemory(), "none"))
	require.ErrorContains(t, err, `There is no world "none"`)
}
