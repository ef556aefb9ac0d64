package backup

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"

	"onshisim/sim/eventlog"
	"onshisim/sim/world"
)

// longestLine bounds a line in bytes, as the control plane bounds a whole body: what has no lines at all is refused before
// it fills the memory.
const longestLine = 256 << 20

// Lines yields the lines of a text without their ends, which may be those of Windows; the last need not have one.
func Lines(text io.Reader) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for line, err := range placed(text) {
			if !yield(line.text, err) || err != nil {
				return
			}
		}
	}
}

// placedLine is a line that is known to begin so many bytes into its text.
type placedLine struct {
	text  []byte
	start int64
}

func placed(text io.Reader) iter.Seq2[placedLine, error] {
	return func(yield func(placedLine, error) bool) {
		from, at := bufio.NewReaderSize(text, 1<<16), int64(0)
		for n := eventlog.Position(1); ; n++ {
			line, err := readLine(from, longestLine)
			if errors.Is(err, errLong) {
				err = &world.LineError{Line: n, Cause: err}
			}
			if err != nil && !errors.Is(err, io.EOF) {
				yield(placedLine{}, err)
				return
			}
			if len(line) > 0 && !yield(placedLine{bytes.TrimRight(line, "\r\n"), at}, nil) || err != nil {
				return
			}
			at += int64(len(line))
		}
	}
}

var errLong = errors.New("it is too long, so these are no events")

// readLine reads up to the end of a line, which it gives too.
func readLine(from *bufio.Reader, longest int) (line []byte, err error) {
	for {
		part, err := from.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > longest:
			return nil, errLong
		case !errors.Is(err, bufio.ErrBufferFull):
			return line, err
		}
	}
}

// Write writes each line and its end.
func Write(to io.Writer, lines iter.Seq2[[]byte, error]) error {
	out := bufio.NewWriterSize(to, 1<<16)
	for line, err := range lines {
		if err != nil {
			return err
		}
		_, _ = out.Write(line) // an error stays, and is met below
		if err := out.WriteByte('\n'); err != nil {
			return err
		}
	}
	return out.Flush()
}
