package postgres

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/postgres/postgrestest"
)

// many are so many records that a creation takes them in chunks; something happens before the one of that number.
func many(n, before int, happen func()) func(func([]byte, error) bool) {
	return func(yield func([]byte, error) bool) {
		for i := range n {
			if i == before {
				happen()
			}
			if !yield([]byte("a record"), nil) {
				return
			}
		}
	}
}

func TestALargeCreationWhoseConnectionBreaksLeavesNothing(t *testing.T) {
	t.Parallel()
	log, near, proxy, database := distant(t)
	_, err := log.Create(t.Context(), "qa", many(5*chunkRecords, 3*chunkRecords, proxy.Cut))
	require.ErrorContains(t, err, `creating world "qa", nothing was changed`)
	require.NotErrorIs(t, err, eventlog.ErrUnknownOutcome)
	for _, table := range []string{"onshisim_worlds", "onshisim_records"} {
		var left int
		valueOf(t, database, &left, `SELECT count(*) FROM `+table)
		require.Zero(t, left, table)
	}
	head, err := log.Create(t.Context(), "qa", many(5*chunkRecords, 0, func() {}))
	require.NoError(t, err)
	now, err := near.Head(t.Context(), "qa")
	require.NoError(t, err)
	require.Equal(t, now, head)
}

// Broken before it claims the name, a creation is tried again.
func TestALargeCreationSurvivesARestartBeforeIt(t *testing.T) {
	t.Parallel()
	log, near, proxy, _ := distant(t)
	head, err := log.Create(t.Context(), "qa", many(2*chunkRecords, 0, proxy.Cut))
	require.NoError(t, err)
	now, err := near.Head(t.Context(), "qa")
	require.NoError(t, err)
	require.Equal(t, now, head)
}

func TestALargeCreationIsSeenAsAWholeOnly(t *testing.T) {
	t.Parallel()
	database := postgrestest.Database(t)
	log := mustOpen(t, database)
	looked := 0
	head, err := log.Create(t.Context(), "qa", func(yield func([]byte, error) bool) {
		for range 5 * chunkRecords {
			if looked++; looked%chunkRecords == 0 {
				now, err := log.Head(t.Context(), "qa")
				require.NoError(t, err)
				require.Zero(t, now)
			}
			if !yield([]byte("a record"), nil) {
				return
			}
		}
	})
	require.NoError(t, err)
	require.EqualValues(t, 5*chunkRecords, head.Last)
}

// What became of a commit whose answer was lost.
func TestALostCommitIsSettled(t *testing.T) {
	t.Parallel()
	id := newID()
	put := func(t *testing.T, tx pgx.Tx, id []byte) {
		_, err := tx.Exec(t.Context(), `WITH made AS (INSERT INTO onshisim_worlds (name, last) VALUES ('qa', 1) RETURNING id)
			INSERT INTO onshisim_records SELECT id, 1, $1::bytea, '' FROM made`, id)
		require.NoError(t, err)
	}
	for name, test := range map[string]struct {
		by     []byte // who made the world, if anybody
		end    func(tx pgx.Tx, ctx context.Context) error
		after  time.Duration
		settle func(t *testing.T, c *creation, err error)
	}{
		"it was done": {id, pgx.Tx.Commit, 0, func(t *testing.T, c *creation, err error) {
			require.NoError(t, err)
			require.NotZero(t, c.log)
		}},
		"it is done while that is found out": {id, pgx.Tx.Commit, 2 * time.Second, func(t *testing.T, c *creation, err error) {
			require.NoError(t, err)
			require.NotZero(t, c.log)
		}},
		"it was undone": {id, pgx.Tx.Rollback, 0, func(t *testing.T, c *creation, err error) {
			require.ErrorContains(t, err, "the database was lost before the last record was in it")
			require.False(t, c.unclear)
		}},
		"it is undone while that is found out": {id, pgx.Tx.Rollback, 2 * time.Second, func(t *testing.T, c *creation, err error) {
			require.Error(t, err)
			require.False(t, c.unclear)
		}},
		"it was undone, and another was quicker": {newID(), pgx.Tx.Commit, 0, func(t *testing.T, _ *creation, err error) {
			require.ErrorIs(t, err, eventlog.ErrConflict)
		}},
		"it hangs": {id, pgx.Tx.Rollback, 6 * time.Second, func(t *testing.T, c *creation, err error) {
			require.Error(t, err)
			require.True(t, c.unclear)
			require.False(t, errors.Is(err, eventlog.ErrConflict))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			database := postgrestest.Database(t)
			log := mustOpen(t, database)
			tx := hold(t, database)
			put(t, tx, test.by)
			ended := make(chan error, 1)
			go func() {
				pause(t, test.after)
				ended <- test.end(tx, context.WithoutCancel(t.Context()))
			}()
			if test.after == 0 {
				require.NoError(t, <-ended)
				ended <- nil
			}
			c := &creation{db: log.db, world: "qa", id: id, unclear: true}
			err := c.settle(t.Context())
			test.settle(t, c, err)
			require.NoError(t, <-ended)
			worlds, err := log.Worlds(t.Context())
			require.NoError(t, err)
			require.Equal(t, c.log != 0 || name == "it was undone, and another was quicker", len(worlds) == 1)
		})
	}
}
