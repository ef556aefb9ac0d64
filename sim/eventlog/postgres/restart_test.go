package postgres

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/eventlogtest"
	"onshisim/sim/eventlog/postgres/postgrestest"
)

// load writes to logs of one database from many sides while something happens to it, then checks that every append that was
// acknowledged is there, in its place and once, and that no head was older than an append that was acknowledged before it was
// asked for. None of its calls may fail. What happens can wait for progress, so that it happens to work, not to a standstill.
func load(t *testing.T, logs []*Log, happen func(progress func())) {
	t.Helper()
	const worlds, writers = 4, 2 // per log and world
	ctx, stop := context.WithCancel(t.Context())
	var busy sync.WaitGroup
	acknowledged := make([]*acknowledgements, worlds)
	for i := range worlds {
		world := fmt.Sprintf("world-%d", i)
		create(t, logs[0], world, "begin")
		acknowledged[i] = &acknowledgements{records: map[eventlog.Position]string{1: "begin"}, last: 1}
		for l, log := range logs {
			for w := range writers {
				name := fmt.Sprintf("writer %d.%d", l, w)
				busy.Go(func() { write(ctx, t, log, world, name, acknowledged[i]) })
			}
		}
	}
	happen(func() {
		before := sum(acknowledged)
		assert.Eventually(t, func() bool { return sum(acknowledged) >= before+30 }, 20*time.Second, time.Millisecond)
	})
	stop()
	busy.Wait()

	for i, a := range acknowledged {
		seen := map[string]eventlog.Position{}
		for r, err := range logs[0].Read(t.Context(), fmt.Sprintf("world-%d", i), eventlog.Head{}) {
			require.NoError(t, err)
			require.NotContains(t, seen, string(r.Data), "doubled")
			seen[string(r.Data)] = r.Position
		}
		for position, record := range a.records {
			require.Equal(t, position, seen[record], "lost or misplaced: %s", record)
		}
		require.Len(t, seen, len(a.records), "there are records that nobody was told of")
	}
	t.Logf("%d appends were acknowledged", sum(acknowledged))
}

// acknowledgements are the appends to a world that returned without an error.
type acknowledgements struct {
	mu      sync.Mutex
	records map[eventlog.Position]string
	last    eventlog.Position
}

func (a *acknowledgements) add(position eventlog.Position, record string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.records[position] = record
	a.last = max(a.last, position)
}

// sum is how many appends were acknowledged in all.
func sum(all []*acknowledgements) (n int) {
	for _, a := range all {
		a.mu.Lock()
		n += len(a.records)
		a.mu.Unlock()
	}
	return n
}

func (a *acknowledgements) newest() eventlog.Position {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.last
}

// write appends to a world behind the head that it asks for, until told to stop.
func write(ctx context.Context, t *testing.T, log *Log, world, name string, a *acknowledgements) {
	for n := 0; ctx.Err() == nil; {
		newest := a.newest()
		head, err := log.Head(t.Context(), world)
		if !assert.NoError(t, err) || !assert.GreaterOrEqual(t, head.Last, newest, "stale") {
			return
		}
		record := fmt.Sprintf("%s, record %d", name, n)
		err = log.Append(t.Context(), world, head, [][]byte{[]byte(record)})
		if errors.Is(err, eventlog.ErrConflict) {
			continue
		}
		if !assert.NoError(t, err) {
			return
		}
		a.add(head.Last+1, record)
		n++
	}
}

func TestNothingIsLostWhenTheDatabaseRestarts(t *testing.T) {
	t.Parallel()
	server := postgrestest.New(t, false)
	database := server.Database(t)
	load(t, []*Log{mustOpen(t, database), mustOpen(t, database)}, func(progress func()) {
		for range 3 {
			progress()
			server.Kill(t)
			server.Start(t)
		}
		progress()
	})
}

func TestNothingIsLostWhenConnectionsAreEnded(t *testing.T) {
	t.Parallel()
	database := postgrestest.Database(t)
	load(t, []*Log{mustOpen(t, database), mustOpen(t, database)}, func(progress func()) {
		for range 12 {
			progress()
			do(t, database, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
				WHERE datname = current_database() AND application_name = 'onshisim'`)
		}
	})
}

func TestNothingIsLostWhenConnectionsAreCut(t *testing.T) {
	t.Parallel()
	database := postgrestest.Database(t)
	proxy := postgrestest.NewProxy(t, database)
	load(t, []*Log{mustOpen(t, proxy.URL), mustOpen(t, proxy.URL)}, func(progress func()) {
		for i := range 12 {
			progress()
			if i%3 == 0 {
				proxy.HoldAnswers()
				pause(t, 5*time.Millisecond)
			}
			proxy.Cut()
			proxy.Resume()
		}
	})
}

// pause lets the load go on for a while.
func pause(t *testing.T, d time.Duration) {
	t.Helper()
	select {
	case <-time.After(d):
	case <-t.Context().Done():
	}
}

func TestADatabaseThatStaysAwayIsAnErrorInTime(t *testing.T) {
	t.Parallel()
	server := postgrestest.New(t, false)
	log := mustOpen(t, server.Database(t))
	head := create(t, log, "qa", "first")
	server.Kill(t)
	var busy sync.WaitGroup
	for name, call := range map[string]func() error{
		"head":   func() error { _, err := log.Head(t.Context(), "qa"); return err },
		"append": func() error { return log.Append(t.Context(), "qa", head, [][]byte{[]byte("second")}) },
		"delete": func() error { return log.Delete(t.Context(), "qa", head) },
		"create": func() error {
			_, err := log.Create(t.Context(), "new", eventlogtest.Each([]byte("first")))
			return err
		},
		"read": func() error {
			for _, err := range log.Read(t.Context(), "qa", eventlog.Head{}) {
				return err
			}
			return nil
		},
	} {
		busy.Go(func() {
			begin := time.Now()
			err := call()
			assert.ErrorContains(t, err, log.db.source+" can't be reached", name)
			assert.NotErrorIs(t, err, eventlog.ErrConflict, name)
			assert.Less(t, time.Since(begin), 6*time.Second, name)
		})
	}
	busy.Wait()
	server.Start(t)
	requireRecords(t, log, "qa", "first")
}
