package telemetry

import (
	"context"

	"onshisim/sim/eventlog"
)

type watchedNotes struct {
	eventlog.Notes
	note, book, clear, count, counters *act
}

// Note implements eventlog.Notes.
func (n *watchedNotes) Note(ctx context.Context, log uint64, entry []byte, most, bytes int) error {
	ctx, d := n.note.begin(ctx)
	err := n.Notes.Note(ctx, log, entry, most, bytes)
	d.end(err)
	return err
}

// Book implements eventlog.Notes.
func (n *watchedNotes) Book(ctx context.Context, log, after uint64) (eventlog.Book, error) {
	ctx, d := n.book.begin(ctx)
	book, err := n.Notes.Book(ctx, log, after)
	d.end(err)
	return book, err
}

// ClearBook implements eventlog.Notes.
func (n *watchedNotes) ClearBook(ctx context.Context, log uint64) error {
	ctx, d := n.clear.begin(ctx)
	err := n.Notes.ClearBook(ctx, log)
	d.end(err)
	return err
}

// Count implements eventlog.Notes.
func (n *watchedNotes) Count(ctx context.Context, log uint64, counter string) (uint64, error) {
	ctx, d := n.count.begin(ctx)
	nth, err := n.Notes.Count(ctx, log, counter)
	d.end(err)
	return nth, err
}

// Counters implements eventlog.Notes.
func (n *watchedNotes) Counters(ctx context.Context, log uint64) (map[string]uint64, error) {
	ctx, d := n.counters.begin(ctx)
	counters, err := n.Notes.Counters(ctx, log)
	d.end(err)
	return counters, err
}
