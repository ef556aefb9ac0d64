package journal

import (
	"context"
	"sync"
)

// Limits bound what a journal keeps. A bound of 0 keeps nothing.
type Limits struct {
	Entries int // entries kept
	Bytes   int // bytes of paths, bodies and decisions kept, about
	Body    int // bytes kept of one body
}

// Journal holds the latest requests of a world. It is safe for concurrent use, and starts no goroutine.
type Journal struct {
	world  string
	limits Limits

	mu      sync.Mutex
	ring    []*Entry // grows up to limits.Entries
	oldest  int      // its index in the ring
	count   int
	bytes   int           // sum of their sizes
	last    uint64        // number of the last one added
	cleared uint64        // number up to which Clear forgot
	added   chan struct{} // closed with the next entry; nil while nobody waits
}

// New makes an empty journal of a world, by its name.
func New(world string, limits Limits) *Journal {
	return &Journal{world: world, limits: limits}
}

// Add gives an entry its world and its number and keeps it, with at most Limits.Body bytes of each body, which the caller may use again.
// Over the bounds the oldest go; an entry that is over them alone goes at once, after all others.
func (j *Journal) Add(e Entry) {
	e.keepBodies(max(j.limits.Body, 0))
	size := e.size()
	j.mu.Lock()
	defer j.mu.Unlock()
	j.last++
	e.World, e.Number = j.world, j.last
	for j.count > 0 && (j.count == j.limits.Entries || j.bytes+size > j.limits.Bytes) {
		j.dropOldest()
	}
	if j.limits.Entries > 0 && size <= j.limits.Bytes {
		j.push(&e, size)
	}
	if j.added != nil {
		close(j.added)
		j.added = nil
	}
}

func (j *Journal) push(e *Entry, size int) {
	if j.count == len(j.ring) {
		j.grow()
	}
	j.ring[(j.oldest+j.count)%len(j.ring)] = e
	j.count++
	j.bytes += size
}

func (j *Journal) dropOldest() {
	j.bytes -= j.ring[j.oldest].size()
	j.ring[j.oldest] = nil // nothing holds on to what was dropped
	j.oldest = (j.oldest + 1) % len(j.ring)
	j.count--
}

// grow doubles the ring: a world of a few requests takes the room of a few.
func (j *Journal) grow() {
	const least = 16
	ring := make([]*Entry, min(max(2*len(j.ring), least), j.limits.Entries))
	n := copy(ring, j.ring[j.oldest:])
	copy(ring[n:], j.ring[:j.oldest])
	j.ring, j.oldest = ring, 0
}

// Clear forgets all entries. The numbers go on, and what was cleared away does not count as dropped.
func (j *Journal) Clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.ring, j.oldest, j.count, j.bytes = nil, 0, 0, 0
	j.cleared = j.last
}

// Wait returns when an entry after a number has been added and not cleared away, or when ctx is done.
func (j *Journal) Wait(ctx context.Context, after uint64) {
	for {
		added := j.waitAfter(after)
		if added == nil {
			return
		}
		select {
		case <-added:
		case <-ctx.Done():
			return
		}
	}
}

// waitAfter gives what is closed with the next entry; nil if there is one already, or the number was never given, as when
// the world was made anew since.
func (j *Journal) waitAfter(after uint64) <-chan struct{} {
	j.mu.Lock()
	defer j.mu.Unlock()
	if after > j.last || j.last > max(after, j.cleared) {
		return nil
	}
	if j.added == nil {
		j.added = make(chan struct{})
	}
	return j.added
}

// stretch is a part of the journal as it stood at one moment.
type stretch struct {
	entries []*Entry
	dropped uint64 // how many of the stretch are gone, but for those cleared away
	last    uint64 // number of the last entry added
}

// since gives all after a number. The lock is held for no longer than it takes to copy pointers.
func (j *Journal) since(after uint64) stretch {
	j.mu.Lock()
	defer j.mu.Unlock()
	s := stretch{last: j.last}
	gone := j.last - uint64(j.count) // number of the last one that is not there any more
	from := max(after, j.cleared)
	skip := 0
	if from < gone {
		s.dropped = gone - from
	} else {
		skip = int(min(from-gone, uint64(j.count)))
	}
	s.entries = make([]*Entry, 0, j.count-skip)
	for i := skip; i < j.count; i++ {
		s.entries = append(s.entries, j.ring[(j.oldest+i)%len(j.ring)])
	}
	return s
}
