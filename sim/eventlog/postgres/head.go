package postgres

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"onshisim/sim/eventlog"
)

// askedAtOnce is how many queries for heads may be under way: more than one, so that nobody waits for a slow one to end
// before his begins; few, so that under load each answers many and connections are left for the rest.
const askedAtOnce = 4

// Head implements eventlog.Log. Calls that come at the same time share a query. A call never joins one that was already
// sent, for its answer may be older than the call.
func (l *Log) Head(ctx context.Context, world string) (eventlog.Head, error) {
	if err := ctx.Err(); err != nil {
		return eventlog.Head{}, err
	}
	q := l.heads.join(world)
	late := time.NewTimer(usual.begin + usual.each)
	defer late.Stop()
	select {
	case <-q.done:
		if q.err != nil {
			return eventlog.Head{}, fmt.Errorf("asking for the head of world %q: %w", world, q.err)
		}
		return q.heads[world], nil
	case <-late.C: // the queries before this one took the time
		return eventlog.Head{}, fmt.Errorf("asking for the head of world %q: %s can't be reached", world, l.db.source)
	case <-ctx.Done():
		return eventlog.Head{}, ctx.Err()
	}
}

// ask asks for the heads of worlds; those that do not exist are left out.
func (l *Log) ask(ctx context.Context, worlds []string) (map[string]eventlog.Head, error) {
	var heads map[string]eventlog.Head
	err := l.db.try(ctx, usual, func(ctx context.Context, conn *pgx.Conn) error {
		heads = make(map[string]eventlog.Head, len(worlds))
		rows, err := conn.Query(ctx, `SELECT name, id, last, `+isStandby+` FROM onshisim_worlds WHERE name = ANY($1::text[])`, worlds)
		if err != nil {
			return err
		}
		var name string
		var head eventlog.Head
		var standby bool
		_, err = pgx.ForEachRow(rows, []any{&name, &head.Log, &head.Last, &standby}, func() error {
			if standby {
				return errReadOnly
			}
			heads[name] = head
			return nil
		})
		return err
	})
	return heads, err
}

// heads answers many who ask with few queries.
type heads struct {
	ask     func(ctx context.Context, worlds []string) (map[string]eventlog.Head, error)
	living  context.Context // until the log is closed
	running sync.WaitGroup

	mu   sync.Mutex
	busy int    // how many queries are under way
	next *query // the one that has not begun; nil: nobody waits
}

// query is one query, for all who joined before it began.
type query struct {
	worlds []string
	done   chan struct{} // closed when what follows is known
	heads  map[string]eventlog.Head
	err    error
}

// join adds a world to the next query, and begins it unless enough are under way.
func (h *heads) join(world string) *query {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.next == nil {
		h.next = &query{done: make(chan struct{})}
	}
	q := h.next
	q.worlds = append(q.worlds, world)
	if h.busy < askedAtOnce {
		h.busy++
		h.next = nil
		h.running.Go(func() { h.run(q) })
	}
	return q
}

// run runs a query, then those that gathered meanwhile, until nobody waits.
func (h *heads) run(q *query) {
	for q != nil {
		slices.Sort(q.worlds)
		q.heads, q.err = h.ask(h.living, slices.Compact(q.worlds))
		close(q.done)

		h.mu.Lock()
		if q, h.next = h.next, nil; q == nil {
			h.busy--
		}
		h.mu.Unlock()
	}
}
