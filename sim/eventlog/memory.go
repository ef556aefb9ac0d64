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
	logs   uint64 // how many there ever were
	worlds map[string]memoryLog
}

type memoryLog struct {
	id      uint64
	records [][]byte // a record's index is its position minus 1; what is there is never written again
}

func (l memoryLog) head() Head { return Head{Log: l.id, Last: Position(len(l.records))} }

// NewMemory makes an empty log.
func NewMemory() *Memory { return &Memory{worlds: map[string]memoryLog{}} }

// Create implements Log. It holds nothing meanwhile, so that of many who create a world, the first to end makes it.
func (m *Memory) Create(ctx context.Context, world string, records iter.Seq2[[]byte, error]) (Head, error) {
	var all [][]byte
	for data, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return Head{}, err
		}
		all = append(all, data)
	}
	if err := ctx.Err(); err != nil {
		return Head{}, err
	}
	if len(all) == 0 {
		return Head{}, fmt.Errorf("world %q: a world begins with a record, but there is none", world)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if present, exists := m.worlds[world]; exists {
		return Head{}, conflict(world, present.head(), Head{})
	}
	m.logs++
	log := memoryLog{id: m.logs, records: all}
	m.worlds[world] = log
	return log.head(), nil
}

// Append implements Log.
func (m *Memory) Append(ctx context.Context, world string, after Head, records [][]byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	log := m.worlds[world]
	switch {
	case log.head() != after, after.Log == 0 && len(records) > 0:
		return conflict(world, log.head(), after)
	case len(records) > 0:
		log.records = append(log.records, records...)
		m.worlds[world] = log
	}
	return nil
}

// Read implements Log. A world that is deleted meanwhile is read to its end.
func (m *Memory) Read(ctx context.Context, world string, after Head) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		m.mu.RLock()
		log := m.worlds[world]
		m.mu.RUnlock()
		if after.Log != 0 && after.Log != log.id {
			yield(Record{}, conflict(world, log.head(), after))
			return
		}
		for position := after.Last; position < Position(len(log.records)); {
			if err := ctx.Err(); err != nil {
				yield(Record{}, err)
				return
			}
			data := log.records[position]
			position++
			if !yield(Record{Position: position, Data: data}, nil) {
				return
			}
		}
	}
}

// Head implements Log.
func (m *Memory) Head(ctx context.Context, world string) (Head, error) {
	if err := ctx.Err(); err != nil {
		return Head{}, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.worlds[world].head(), nil
}

// Worlds implements Log.
func (m *Memory) Worlds(ctx context.Context) ([]string, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return slices.Sorted(maps.Keys(m.worlds)), ctx.Err()
}

// Delete implements Log.
func (m *Memory) Delete(ctx context.Context, world string, at Head) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if is := m.worlds[world].head(); is != at {
		return conflict(world, is, at)
	}
	delete(m.worlds, world)
	return nil
}

// Shared implements Log: no other process reaches it.
func (m *Memory) Shared() Notes { return nil }

// Close implements Log. There is nothing to give back.
func (m *Memory) Close() error { return nil }

func conflict(world string, is, expected Head) error {
	return fmt.Errorf("world %q: its head is %d of log %d, not %d of log %d: %w",
		world, is.Last, is.Log, expected.Last, expected.Log, ErrConflict)
}
