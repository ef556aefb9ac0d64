package main

import (
	"errors"
	"fmt"
	"os"
	"runtime/pprof"
)

// profileFlags have the program write down what it was busy with. Only whoever starts it can ask for that: a profile that can be
// had over the network would let others slow it down.
type profileFlags struct {
	CPUProfile string `name:"cpu-profile" hidden:"" placeholder:"FILE"`
}

// profile begins a CPU profile, if one is wanted; end writes it.
func (f *profileFlags) profile() (end func() error, err error) {
	if f.CPUProfile == "" {
		return func() error { return nil }, nil
	}
	file, err := os.Create(f.CPUProfile)
	if err != nil {
		return nil, fmt.Errorf("--cpu-profile: %w", err)
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return nil, fmt.Errorf("--cpu-profile: %w", errors.Join(err, file.Close()))
	}
	return func() error {
		pprof.StopCPUProfile()
		return file.Close()
	}, nil
}
