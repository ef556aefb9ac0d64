package leakscan

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
)

// ErrBrokenGzip says that the input began as gzip and can't be unpacked to its end.
var ErrBrokenGzip = errors.New("broken gzip stream")

// source is the input as given: it counts its bytes, asks ctx before each read, and fails for good once it has failed, so
// that no buffer on the way swallows the failure.
type source struct {
	ctx    context.Context
	reader io.Reader
	bytes  int64
	err    error
}

func (s *source) Read(p []byte) (int, error) {
	if s.err == nil {
		s.err = s.ctx.Err()
	}
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.reader.Read(p)
	s.bytes += int64(n)
	s.err = err
	return n, err
}

// unpack gives the text of an input, and says whether it was gzip.
func unpack(s *source) (text io.Reader, unpacked bool, err error) {
	input := bufio.NewReader(s)
	if magic, _ := input.Peek(2); string(magic) != "\x1f\x8b" {
		return input, false, nil // a failure comes again with the next read
	}
	u := &unpacker{source: s}
	if u.gzip, err = gzip.NewReader(input); err != nil {
		return nil, true, u.explain(err)
	}
	return u, true, nil
}

// unpacker reads gzip members in a row, and tells a broken stream from a source that failed.
type unpacker struct {
	gzip   *gzip.Reader
	source *source
}

func (u *unpacker) Read(p []byte) (int, error) {
	n, err := u.gzip.Read(p)
	return n, u.explain(err)
}

func (u *unpacker) explain(err error) error {
	switch {
	case err == nil:
		return nil
	case u.source.err != nil && u.source.err != io.EOF: //nolint:errorlint // one that is wrapped is a failure
		return u.source.err
	case err == io.EOF && u.gzip != nil: //nolint:errorlint // the end of the text, never wrapped
		return err
	}
	return fmt.Errorf("%w after %d bytes: %w", ErrBrokenGzip, u.source.bytes, err)
}
