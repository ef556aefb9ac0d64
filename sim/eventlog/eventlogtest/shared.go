package eventlogtest

import (
	"context"
	"maps"
	"slices"
	"sync"

	"onshisim/sim/eventlog"
)

// Shared makes a log in memory that passes for one which other processes write to, so that a test can have replicas.
func Shared() *SharedMemory {
	return &SharedMemory{eventlog.NewMemory(), notes{gone: map[uint64]bool{}, books: map[uint64]*eventlog.Book{}, counters: map[uint64]map[string]uint64{}}}
}

// SharedMemory is a log in memory with notes.
type SharedMemory struct {
	*eventlog.Memory
	notes notes
}

// Shared implements eventlog.Log.
func (s *SharedMemory) Shared() eventlog.Notes { return &s.notes }

// Delete implements eventlog.Log.
func (s *SharedMemory) Delete(ctx context.Context, world string, at eventlog.Head) error {
	err := s.Memory.Delete(ctx, world, at)
	if err == nil {
		s.notes.forget(at.Log)
	}
	return err
}

type notes struct {
	mu       sync.Mutex
	gone     map[uint64]bool
	books    map[uint64]*eventlog.Book
	counters map[uint64]map[string]uint64
}

// Note implements eventlog.Notes.
func (n *notes) Note(_ context.Context, log uint64, entry []byte, most, bytes int) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.gone[log] {
		return nil
	}
	book := n.book(log)
	book.Last++
	book.Entries = append(book.Entries, eventlog.Note{Number: book.Last, Data: entry})
	for i, left := len(book.Entries)-1, bytes; i >= 0; i-- {
		if left -= len(book.Entries[i].Data); left < 0 || len(book.Entries)-i > most {
			book.Entries = slices.Clone(book.Entries[i+1:])
			break
		}
	}
	return nil
}

func (n *notes) forget(log uint64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.gone[log] = true
	delete(n.books, log)
	delete(n.counters, log)
}

func (n *notes) book(log uint64) *eventlog.Book {
	if n.books[log] == nil {
		n.books[log] = &eventlog.Book{}
	}
	return n.books[log]
}

// Book implements eventlog.Notes.
func (n *notes) Book(ctx context.Context, log, after uint64) (eventlog.Book, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	book := *n.book(log)
	first := slices.IndexFunc(book.Entries, func(note eventlog.Note) bool { return note.Number > after })
	if first < 0 {
		first = len(book.Entries)
	}
	book.Entries = slices.Clone(book.Entries[first:])
	return book, ctx.Err()
}

// ClearBook implements eventlog.Notes.
func (n *notes) ClearBook(_ context.Context, log uint64) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	book := n.book(log)
	book.Entries, book.Cleared = nil, book.Last
	return nil
}

// Count implements eventlog.Notes.
func (n *notes) Count(_ context.Context, log uint64, counter string) (uint64, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.counters[log] == nil {
		n.counters[log] = map[string]uint64{}
	}
	n.counters[log][counter]++
	return n.counters[log][counter], nil
}

// Counters implements eventlog.Notes.
func (n *notes) Counters(_ context.Context, log uint64) (map[string]uint64, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return maps.Clone(n.counters[log]), nil
}
