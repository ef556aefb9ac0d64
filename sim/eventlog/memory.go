package eventlog

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
)

// Memory is a Log that ends with the process. It keeps the very slices it was given, and per world no more than they:
// a small world costs one map entry and one array.
type Memory struct {
	mu     sync.RWMutex
	worlds map[string][][]byte // a record's index is its position minus 1; what is there is never written again
}

// NewMemory makes an empty log.
func NewMemory() *Memory { return &Memory{worlds: map[string][][]byte{}} }

// Append implements Log.
func (m *Memory) Append(ctx context.Context, world string, after Position, records [][]byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	present := m.worlds[world]
	if last := Position(len(present)); last != after {
		return fmt.Errorf("world %q: last position %d, not %d: %w", world, last, after, ErrConflict)
	}
	if len(records) > 0 {
		m.worlds[world] = append(present, records...)
	}
	return nil
}

// Read implements Log. A world that is deleted meanwhile is read to its end.
func (m *Memory) Read(ctx context.Context, world string, after Position) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		m.mu.RLock()
		present := m.worlds[world]
		m.mu.RUnlock()
		for position := after; position < Position(len(present)); {
			if err := ctx.Err(); err != nil {
				yield(Record{}, err)
				return
			}
			data := present[position]
			position++
			if !yield(Record{Position: position, Data: data}, nil) {
				return
			}
		}
	}
}

// Last implements Log.
func (m *Memory) Last(ctx context.Context, world string) (Position, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return Position(len(m.worlds[world])), ctx.Err()
}

// Worlds implements Log.
func (m *Memory) Worlds(ctx context.Context) ([]string, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return slices.Sorted(maps.Keys(m.worlds)), ctx.Err()
}

// Delete implements Log.
func (m *Memory) Delete(ctx context.Context, world string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.worlds, world)
	return nil
}

// Close implements Log. There is nothing to give back.
func (m *Memory) Close() error { return nil }
