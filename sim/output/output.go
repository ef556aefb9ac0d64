// Package output writes files and folders that stand under their name whole, or not at all: they come into being beside it
// and take it when they are finished.
package output

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// File writes a file, durable when it returns nil. One that stands under the name already is replaced.
func File(path string, write func(io.Writer) error) error {
	path, err := real(path)
	if err != nil {
		return err
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s is a directory or device; name a file", path)
	}
	part := beside(path)
	file, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	err = write(file)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return nil
}

// Folder fills a folder that is new, as may be those above it, or empty.
func Folder(path string, fill func(folder string) error) error {
	if err := Vacant(path); err != nil {
		return err
	}
	path, err := real(path)
	if err != nil {
		return err
	}
	part := beside(path)
	if err = os.MkdirAll(part, 0o777); err == nil {
		if err = fill(part); err == nil {
			err = takePlace(path, part)
		}
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(part))
	}
	return nil
}

// Vacant refuses a folder that Folder would not fill: one that holds anything.
func Vacant(folder string) error {
	held, err := os.ReadDir(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("%w; give a folder that is new or empty", err)
	case len(held) > 0:
		return fmt.Errorf("%s holds files already, as %s; give a folder that is new or empty", folder, held[0].Name())
	}
	return nil
}

// takePlace gives a finished folder its name. Go renames over no folder, not even over an empty one; the removal of one
// that has been filled meanwhile fails.
func takePlace(folder, part string) error {
	if err := os.Remove(folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w; give a new folder inside of it", err)
	}
	return os.Rename(part, folder)
}

// real is where a path leads: what a link points to is replaced, not the link.
func real(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if linked, err := filepath.EvalSymlinks(path); err == nil {
		path = linked
	}
	return path, nil
}

// beside is a name of its own in the same folder.
func beside(path string) string { return path + ".part-" + rand.Text()[:12] }
