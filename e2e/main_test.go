// Package e2e_test looks at the simulator as its users do: at the built program, its files and its answers. It imports
// nothing of it. Go can't see that the program has changed, so run it as `make test` does, or with -count=1.
package e2e_test

import (
	"fmt"
	"os"
	"testing"

	"onshisim/e2e/process"
)

// program is the path of the built program.
var program string

func TestMain(m *testing.M) {
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	folder, err := os.MkdirTemp("", "onshisim-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(folder) }()
	if program, err = process.Build("..", folder); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}
