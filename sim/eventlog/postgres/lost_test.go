package postgres

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/eventlogtest"
	"onshisim/sim/eventlog/postgres/postgrestest"
)

// distant is a log behind a proxy, and one beside it.
func distant(t *testing.T) (log, near *Log, proxy *postgrestest.Proxy, database string) {
	t.Helper()
	database = postgrestest.Database(t)
	proxy = postgrestest.NewProxy(t, database)
	return mustOpen(t, proxy.URL), mustOpen(t, database), proxy, database
}

// loseAnswers breaks all connections once something is done, of which the answers are held.
func loseAnswers(t *testing.T, proxy *postgrestest.Proxy, done func() bool) {
	t.Helper()
	proxy.HoldAnswers()
	go func() {
		assert.Eventually(t, done, time.Second, time.Millisecond)
		proxy.Cut()
		proxy.Resume()
	}()
}

func TestAnAppendWhoseAnswerIsLostCounts(t *testing.T) {
	t.Parallel()
	log, near, proxy, _ := distant(t)
	head := create(t, near, "qa", "first")
	loseAnswers(t, proxy, func() bool {
		now, err := near.Head(context.WithoutCancel(t.Context()), "qa")
		return err == nil && now.Last > head.Last
	})
	require.NoError(t, log.Append(t.Context(), "qa", head, [][]byte{[]byte("second"), []byte("third")}))
	requireRecords(t, near, "qa", "first", "second", "third")
}

func TestAnAppendThatMayHaveBeenLostIsNotTakenForAnothers(t *testing.T) {
	t.Parallel()
	log, near, proxy, _ := distant(t)
	head := create(t, near, "qa", "first")
	proxy.Hang()
	outcome := make(chan error)
	go func() { outcome <- log.Append(t.Context(), "qa", head, [][]byte{[]byte("second")}) }()
	pause(t, 100*time.Millisecond)
	require.NoError(t, near.Append(t.Context(), "qa", head, [][]byte{[]byte("second")}))
	proxy.Cut()
	proxy.Resume()
	require.ErrorIs(t, <-outcome, eventlog.ErrConflict)
	requireRecords(t, near, "qa", "first", "second")
}

func TestAConnectionThatHangsIsGivenUp(t *testing.T) {
	t.Parallel()
	log, near, proxy, _ := distant(t)
	head := create(t, log, "qa", "first")
	proxy.Hang()
	go func() {
		pause(t, usual.each+usual.each/4)
		proxy.Resume()
	}()
	begin := time.Now()
	require.NoError(t, log.Append(t.Context(), "qa", head, [][]byte{[]byte("second")}))
	require.Greater(t, time.Since(begin), usual.each)
	requireRecords(t, near, "qa", "first", "second")
}

func TestWhatIsNotKnownIsSaidInTime(t *testing.T) {
	t.Parallel()
	log, near, proxy, _ := distant(t)
	head := create(t, log, "qa", "first")
	proxy.Hang()
	begin := time.Now()
	err := log.Append(t.Context(), "qa", head, [][]byte{[]byte("second")})
	require.ErrorIs(t, err, eventlog.ErrUnknownOutcome)
	require.ErrorContains(t, err, log.db.source+" can't be reached")
	_, err = log.Head(t.Context(), "qa")
	require.ErrorContains(t, err, log.db.source+" can't be reached")
	require.Less(t, time.Since(begin), 11*time.Second)
	proxy.Resume() // and what was held may come now, or later

	now, err := log.Head(t.Context(), "qa")
	require.NoError(t, err)
	err = near.Append(t.Context(), "qa", now, [][]byte{[]byte("last")})
	switch {
	case errors.Is(err, eventlog.ErrConflict):
		requireRecords(t, near, "qa", "first", "second")
	case now == head:
		require.NoError(t, err)
		requireRecords(t, near, "qa", "first", "last")
	default:
		require.NoError(t, err)
		requireRecords(t, near, "qa", "first", "second", "last")
	}
}

