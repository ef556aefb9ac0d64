package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// number is the version of a release; builds of a release set it.
var number = "0.1.0"

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(t *terminal) error {
	_, err := fmt.Fprintf(t.out, "onshisim %s (%s, %s/%s)\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// version is the number, with the commit where the build knows it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return number
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && len(setting.Value) >= 12 {
			return number + "+" + setting.Value[:12]
		}
	}
	return number
}
