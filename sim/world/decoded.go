package world

import (
	"iter"
	"runtime"
	"sync"

	"onshisim/sim/eventlog"
)

// How many lines, and about how many bytes of them, are decoded in one go, while those before them are applied.
const (
	decodedTogether = 512
	bytesTogether   = 64 << 10
)

// decoded decodes the lines behind a position, in their order, on all processors: to decode an event takes longer than to
// apply it. It stops at the first line that can't be read, with its error.
func decoded(lines iter.Seq2[[]byte, error], after eventlog.Position) iter.Seq2[happened, error] {
	return func(yield func(happened, error) bool) {
		var working sync.WaitGroup
		defer working.Wait()
		var waiting []*stretch
		next := &stretch{first: after + 1}
		for line, err := range lines {
			if err != nil {
				next.unread = err
				break
			}
			next.lines, next.bytes = append(next.lines, line), next.bytes+len(line)
			if len(next.lines) < decodedTogether && next.bytes < bytesTogether {
				continue
			}
			working.Go(next.decodeAside())
			waiting = append(waiting, next)
			next = &stretch{first: next.first + eventlog.Position(len(next.lines))}
			if len(waiting) > runtime.GOMAXPROCS(0) {
				if !waiting[0].yield(yield) {
					return
				}
				waiting = waiting[1:]
			}
		}
		for _, s := range waiting {
			if !s.yield(yield) {
				return
			}
		}
		next.decode()
		next.yield(yield)
	}
}

// stretch is a run of lines, and what they say.
type stretch struct {
	first  eventlog.Position
	lines  [][]byte
	bytes  int   // of them
	unread error // why there are no more lines

	done   chan struct{} // closed when they are decoded; nil: they are
	events []happened
	unfit  error // of the line behind the events
}

// decodeAside is decode for another goroutine.
func (s *stretch) decodeAside() func() {
	s.done = make(chan struct{})
	return func() {
		defer close(s.done)
		s.decode()
	}
}

func (s *stretch) decode() {
	s.events = make([]happened, 0, len(s.lines))
	for i, line := range s.lines {
		c, at, err := decode(line, s.first+eventlog.Position(i))
		if err != nil {
			s.unfit = err
			return
		}
		s.events = append(s.events, happened{c, at})
	}
}

// yield hands on the events, and says whether more are wanted and can be had.
func (s *stretch) yield(yield func(happened, error) bool) bool {
	if s.done != nil {
		<-s.done
	}
	for _, event := range s.events {
		if !yield(event, nil) {
			return false
		}
	}
	for _, err := range []error{s.unfit, s.unread} {
		if err != nil {
			yield(happened{}, err)
			return false
		}
	}
	return true
}
