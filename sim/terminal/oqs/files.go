package oqs

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"onshisim/sim/terminal/oqs/message"
)

// largestRequest bounds a request file in bytes; a batch of 10,000 persons has some 5 MB.
const largestRequest = 16 << 20

// errChanging says that a request can't be read yet: its client still writes it.
var errChanging = errors.New("the file changes while it is read")

// version tells whether a file has changed.
type version struct {
	size    int64
	changed int64 // in nanoseconds
}

func versionOf(info fs.FileInfo) version { return version{info.Size(), info.ModTime().UnixNano()} }

// readRequest reads a request file, and nothing else: no link is followed, no pipe waited for. An error that is no
// *message.Refusal is that it can't be read now, as where somebody keeps it open for himself.
func (t *Terminal) readRequest(name string) (data []byte, seen version, err error) {
	err = t.requests.within(func(root *os.Root) error {
		data, seen, err = read(root, name)
		return err
	})
	return data, seen, err
}

func read(root *os.Root, name string) ([]byte, version, error) {
	info, err := root.Lstat(name)
	if err != nil {
		return nil, version{}, err
	}
	seen := versionOf(info)
	switch {
	case !info.Mode().IsRegular():
		return nil, seen, refuse("SIM-OQS-FILE", "a request has to be a file of its own, not a link, folder or device")
	case info.Size() > largestRequest:
		return nil, seen, refuse(message.CodeSize, "the request has %d bytes; at most %d are read", info.Size(), largestRequest)
	}
	file, err := root.OpenFile(name, os.O_RDONLY|withoutWaiting, 0) // it may be a pipe by now
	if err != nil {
		return nil, seen, err
	}
	defer file.Close()
	opened, err := file.Stat()
	if err != nil || !os.SameFile(info, opened) {
		return nil, seen, errChanging // it was replaced while we looked
	}
	data, err := io.ReadAll(io.LimitReader(file, largestRequest+1))
	switch {
	case err != nil:
		return nil, seen, err
	case len(data) > largestRequest:
		return nil, seen, errChanging // the next look sees how far it grew
	}
	return data, seen, nil
}
