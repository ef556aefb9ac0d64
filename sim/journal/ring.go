package journal

import (
	"context"
	"sync"
)

// ring keeps the latest entries in memory.
type ring struct {
	limits Limits

	mu      sync.Mutex
	entries []*kept // grows up to limits.Entries
	oldest  int     // its index
	count   int
	bytes   int           // sum of their sizes
	last    uint64        // number of the last one added
	cleared uint64        // number up to which clear forgot
	spare   *kept         // was dropped, and nobody has seen it
	added   chan struct{} // closed with the next entry; nil while nobody waits
}

// kept is an entry in the ring.
type kept struct {
	Entry
	size   int
	bodies []byte // the array that holds both
	seen   bool   // somebody may still read it: it is never written to again
}

// hold makes the entry that of a request, in the room that it has.
func (k *kept) hold(e *Entry, size int) {
	bodies := append(append(k.bodies[:0], e.Request...), e.Answer...)
	k.Entry, k.size, k.bodies = *e, size, bodies
	split := len(e.Request)
	k.Request, k.Answer = present(bodies[:split:split]), present(bodies[split:])
}

// present is a body, nil if it is empty.
func present(body []byte) []byte {
	if len(body) == 0 {
		return nil
	}
	return body
}

func (r *ring) add(_ context.Context, e Entry) error {
	size := e.size()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last++
	e.Number = r.last
	for r.count > 0 && (r.count == r.limits.Entries || r.bytes+size > r.limits.Bytes) {
		r.dropOldest()
	}
	if r.limits.Entries > 0 && size <= r.limits.Bytes {
		k := r.spare
		if r.spare = nil; k == nil {
			k = &kept{}
		}
		k.hold(&e, size)
		r.push(k)
	}
	if r.added != nil {
		close(r.added)
		r.added = nil
	}
	return nil
}

func (r *ring) push(k *kept) {
	if r.count == len(r.entries) {
		r.grow()
	}
	r.entries[(r.oldest+r.count)%len(r.entries)] = k
	r.count++
	r.bytes += k.size
}

func (r *ring) dropOldest() {
	dropped := r.entries[r.oldest]
	if r.bytes -= dropped.size; !dropped.seen {
		r.spare = dropped
	}
	r.entries[r.oldest] = nil // nothing holds on to what was dropped
	r.oldest = (r.oldest + 1) % len(r.entries)
	r.count--
}

// grow doubles the ring: a world of a few requests takes the room of a few.
func (r *ring) grow() {
	const least = 16
	entries := make([]*kept, min(max(2*len(r.entries), least), r.limits.Entries))
	n := copy(entries, r.entries[r.oldest:])
	copy(entries[n:], r.entries[:r.oldest])
	r.entries, r.oldest = entries, 0
}

func (r *ring) clear(context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.entries, r.oldest, r.count, r.bytes, r.spare = nil, 0, 0, 0, nil
	r.cleared = r.last
	return nil
}

func (r *ring) wait(ctx context.Context, after uint64) error {
	for {
		added := r.waitAfter(after)
		if added == nil {
			return nil
		}
		select {
		case <-added:
		case <-ctx.Done():
			return nil
		}
	}
}

// waitAfter gives what is closed with the next entry; nil if there is one already, or the number was never given, as when
// the world was made anew since.
func (r *ring) waitAfter(after uint64) <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !mayCome(after, r.last, r.cleared) {
		return nil
	}
	if r.added == nil {
		r.added = make(chan struct{})
	}
	return r.added
}

// since gives all after a number. The lock is held for no longer than it takes to copy pointers.
func (r *ring) since(_ context.Context, after uint64) (stretch, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := stretch{last: r.last, cleared: r.cleared}
	gone := r.last - uint64(r.count) // number of the last one that is not there any more
	from := max(after, r.cleared)
	skip := 0
	if from < gone {
		s.dropped = gone - from
	} else {
		skip = int(min(from-gone, uint64(r.count)))
	}
	s.entries = make([]*Entry, 0, r.count-skip)
	for i := skip; i < r.count; i++ {
		k := r.entries[(r.oldest+i)%len(r.entries)]
		k.seen = true
		s.entries = append(s.entries, &k.Entry)
	}
	return s, nil
}
