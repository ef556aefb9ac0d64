package oqs

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"onshisim/sim/terminal/oqs/message"
)

// largestRequest bounds a request file in bytes; a batch of 10,000 persons has some 5 MB.
const largestRequest = 16 << 20

// errNotWhole says that a request can't be read yet: its client still writes it, or keeps others from it.
var errNotWhole = errors.New("the file is not whole yet")

// version tells whether a file has changed.
type version struct {
	size    int64
	changed int64 // in nanoseconds
}

func versionOf(info fs.FileInfo) version { return version{info.Size(), info.ModTime().UnixNano()} }

// readRequest reads a request file, and nothing else: no link is followed, no pipe waited for.
func (f *folders) readRequest(name string) ([]byte, version, error) {
	seen, err := f.requests.Lstat(name)
	if err != nil {
		return nil, version{}, err
	}
	switch {
	case !seen.Mode().IsRegular():
		return nil, versionOf(seen), refuse("SIM-OQS-FILE", "a request has to be a file of its own, not a link, folder or device")
	case seen.Size() > largestRequest:
		return nil, versionOf(seen), refuse(message.CodeSize, "the request has %d bytes; at most %d are read", seen.Size(), largestRequest)
	}
	file, err := f.requests.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0) // a pipe that took the file's place does not hold us
	if errors.Is(err, fs.ErrNotExist) {
		return nil, version{}, err
	}
	if err != nil { // as where a client keeps it locked
		return nil, versionOf(seen), fmt.Errorf("%w: %w", errNotWhole, err)
	}
	defer file.Close()
	opened, err := file.Stat()
	if err != nil || !os.SameFile(seen, opened) {
		return nil, versionOf(seen), errNotWhole // it was replaced while we looked
	}
	data, err := io.ReadAll(io.LimitReader(file, largestRequest+1))
	switch {
	case err != nil:
		return nil, versionOf(seen), fmt.Errorf("%w: %w", errNotWhole, err)
	case len(data) > largestRequest:
		return nil, versionOf(seen), errNotWhole // it grew; the next look sees how far
	}
	return data, versionOf(seen), nil
}

// write puts a file into a folder, whole: readers see all of it or none. One of the same name is replaced.
func write(folder *os.Root, name string, data []byte, lasting bool) error {
	partial := name + partialEnding
	file, err := folder.OpenFile(partial, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) { // left by a process that was killed
		if err = removed(folder, partial); err == nil {
			file, err = folder.OpenFile(partial, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		}
	}
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if lasting && err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = folder.Rename(partial, name)
	}
	if err != nil {
		_ = folder.Remove(partial) // the first error counts
	}
	return err
}

// partialEnding marks files that are still being written. Clients look for .xml and .pdf.
const partialEnding = ".part"
