package oqs

import (
	"os"
	"path/filepath"
	"syscall"
)

// withoutWaiting opens no pipe here: there are none in folders.
const withoutWaiting = 0

// createLocked makes a file that nobody else can open, as of a program that has it for itself alone.
func createLocked(folder *os.Root, name string) (*os.File, error) {
	path := filepath.Join(folder.Name(), name)
	text, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	const sharedWithNobody = 0
	handle, err := syscall.CreateFile(text, syscall.GENERIC_WRITE, sharedWithNobody, nil, syscall.CREATE_NEW, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return nil, &os.PathError{Op: "create", Path: path, Err: err}
	}
	return os.NewFile(uintptr(handle), path), nil
}

// unlock lets others open the file.
func unlock(file *os.File) error { return file.Close() }
