package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// groupBytes is how many bytes of records go together: who waits for a group that meets a dead connection waits no longer
// than for an append.
const groupBytes = 1 << 20

// appendGroup does for many worlds what appendUnheld does for one, and gives those whose heads it moved on.
const appendGroup = `WITH asked AS (
	SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[]) AS a (id, name, last, more)
), free AS (
	SELECT w.id, a.more FROM onshisim_worlds w JOIN asked a ON w.id = a.id AND w.name = a.name AND w.last = a.last
	FOR NO KEY UPDATE OF w SKIP LOCKED
), head AS (
	UPDATE onshisim_worlds w SET last = w.last + free.more FROM free WHERE w.id = free.id RETURNING w.id
), filled AS (
	INSERT INTO onshisim_records (world, position, append, data)
	SELECT r.world, r.position, CASE WHEN r.first THEN $5::bytea END, r.data
	FROM unnest($6::bigint[], $7::bigint[], $8::boolean[], $9::bytea[]) AS r (world, position, first, data) JOIN head ON head.id = r.world
)
SELECT id FROM head`

// group are the arguments of appendGroup.
type group struct {
	ids, lasts, counts []int64
	names              []string

	id        []byte
	worlds    []int64 // of the records
	positions []int64
	first     []bool
	records   [][]byte

	requests map[int64]*request // by the world's number
}

// appendTogether tries once to put appends into the log by one statement, and notes of each how far it came.
func (l *Log) appendTogether(batch []*request) {
	g := groupOf(batch)
	ctx, cancel := context.WithTimeout(context.Background(), usual.begin)
	defer cancel()
	var taken []int64
	unclear := false
	_, err := l.db.attempt(ctx, usual.carrying(g.records).each, func(ctx context.Context, conn *pgx.Conn) (err error) {
		taken, err = g.put(ctx, conn)
		unclear = err != nil && mayHaveRun(err)
		return err
	})
	for _, r := range g.requests {
		r.unclear, r.late = unclear, errors.Is(err, context.DeadlineExceeded)
	}
	if err != nil {
		return
	}
	for _, id := range taken {
		g.requests[id].taken = true
	}
}

// groupOf takes of a batch the first append of each world, as far as there is room.
func groupOf(batch []*request) *group {
	g, room := &group{id: newID(), requests: make(map[int64]*request, len(batch))}, groupBytes
	for _, r := range batch {
		id, more := int64(r.after.Log), size(r.records)
		if g.requests[id] != nil || more > room {
			continue
		}
		room -= more
		g.requests[id], r.id, r.unclear = r, g.id, true // as long as there is no answer
		g.ids, g.names = append(g.ids, id), append(g.names, r.world)
		g.lasts, g.counts = append(g.lasts, int64(r.after.Last)), append(g.counts, int64(len(r.records)))
		for i, data := range r.records {
			g.worlds, g.positions = append(g.worlds, id), append(g.positions, int64(r.after.Last)+int64(i)+1)
			g.first, g.records = append(g.first, i == 0), append(g.records, data)
		}
	}
	return g
}

// put runs the statement, and gives the worlds whose appends were taken.
func (g *group) put(ctx context.Context, conn *pgx.Conn) (taken []int64, err error) {
	if len(g.ids) == 1 { // a lighter statement will do
		done, err := conn.Exec(ctx, appendUnheld, g.ids[0], g.names[0], g.lasts[0], g.counts[0], g.id, g.records)
		return g.ids[:min(done.RowsAffected(), 1)], err
	}
	rows, err := conn.Query(ctx, appendGroup, g.args()...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

func (g *group) args() []any {
	return []any{g.ids, g.names, g.lasts, g.counts, g.id, g.worlds, g.positions, g.first, g.records}
}
