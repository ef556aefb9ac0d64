package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"onshisim/sim/eventlog"
)

// notes are the notes of a log. Their connections are their own, and do not wait for the disk.
type notes struct{ db *database }

var _ eventlog.Notes = (*notes)(nil)

// lazily makes a connection acknowledge before what it wrote is on the disk.
const lazily = `SELECT set_config('synchronous_commit', 'off', false) WHERE current_setting('synchronous_commit', true) IS NOT NULL`

// putNote puts a note behind the others of its book, if its log is still there.
const putNote = `WITH book AS (
	INSERT INTO onshisim_books AS b (world, last, cleared) SELECT id, 1, 0 FROM onshisim_worlds WHERE id = $1
	ON CONFLICT (world) DO UPDATE SET last = b.last + 1 RETURNING last
)
INSERT INTO onshisim_notes (world, number, note, data) SELECT $1, last, $2, $3 FROM book RETURNING number`

// dropNotes drops what is over the bounds of a book whose last number is $2.
const dropNotes = `DELETE FROM onshisim_notes WHERE world = $1 AND number <= greatest($2::bigint - $3::bigint, coalesce((
	SELECT max(number) FROM (
		SELECT number, sum(octet_length(data)) OVER (ORDER BY number DESC) AS bytes FROM onshisim_notes WHERE world = $1
	) AS sized WHERE bytes > $4::bigint
), 0))`

// dropEvery is after how many notes those over the bounds are dropped.
const dropEvery = 64

// addToCounter adds 1 to a counter, if its log is still there.
const addToCounter = `INSERT INTO onshisim_counters AS c (world, counter, value) SELECT id, $2, 1 FROM onshisim_worlds WHERE id = $1
	ON CONFLICT (world, counter) DO UPDATE SET value = c.value + 1 RETURNING value`

// tidy removes notes of logs that are gone, which came too late to go with them.
func tidy(ctx context.Context, conn *pgx.Conn) error {
	for _, table := range []string{"onshisim_notes", "onshisim_books", "onshisim_counters"} {
		if _, err := conn.Exec(ctx, `DELETE FROM `+table+` WHERE world NOT IN (SELECT id FROM onshisim_worlds)`); err != nil {
			return err
		}
	}
	return nil
}

// Note implements eventlog.Notes. A note bears a number of its own, by which a later attempt finds an earlier one.
func (n *notes) Note(ctx context.Context, log uint64, entry []byte, most, bytes int) error {
	id, unclear := newID(), false
	err := n.db.try(ctx, usual, func(ctx context.Context, conn *pgx.Conn) error {
		if unclear {
			var there bool
			err := conn.QueryRow(ctx, `SELECT count(*) > 0 FROM onshisim_notes WHERE world = $1 AND note = $2`, int64(log), id).Scan(&there)
			if err != nil || there {
				return err
			}
		}
		number, err := scalar(conn.Query(ctx, putNote, int64(log), id, entry))
		if err == nil && number > 0 && number%dropEvery == 0 {
			_, err = conn.Exec(ctx, dropNotes, int64(log), number, most, bytes)
		}
		unclear = unclear || err != nil && mayHaveRun(err)
		return err
	})
	return noted("noting", err)
}

// Book implements eventlog.Notes.
func (n *notes) Book(ctx context.Context, log, after uint64) (book eventlog.Book, err error) {
	err = n.db.try(ctx, usual, func(ctx context.Context, conn *pgx.Conn) error {
		book = eventlog.Book{}
		rows, err := conn.Query(ctx, `SELECT b.last, b.cleared, coalesce(n.number, 0), n.data
			FROM onshisim_books b LEFT JOIN onshisim_notes n ON n.world = b.world AND n.number > b.cleared AND n.number > $2
			WHERE b.world = $1 ORDER BY n.number`, int64(log), int64(min(after, 1<<62)))
		if err != nil {
			return err
		}
		var last, cleared, number int64
		var data []byte
		_, err = pgx.ForEachRow(rows, []any{&last, &cleared, &number, &data}, func() error {
			book.Last, book.Cleared = uint64(last), uint64(cleared)
			if number > 0 {
				book.Entries = append(book.Entries, eventlog.Note{Number: uint64(number), Data: data})
				data = nil
			}
			return nil
		})
		return err
	})
	return book, noted("reading notes", err)
}

// ClearBook implements eventlog.Notes.
func (n *notes) ClearBook(ctx context.Context, log uint64) error {
	return noted("clearing notes", n.db.try(ctx, usual, func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, `WITH book AS (UPDATE onshisim_books SET cleared = last WHERE world = $1 RETURNING last)
			DELETE FROM onshisim_notes WHERE world = $1 AND number <= (SELECT last FROM book)`, int64(log))
		return err
	}))
}

// Count implements eventlog.Notes. An attempt whose answer was lost may have counted, too.
func (n *notes) Count(ctx context.Context, log uint64, counter string) (count uint64, err error) {
	err = n.db.try(ctx, usual, func(ctx context.Context, conn *pgx.Conn) error {
		value, err := scalar(conn.Query(ctx, addToCounter, int64(log), counter))
		if err == nil && value == 0 {
			err = fmt.Errorf("log %d: %w", log, eventlog.ErrConflict)
		}
		count = uint64(value)
		return err
	})
	return count, noted("counting", err)
}

// Counters implements eventlog.Notes.
func (n *notes) Counters(ctx context.Context, log uint64) (counters map[string]uint64, err error) {
	err = n.db.try(ctx, usual, func(ctx context.Context, conn *pgx.Conn) error {
		counters = map[string]uint64{}
		rows, err := conn.Query(ctx, `SELECT counter, value FROM onshisim_counters WHERE world = $1`, int64(log))
		if err != nil {
			return err
		}
		var counter string
		var value int64
		_, err = pgx.ForEachRow(rows, []any{&counter, &value}, func() error {
			counters[counter] = uint64(value)
			return nil
		})
		return err
	})
	return counters, noted("reading counters", err)
}

// scalar is the one number that a query gives, 0 if it gives none.
func scalar(rows pgx.Rows, err error) (number int64, _ error) {
	if err != nil {
		return 0, err
	}
	_, err = pgx.ForEachRow(rows, []any{&number}, func() error { return nil })
	return number, err
}

func noted(what string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}
