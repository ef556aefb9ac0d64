package postgres

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/postgres/postgrestest"
)

// together appends a record to each of some worlds, all at the same time, and requires that none fails.
func together(t *testing.T, log *Log, heads map[string]eventlog.Head, record string) {
	t.Helper()
	var writers sync.WaitGroup
	for world, head := range heads {
		writers.Go(func() { assert.NoError(t, log.Append(t.Context(), world, head, [][]byte{[]byte(record)})) })
	}
	writers.Wait()
}

// dozen makes worlds of one record.
func dozen(t *testing.T, log *Log) map[string]eventlog.Head {
	t.Helper()
	heads := map[string]eventlog.Head{}
	for i := range 12 {
		world := fmt.Sprintf("world-%d", i)
		heads[world] = create(t, log, world, "first")
	}
	return heads
}

func TestAWorldThatIsHeldHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	database := postgrestest.Database(t)
	log := mustOpen(t, database)
	heads, held := dozen(t, log), create(t, log, "held", "first")
	tx := hold(t, database, `SELECT * FROM onshisim_worlds WHERE name = 'held' FOR UPDATE`)
	outcome := make(chan error, 1)
	go func() { outcome <- log.Append(t.Context(), "held", held, [][]byte{[]byte("second")}) }()
	together(t, log, heads, "second")
	select {
	case err := <-outcome:
		t.Fatal("the world is held, but its append ended: ", err)
	default:
	}
	require.NoError(t, tx.Rollback(t.Context()))
	require.NoError(t, <-outcome)
	requireRecords(t, log, "held", "first", "second")
	for world := range heads {
		requireRecords(t, log, world, "first", "second")
	}
}

func TestWhatTheDatabaseRefusesConcernsNoOther(t *testing.T) {
	t.Parallel()
	log := mustOpen(t, postgrestest.Database(t))
	heads := dozen(t, log)
	var odd sync.WaitGroup
	for i := range 4 {
		odd.Go(func() {
			assert.Error(t, log.Append(t.Context(), "not\x00a name", eventlog.Head{Log: uint64(i + 1), Last: 1}, [][]byte{nil}))
		})
	}
	together(t, log, heads, "second")
	odd.Wait()
	for world := range heads {
		requireRecords(t, log, world, "first", "second")
	}
}

func TestAppendsWhoseAnswersAreLostCountOnce(t *testing.T) {
	t.Parallel()
	log, near, proxy, _ := distant(t)
	heads := dozen(t, near)
	loseAnswers(t, proxy, func() bool {
		ctx := context.WithoutCancel(t.Context())
		for world, head := range heads {
			if now, err := near.Head(ctx, world); err == nil && now.Last > head.Last {
				return true
			}
		}
		return false
	})
	together(t, log, heads, "second")
	for world := range heads {
		requireRecords(t, near, world, "first", "second")
	}
}

func TestReplicasThatAppendToTheSameWorldsDoNotBlockEachOther(t *testing.T) {
	t.Parallel()
	database := postgrestest.Database(t)
	logs := []*Log{mustOpen(t, database), mustOpen(t, database), mustOpen(t, database)}
	heads := dozen(t, logs[0])
	const rounds = 20
	ctx := context.WithoutCancel(t.Context())
	var writers sync.WaitGroup
	taken := make([]map[string]int, len(logs))
	for i, log := range logs {
		taken[i] = map[string]int{}
		var mu sync.Mutex
		for world := range heads {
			writers.Go(func() {
				for range rounds {
					head, err := log.Head(ctx, world)
					assert.NoError(t, err)
					if err = log.Append(ctx, world, head, [][]byte{fmt.Append(nil, i)}); err == nil {
						mu.Lock()
						taken[i][world]++
						mu.Unlock()
						continue
					}
					assert.ErrorIs(t, err, eventlog.ErrConflict)
				}
			})
		}
	}
	writers.Wait()
	for world := range heads {
		found := make([]int, len(logs))
		for r, err := range logs[0].Read(ctx, world, eventlog.Head{Last: 1}) {
			require.NoError(t, err)
			found[r.Data[0]-'0']++
		}
		for i := range logs {
			require.Equal(t, taken[i][world], found[i], "of log %d in %s", i, world)
		}
	}
}
