package eventlogtest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// RunReopen checks what outlives a log: open opens the one log that belongs to a directory, empty at first. The suite
// closes it before it opens it again.
func RunReopen(t *testing.T, open func(t *testing.T, dir string) eventlog.Log) {
	t.Helper()
	for _, test := range []struct {
		name          string
		before, after func(t *testing.T, log eventlog.Log)
	}{
		{
			"an empty log",
			func(*testing.T, eventlog.Log) {},
			func(t *testing.T, log eventlog.Log) {
				requireWorlds(t, log)
				fill(t, log, "qa", 0, 1)
			},
		},
		{
			"worlds of all names, with their records",
			func(t *testing.T, log eventlog.Log) {
				for i, name := range names {
					fill(t, log, name, 0, eventlog.Position(i+1))
				}
			},
			func(t *testing.T, log eventlog.Log) {
				for i, name := range names {
					last := eventlog.Position(i + 1)
					require.Equal(t, batch(name, 0, last), collect(t, log, name, 0))
					require.ErrorIs(t, log.Append(t.Context(), name, 0, nil), eventlog.ErrConflict)
					fill(t, log, name, last, last+1)
				}
			},
		},
		{
			"a conflict leaves nothing behind",
			func(t *testing.T, log eventlog.Log) {
				fill(t, log, "qa", 0, 2)
				require.ErrorIs(t, log.Append(t.Context(), "qa", 1, batch("qa", 1, 9)), eventlog.ErrConflict)
				require.ErrorIs(t, log.Append(t.Context(), "absent", 1, batch("absent", 1, 9)), eventlog.ErrConflict)
			},
			func(t *testing.T, log eventlog.Log) {
				requireWorlds(t, log, "qa")
				require.Equal(t, batch("qa", 0, 2), collect(t, log, "qa", 0))
			},
		},
		{
			"a deleted world stays deleted",
			func(t *testing.T, log eventlog.Log) {
				fill(t, log, "gone", 0, 500)
				fill(t, log, "kept", 0, 500)
				require.NoError(t, log.Delete(t.Context(), "gone"))
			},
			func(t *testing.T, log eventlog.Log) {
				requireWorlds(t, log, "kept")
				requireLast(t, log, "gone", 0)
				fill(t, log, "gone", 0, 1)
			},
		},
		{
			"appends that came at the same time",
			func(t *testing.T, log eventlog.Log) {
				together(32, func(writer int) {
					world := fmt.Sprintf("world-%02d", writer)
					for p := range eventlog.Position(10) {
						fill(t, log, world, p, p+1)
					}
				})
			},
			func(t *testing.T, log eventlog.Log) {
				for writer := range 32 {
					world := fmt.Sprintf("world-%02d", writer)
					require.Equal(t, batch(world, 0, 10), collect(t, log, world, 0))
				}
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			log := open(t, dir)
			test.before(t, log)
			require.NoError(t, log.Close())
			for range 2 { // an opening must not change what the next one finds
				log = open(t, dir)
				require.NoError(t, log.Close())
			}
			log = open(t, dir)
			test.after(t, log)
			require.NoError(t, log.Close())
		})
	}
}
