package main

import (
	"errors"
	"log/slog"
	"math"
	"runtime/debug"

	"github.com/KimMachineGun/automemlimit/memlimit"
)

// memoryShare is how much of a container's memory the Go runtime may fill before it collects garbage more eagerly; the
// rest is for what it does not count, such as the program itself.
const memoryShare = 0.9

// heapFloor is how much garbage there may be, in bytes, however little is in use: the few megabytes of a small world would
// otherwise be collected hundreds of times a second. It is an array that nobody writes to, so that it takes no memory.
const heapFloor = 64 << 20

var floor []byte

// raiseHeap gives the heap its floor, unless GOGC says what to do, or the memory is limited to less than 8 times as much.
func raiseHeap(gogc string) {
	if gogc == "" && debug.SetMemoryLimit(-1) >= 8*heapFloor {
		floor = make([]byte, heapFloor)
	}
}

// bindMemory has the Go runtime keep to the container's memory limit, so that it collects garbage in time and the kernel kills
// nobody. A GOMEMLIMIT in the environment wins.
func bindMemory(logger *slog.Logger, limit memlimit.Provider) {
	bytes, err := memlimit.Set(memlimit.WithRatio(memoryShare), memlimit.WithProvider(limit))
	switch {
	case errors.Is(err, memlimit.ErrNoCgroup), errors.Is(err, memlimit.ErrCgroupsNotSupported):
	case err != nil:
		logger.Warn("the container's memory limit can't be read; set GOMEMLIMIT", "error", err)
	case bytes != math.MaxInt64:
		logger.Info("memory limit", "bytes", bytes)
	}
}
