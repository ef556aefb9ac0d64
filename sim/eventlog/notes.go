package eventlog

import "context"

// Notes are what the processes of a shared log keep together about a log beside its records: a book of entries, of which
// the newest push out the oldest, and counters. They are no part of the world: nothing is restored from them, and they go
// with the log. They outlive a process, but what was noted last may be lost with the store.
type Notes interface {
	// Note puts an entry behind the others; the numbers of a book begin at 1 and have no gaps. Entries beyond most, or
	// beyond bytes in all, may go, the oldest first. Of a log that is gone, nothing is kept.
	Note(ctx context.Context, log uint64, entry []byte, most, bytes int) error

	// Book gives the entries after a number: every Note that had returned before the call counts.
	Book(ctx context.Context, log uint64, after uint64) (Book, error)

	// ClearBook forgets the entries so far; their numbers go on.
	ClearBook(ctx context.Context, log uint64) error

	// Count adds 1 to a counter, which begins at 0, and gives what it comes to: no two calls get the same.
	Count(ctx context.Context, log uint64, counter string) (uint64, error)

	// Counters gives the counters that were ever counted.
	Counters(ctx context.Context, log uint64) (map[string]uint64, error)
}

// Book is a book of notes from a number on.
type Book struct {
	Entries []Note // oldest first; those that are still there
	Last    uint64 // number of the last one ever noted
	Cleared uint64 // number up to which they were cleared away
}

// Note is an entry of a book.
type Note struct {
	Number uint64
	Data   []byte
}
