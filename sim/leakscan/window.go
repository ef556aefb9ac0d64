package leakscan

import "io"

const (
	// reach is the number of bytes within which an occurrence stands, however much space is in it.
	reach = 16 << 10
	// lookahead is more than is looked at for one character: a surrogate pair as \\\\uXXXX\\\\uXXXX, each of its characters
	// percent-encoded, in UTF-16.
	lookahead = 256
	block     = 64 << 10
)

// window is the stretch of the text that is in memory: a block, and before it the bytes in which an occurrence that ends
// in the block may have begun.
type window struct {
	text   io.Reader
	buffer []byte
	offset int64 // of the first byte of the buffer
}

func newWindow(text io.Reader) *window {
	return &window{text: text, buffer: make([]byte, 0, reach+block+lookahead)}
}

// fill reads until the window is full. The error is that of the text, io.EOF at its end; bytes may have come before it.
func (w *window) fill() error {
	for len(w.buffer) < cap(w.buffer) {
		n, err := w.text.Read(w.buffer[len(w.buffer):cap(w.buffer)])
		w.buffer = w.buffer[:len(w.buffer)+n]
		if err != nil {
			return err
		}
	}
	return nil
}

// end is the offset after the last byte.
func (w *window) end() int64 { return w.offset + int64(len(w.buffer)) }

// from gives what the window holds from an offset on.
func (w *window) from(offset int64) []byte { return w.buffer[offset-w.offset:] }

// slide forgets what stands before an offset.
func (w *window) slide(offset int64) {
	if kept := max(offset, w.offset); kept > w.offset {
		w.buffer = w.buffer[:copy(w.buffer, w.from(kept))]
		w.offset = kept
	}
}
