package main

import "os"

// scratch makes a folder for what is needed only for a while.
func scratch() (folder string, remove func(), err error) {
	folder, err = os.MkdirTemp("", "onshisim-bench-")
	return folder, func() { _ = os.RemoveAll(folder) }, err // what is left lies where such things are swept
}
