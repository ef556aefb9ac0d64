package web

import (
	"errors"
	"net"
	"os"
	"sync"
	"time"
)

// deadline is the end of the time that a connection has for reading, or for writing. http.Server sets half a dozen for each
// request, nearly all of them later than the one before, and to tell the runtime of each is dearer than all that a request
// looks up. So it is told of those alone that come before the one it knows; whoever meets that one looks whether it still
// holds.
type deadline struct {
	tell func(time.Time) error // SetReadDeadline or SetWriteDeadline of the connection itself

	mu   sync.Mutex
	end  time.Time // what was set; zero: none
	told time.Time // what the runtime knows; zero: none
}

// set ends what runs, and what is begun after, at an instant; zero is never.
func (d *deadline) set(end time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.end = end
	if end.IsZero() || !d.told.IsZero() && !end.Before(d.told) {
		return nil
	}
	return d.pass(end)
}

// pass tells the runtime.
func (d *deadline) pass(end time.Time) error {
	err := d.tell(end)
	if err == nil {
		d.told = end
	}
	return err
}

// goesOn says whether what ended with an error ended too early, at a deadline that was put off. The runtime is told.
func (d *deadline) goesOn(err error) bool {
	if !errors.Is(err, os.ErrDeadlineExceeded) {
		return false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return (d.end.IsZero() || now().Before(d.end)) && d.pass(d.end) == nil
}

// timed is a connection whose deadlines cost little.
type timed struct {
	net.Conn
	reading, writing deadline
}

func newTimed(c net.Conn) timed {
	return timed{Conn: c, reading: deadline{tell: c.SetReadDeadline}, writing: deadline{tell: c.SetWriteDeadline}}
}

// Read reads until the deadline for reading.
func (t *timed) Read(into []byte) (int, error) {
	for {
		n, err := t.Conn.Read(into)
		if err == nil || n > 0 || !t.reading.goesOn(err) {
			return n, err
		}
	}
}

// Write writes until the deadline for writing.
func (t *timed) Write(text []byte) (written int, err error) {
	for {
		n, err := t.Conn.Write(text[written:])
		written += n
		if err == nil || !t.writing.goesOn(err) {
			return written, err
		}
	}
}

// SetReadDeadline sets the deadline for reading.
func (t *timed) SetReadDeadline(end time.Time) error { return t.reading.set(end) }

// SetWriteDeadline sets the deadline for writing.
func (t *timed) SetWriteDeadline(end time.Time) error { return t.writing.set(end) }

// SetDeadline sets both.
func (t *timed) SetDeadline(end time.Time) error {
	return errors.Join(t.reading.set(end), t.writing.set(end))
}
