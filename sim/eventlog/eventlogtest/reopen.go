package eventlogtest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// RunReopen checks what outlives a log: open opens the one log that belongs to a directory, empty at first. The suite
// closes it before it opens it again.
func RunReopen(t *testing.T, open func(t *testing.T, dir string) eventlog.Log) {
	t.Helper()
	for name, outlive := range outliving {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			log := open(t, dir)
			check := outlive(t, log)
			require.NoError(t, log.Close())
			for range 2 { // an opening must not change what the next one finds
				log = open(t, dir)
				require.NoError(t, log.Close())
			}
			log = open(t, dir)
			check(t, log)
			require.NoError(t, log.Close())
		})
	}
}

// outliving are tests that do something to a log and give what then checks the same log, opened again.
var outliving = map[string]func(t *testing.T, log eventlog.Log) (check func(t *testing.T, log eventlog.Log)){
	"an empty log": func(*testing.T, eventlog.Log) func(*testing.T, eventlog.Log) {
		return func(t *testing.T, log eventlog.Log) {
			requireWorlds(t, log)
			create(t, log, "qa", 1)
		}
	},
	"worlds of all names, with their records": func(t *testing.T, log eventlog.Log) func(*testing.T, eventlog.Log) {
		heads := map[string]eventlog.Head{}
		for i, name := range names {
			heads[name] = create(t, log, name, eventlog.Position(i+1))
		}
		return func(t *testing.T, log eventlog.Log) {
			for name, head := range heads {
				requireHead(t, log, name, head)
				require.Equal(t, batch(name, 0, head.Last), collect(t, log, name, eventlog.Head{Log: head.Log}))
				require.ErrorIs(t, log.Append(t.Context(), name, none, nil), eventlog.ErrConflict)
				extend(t, log, name, head, head.Last+1)
			}
		}
	},
	"a conflict leaves nothing behind": func(t *testing.T, log eventlog.Log) func(*testing.T, eventlog.Log) {
		head := create(t, log, "qa", 2)
		stale := eventlog.Head{Log: head.Log, Last: 1}
		require.ErrorIs(t, log.Append(t.Context(), "qa", stale, batch("qa", 1, 9)), eventlog.ErrConflict)
		require.ErrorIs(t, log.Append(t.Context(), "absent", head, batch("absent", 1, 9)), eventlog.ErrConflict)
		_, err := log.Create(t.Context(), "qa", Each(batch("other", 0, 9)...))
		require.ErrorIs(t, err, eventlog.ErrConflict)
		return func(t *testing.T, log eventlog.Log) {
			requireWorlds(t, log, "qa")
			require.Equal(t, batch("qa", 0, 2), collect(t, log, "qa", none))
		}
	},
	"a deleted world stays deleted, and its log's number spent": func(t *testing.T, log eventlog.Log) func(*testing.T, eventlog.Log) {
		kept, gone := create(t, log, "kept", 500), create(t, log, "gone", 500)
		require.NoError(t, log.Delete(t.Context(), "gone", gone))
		return func(t *testing.T, log eventlog.Log) {
			requireWorlds(t, log, "kept")
			requireHead(t, log, "gone", none)
			again := create(t, log, "gone", 500)
			require.NotContains(t, []uint64{kept.Log, gone.Log}, again.Log)
			require.ErrorIs(t, log.Append(t.Context(), "gone", gone, batch("gone", 500, 501)), eventlog.ErrConflict)
			refused(t, log, "gone", gone)
		}
	},
	"appends that came at the same time": func(t *testing.T, log eventlog.Log) func(*testing.T, eventlog.Log) {
		together(32, func(writer int) {
			world := fmt.Sprintf("world-%02d", writer)
			for head := create(t, log, world, 1); head.Last < 10; {
				head = extend(t, log, world, head, head.Last+1)
			}
		})
		return func(t *testing.T, log eventlog.Log) {
			for writer := range 32 {
				world := fmt.Sprintf("world-%02d", writer)
				require.Equal(t, batch(world, 0, 10), collect(t, log, world, none))
			}
		}
	},
	"appends that came with conflicts and deletions": func(t *testing.T, log eventlog.Log) func(*testing.T, eventlog.Log) {
		const writers = 16
		heads := createMany(t, log, "world", writers)
		together(2*writers, func(worker int) {
			name := nameOf("world", worker%writers)
			if worker < writers {
				grow(t, log, name, heads[worker], 2, 9)
				return
			}
			assert.ErrorIs(t, log.Append(t.Context(), name, eventlog.Head{Log: heads[worker-writers].Log}, batch("late", 0, 1)), eventlog.ErrConflict)
			brief := nameOf("brief", worker)
			head, err := log.Create(t.Context(), brief, Each(batch(brief, 0, 1)...))
			assert.NoError(t, err)
			assert.NoError(t, log.Append(t.Context(), brief, head, batch(brief, 1, 2)))
			assert.NoError(t, log.Delete(t.Context(), brief, eventlog.Head{Log: head.Log, Last: 2}))
		})
		return func(t *testing.T, log eventlog.Log) {
			worlds, err := log.Worlds(t.Context())
			require.NoError(t, err)
			require.Len(t, worlds, writers)
			for name := range named("world", heads) {
				require.Equal(t, batch(name, 0, 9), collect(t, log, name, none))
			}
		}
	},
}
