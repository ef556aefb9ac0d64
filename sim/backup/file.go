package backup

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"math"

	"onshisim/sim/eventlog"
)

// file is an export that can be read as often as needed, from behind any event. Of what is in it, memory holds a line.
type file struct {
	content io.ReaderAt
	marks   []int64 // where every stride-th event begins
	events  eventlog.Position
	closing []byte // what the closing line says, or would say
	broken  error  // why the export is not whole
}

const stride = 256

// openFile reads an export to its end, or to where it is broken.
func openFile(ctx context.Context, content io.ReaderAt, mustBeClosed bool) (*file, error) {
	f := &file{content: content}
	seen := newDigest()
	var at int64 // where the line begins that is being looked at
	var unread error
	lines := func(yield func([]byte, error) bool) {
		for line, err := range placed(io.NewSectionReader(content, 0, math.MaxInt64)) {
			at, unread = line.start, err
			if unread == nil {
				unread = ctx.Err()
			}
			if !yield(line.text, unread) {
				return
			}
		}
	}
	for event, err := range Opened(lines, mustBeClosed) {
		if err != nil {
			f.broken = err
			break
		}
		if seen.events%stride == 0 {
			f.marks = append(f.marks, at)
		}
		seen.add(event)
	}
	f.events, f.closing = seen.events, seen.closing()
	return f, unread
}

// read yields the events behind a position. Who reads them all learns at the end why the export is not whole, if so, or that
// the file has been changed meanwhile. So an event that can't be right is named before what is said of all.
func (f *file) read(after eventlog.Position) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		position, start := f.markBefore(after)
		seen := newDigest()
		for event, err := range Lines(io.NewSectionReader(f.content, start, math.MaxInt64-start)) {
			if position == f.events {
				break
			}
			if err != nil {
				yield(nil, err)
				return
			}
			seen.add(event)
			if position++; position > after && !yield(event, nil) {
				return
			}
		}
		switch {
		case position < f.events, start == 0 && !bytes.Equal(seen.closing(), f.closing):
			yield(nil, errors.New("the file was changed while it was read"))
		case f.broken != nil:
			yield(nil, f.broken)
		}
	}
}

// markBefore is the last marked place that is not behind a position: how many events stand before it, and where it is.
func (f *file) markBefore(after eventlog.Position) (before eventlog.Position, start int64) {
	if len(f.marks) == 0 {
		return 0, 0
	}
	n := min(int(after/stride), len(f.marks)-1)
	return eventlog.Position(n) * stride, f.marks[n]
}
