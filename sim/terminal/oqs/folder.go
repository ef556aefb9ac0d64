package oqs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// folder is the path of a folder of the terminal. It is opened anew each time: one on a network may go and come back.
type folder string

// make makes the folder if it is missing.
func (f folder) make() error {
	err := os.MkdirAll(string(f), 0o755)
	if err != nil {
		err = fmt.Errorf("the terminal's folder %s can't be used: %w", filepath.Base(string(f)), err)
	}
	return err
}

// within does something in the folder, which no name and no link leads out of.
func (f folder) within(do func(*os.Root) error) error {
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return err
	}
	return errors.Join(do(root), root.Close())
}

// entries are what the folder holds, by name.
func (f folder) entries() (entries []fs.DirEntry, err error) {
	return os.ReadDir(string(f))
}

// remove takes a file out of the folder, if it is there.
func (f folder) remove(name string) error {
	return f.within(func(root *os.Root) error { return removed(root, name) })
}

// write puts a file into the folder, whole: readers see all of it or none. One of the same name is replaced. A lasting one
// is there even if the machine fails.
func (f folder) write(name string, data []byte, lasting bool) error {
	return f.within(func(root *os.Root) error { return written(root, name, data, lasting) })
}

// partialEnding marks files that are still being written. Clients look for .xml and .pdf.
const partialEnding = ".part"

func written(root *os.Root, name string, data []byte, lasting bool) error {
	partial := name + partialEnding
	file, err := created(root, partial)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if lasting && err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = root.Rename(partial, name)
	}
	if err != nil {
		_ = root.Remove(partial) // the first error counts
	}
	return err
}

// created makes a new file, in place of one that is there: a link is replaced, not followed.
func created(root *os.Root, name string) (*os.File, error) {
	if err := removed(root, name); err != nil {
		return nil, err
	}
	return root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

func removed(root *os.Root, name string) error {
	err := root.Remove(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
