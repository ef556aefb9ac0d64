package journal

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"onshisim/sim/eventlog"
	"onshisim/sim/problem"
)

// notebook keeps entries among the notes of the processes that share a log.
type notebook struct {
	limits Limits
	notes  eventlog.Notes
	log    uint64
}

// add notes an entry, also if nobody waits for the answer any more.
func (n *notebook) add(ctx context.Context, e Entry) error {
	data, err := json.Marshal(&e)
	if err != nil {
		return fmt.Errorf("encode a journal entry: %w", err)
	}
	// What an entry counts for is not what it takes as a note; the bytes there only keep the store in bounds.
	const notedBytes = 4
	return unavailable(n.notes.Note(context.WithoutCancel(ctx), n.log, data, max(n.limits.Entries, 0), notedBytes*max(n.limits.Bytes, 0)))
}

func (n *notebook) clear(ctx context.Context) error {
	return unavailable(n.notes.ClearBook(ctx, n.log))
}

// unavailable is the error of a store that can't be asked now.
func unavailable(cause error) error {
	if cause == nil {
		return nil
	}
	return &problem.Error{
		Kind: problem.Unavailable, Code: "SIM-LOG-503", Detail: "The journal, which is in the event log's store, can't be reached now. Try again.", Cause: cause,
	}
}

// pause is how long a follower of the journal waits before it looks again.
const pause = 100 * time.Millisecond

func (n *notebook) wait(ctx context.Context, after uint64) error {
	looking := time.NewTicker(pause)
	defer looking.Stop()
	for {
		book, err := n.notes.Book(ctx, n.log, after)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil || len(book.Entries) > 0 || !mayCome(after, book.Last, book.Cleared) {
			return unavailable(err)
		}
		select {
		case <-looking.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// since gives all after a number that the limits leave.
func (n *notebook) since(ctx context.Context, after uint64) (stretch, error) {
	book, err := n.notes.Book(ctx, n.log, after)
	if err != nil {
		return stretch{}, unavailable(err)
	}
	s := stretch{last: book.Last, cleared: book.Cleared}
	entries := make([]*Entry, len(book.Entries))
	for i, note := range book.Entries {
		entries[i] = &Entry{}
		if err := json.Unmarshal(note.Data, entries[i]); err != nil {
			return stretch{}, fmt.Errorf("decode journal entry %d: %w", note.Number, err)
		}
		entries[i].Number = note.Number
	}
	s.entries = n.limits.latest(entries)
	if from := max(after, book.Cleared); from < book.Last {
		s.dropped = book.Last - from - uint64(len(s.entries))
	}
	return s, nil
}

// latest are the entries that the limits leave.
func (l Limits) latest(entries []*Entry) []*Entry {
	left, bytes := 0, 0
	for i := len(entries) - 1; i >= 0; i-- {
		bytes += entries[i].size()
		if left == l.Entries || bytes > l.Bytes {
			break
		}
		left++
	}
	return entries[len(entries)-left:]
}