func TestACreationWhoseAnswerIsLostCounts(t *testing.T) {
	t.Parallel()
	log, near, proxy, _ := distant(t)
	create(t, log, "another", "first") // from here on, the database knows the statement, and answers once
	loseAnswers(t, proxy, func() bool {
		worlds, err := near.Worlds(context.WithoutCancel(t.Context()))
		return err == nil && len(worlds) == 2
	})
	head := create(t, log, "qa", "first", "second")
	requireRecords(t, near, "qa", "first", "second")
	now, err := near.Head(t.Context(), "qa")
	require.NoError(t, err)
	require.Equal(t, now, head)
}

func TestADeletionWhoseAnswerIsLostCounts(t *testing.T) {
	t.Parallel()
	log, near, proxy, database := distant(t)
	head := create(t, near, "qa", "first")
	loseAnswers(t, proxy, func() bool {
		worlds, err := near.Worlds(context.WithoutCancel(t.Context()))
		return err == nil && len(worlds) == 0
	})
	require.NoError(t, log.Delete(t.Context(), "qa", head))
	var left int
	valueOf(t, database, &left, `SELECT count(*) FROM onshisim_records`)
	require.Zero(t, left)
}

// hold runs statements in a transaction and keeps it open.
func hold(t *testing.T, database string, statements ...string) pgx.Tx {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), database)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, conn.Close(context.WithoutCancel(t.Context()))) })
	tx, err := conn.Begin(t.Context())
	require.NoError(t, err)
	for _, statement := range statements {
		_, err = tx.Exec(t.Context(), statement)
		require.NoError(t, err)
	}
	return tx
}

func TestAnAppendWaitsItsTurnButNotForEver(t *testing.T) {
	t.Parallel()
	database := postgrestest.Database(t)
	log := mustOpen(t, database)
	head := create(t, log, "qa", "first")
	const lock = `SELECT * FROM onshisim_worlds FOR UPDATE`

	tx := hold(t, database, lock)
	outcome := make(chan error)
	go func() { outcome <- log.Append(t.Context(), "qa", head, [][]byte{[]byte("second")}) }()
	pause(t, 2*time.Second) // longer than the database lets one wait
	require.NoError(t, tx.Rollback(t.Context()))
	require.NoError(t, <-outcome)

	hold(t, database, lock)
	begin := time.Now()
	head.Last++
	err := log.Append(t.Context(), "qa", head, [][]byte{[]byte("third")})
	require.ErrorContains(t, err, "nothing was changed: given up after 3s")
	require.ErrorContains(t, err, "somebody else holds what this waits for")
	require.NotErrorIs(t, err, eventlog.ErrUnknownOutcome)
	require.Less(t, time.Since(begin), 6*time.Second)
	requireRecords(t, log, "qa", "first", "second")
}

func TestACreationWaitsForAnotherOfItsName(t *testing.T) {
	t.Parallel()
	for how, end := range map[string]func(pgx.Tx, context.Context) error{"commit": pgx.Tx.Commit, "rollback": pgx.Tx.Rollback} {
		for _, n := range []int{1, chunkRecords + 1} {
			t.Run(fmt.Sprintf("%s, %d records", how, n), func(t *testing.T) {
				t.Parallel()
				database := postgrestest.Database(t)
				log := mustOpen(t, database)
				tx := hold(t, database, `INSERT INTO onshisim_worlds (name, last) VALUES ('qa', 1)`)
				outcome := make(chan error)
				go func() {
					_, err := log.Create(t.Context(), "qa", eventlogtest.Each(make([][]byte, n)...))
					outcome <- err
				}()
				pause(t, 2*time.Second)
				require.NoError(t, end(tx, t.Context()))
				if how == "commit" {
					require.ErrorIs(t, <-outcome, eventlog.ErrConflict)
				} else {
					require.NoError(t, <-outcome)
				}
			})
		}
	}
}
