//go:build !windows

package oqs

import (
	"errors"
	"os"
	"syscall"
)

// withoutWaiting opens a pipe that nobody writes to without waiting for somebody who does.
const withoutWaiting = syscall.O_NONBLOCK

// createLocked makes a file that nobody else can open. Locks bind nobody on these systems, so it is one without permissions.
func createLocked(folder *os.Root, name string) (*os.File, error) {
	return folder.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0)
}

// unlock lets others open the file.
func unlock(file *os.File) error { return errors.Join(file.Chmod(0o644), file.Close()) }
