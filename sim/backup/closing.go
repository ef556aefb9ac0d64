// Package backup carries worlds from one store to another as exports: a world's events as JSON Lines, behind them a closing
// line.
//
// Every beginning of a world's events is a world too, one in which a flag set later is not set. The closing line tells a
// whole export from one that was cut off, or changed, on its way:
//
//	{"events":12,"sha256":"9f86…"}
//
// It holds how many events stand before it and the SHA-256 of their lines, each ended by one line feed.
package backup

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"iter"

	"onshisim/sim/eventlog"
	"onshisim/sim/world"
)

// ErrCutOff says that an export has no closing line.
var ErrCutOff = errors.New("the closing line is missing, so the export was cut off")

// closingStart is what a closing line begins with, and no event does.
var closingStart = []byte(`{"events":`)

// digest is what a closing line says of the events before it.
type digest struct {
	events eventlog.Position
	sum    hash.Hash
}

func newDigest() *digest { return &digest{sum: sha256.New()} }

func (d *digest) add(event []byte) {
	d.events++
	_, _ = d.sum.Write(event) // never fails
	_, _ = d.sum.Write([]byte{'\n'})
}

func (d *digest) closing() []byte {
	return fmt.Appendf(nil, `%s%d,"sha256":"%x"}`, closingStart, d.events, d.sum.Sum(nil))
}

// Closed yields events, and behind the last the closing line.
func Closed(events iter.Seq2[[]byte, error]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		seen := newDigest()
		for event, err := range events {
			if err == nil {
				seen.add(event)
			}
			if !yield(event, err) || err != nil {
				return
			}
		}
		yield(seen.closing(), nil)
	}
}

// Opened yields the events of an export. Its closing line, if it has one, has to fit them and to be the last, else the
// error is a *world.LineError; an export that must be closed and is not ends with ErrCutOff.
func Opened(lines iter.Seq2[[]byte, error], mustBeClosed bool) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		seen, closed := newDigest(), false
		for line, err := range lines {
			switch {
			case err != nil:
			case closed:
				err = &world.LineError{Line: seen.events + 2, Cause: errors.New("it stands behind the closing line")}
			case bytes.HasPrefix(line, closingStart):
				if closed = bytes.Equal(line, seen.closing()); closed {
					continue
				}
				err = &world.LineError{Line: seen.events + 1, Cause: errors.New(
					"the closing line does not fit the events before it, so some were changed or lost")}
			default:
				seen.add(line)
			}
			if !yield(line, err) || err != nil {
				return
			}
		}
		if mustBeClosed && !closed {
			yield(nil, fmt.Errorf("after %d events: %w", seen.events, ErrCutOff))
		}
	}
}
