package backup

import (
	"context"
	"fmt"
	"io"
	"iter"
	"math"
	"os"

	"onshisim/sim/eventlog"
	"onshisim/sim/world"
)

// Export yields the lines of the export of a world that lies in a log.
func Export(ctx context.Context, log eventlog.Log, name string) iter.Seq2[[]byte, error] {
	return Closed(world.Export(ctx, log, name))
}

// Import makes a world in a log of its export: all of it, or nothing and an error that names the line; and gives how many
// events it has. There must be no world of its name. Other than a file, an export is kept in a temporary file until the
// world is made, for it is read more than once.
func Import(ctx context.Context, log eventlog.Log, name string, export io.Reader, mustBeClosed bool) (events eventlog.Position, err error) {
	content, done, err := again(ctx, export)
	if err != nil {
		return 0, err
	}
	defer done()
	f, err := openFile(ctx, content, mustBeClosed)
	if err != nil {
		return 0, err
	}
	return world.Import(ctx, log, name, f.read)
}

// again makes an export one that can be read again.
func again(ctx context.Context, export io.Reader) (content io.ReaderAt, done func(), err error) {
	if file, is := export.(*os.File); is {
		start, err := file.Seek(0, io.SeekCurrent)
		if info, unknown := file.Stat(); err == nil && unknown == nil && info.Mode().IsRegular() {
			return io.NewSectionReader(file, start, math.MaxInt64-start), func() {}, nil
		}
	}
	kept, err := os.CreateTemp("", "onshisim-import-")
	if err != nil {
		return nil, nil, fmt.Errorf("what does not come from a file is kept in one until all of it is known to be right: %w; "+
			"name a file, or set TMPDIR to a folder that can be written", err)
	}
	gone := os.Remove(kept.Name()) == nil // on Unix it can be used without a name, and so is never left behind
	done = func() {
		_ = kept.Close()
		if !gone {
			_ = os.Remove(kept.Name())
		}
	}
	if _, err := io.Copy(kept, stopped{ctx, export}); err != nil {
		done()
		return nil, nil, err
	}
	return kept, done, nil
}

// stopped is a reader that ends with a context.
type stopped struct {
	context.Context
	io.Reader
}

// Read gives the context's error once it has ended.
func (s stopped) Read(p []byte) (int, error) {
	if err := s.Err(); err != nil {
		return 0, err
	}
	return s.Reader.Read(p)
}
