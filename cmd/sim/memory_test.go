package main

import (
	"bytes"
	"errors"
	"log/slog"
	"math"
	"runtime/debug"
	"testing"

	"github.com/KimMachineGun/automemlimit/memlimit"
	"github.com/stretchr/testify/assert"
)

// The memory limit is the process's, so these tests take turns.
func TestTheRuntimeKeepsToTheContainersMemory(t *testing.T) {
	for name, test := range map[string]struct {
		set    string // GOMEMLIMIT
		limit  memlimit.Provider
		bytes  int64
		logged string
	}{
		"nine tenths of the limit":    {"", memlimit.Limit(1 << 30), 966367641, `"memory limit" bytes=966367641`},
		"GOMEMLIMIT wins":             {"1GiB", memlimit.Limit(1 << 40), math.MaxInt64, ""}, // the runtime read it when it started
		"no limit":                    {"", none(memlimit.ErrNoLimit), math.MaxInt64, ""},
		"no container":                {"", none(memlimit.ErrNoCgroup), math.MaxInt64, ""},
		"no Linux":                    {"", none(memlimit.ErrCgroupsNotSupported), math.MaxInt64, ""},
		"a limit that can't be read":  {"", none(errors.New("odd")), math.MaxInt64, "set GOMEMLIMIT"},
		"a limit larger than numbers": {"", memlimit.Limit(math.MaxUint64), math.MaxInt64, ""},
	} {
		t.Run(name, func(t *testing.T) {
			former := debug.SetMemoryLimit(math.MaxInt64)
			t.Cleanup(func() { debug.SetMemoryLimit(former) })
			if test.set != "" {
				t.Setenv("GOMEMLIMIT", test.set)
			}
			var log bytes.Buffer
			bindMemory(slog.New(slog.NewTextHandler(&log, nil)), test.limit)
			assert.Equal(t, test.bytes, debug.SetMemoryLimit(-1))
			if test.logged == "" {
				assert.Empty(t, log.String())
			}
			assert.Contains(t, log.String(), test.logged)
		})
	}
}

func none(err error) memlimit.Provider { return func() (uint64, error) { return 0, err } }

func TestTheHeapHasAFloor(t *testing.T) {
	for name, test := range map[string]struct {
		gogc   string
		limit  int64
		raised bool
	}{
		"usually":                  {"", math.MaxInt64, true},
		"in a large container":     {"", 1 << 30, true},
		"GOGC wins":                {"100", math.MaxInt64, false},
		"not in a small container": {"", 256 << 20, false},
	} {
		t.Run(name, func(t *testing.T) {
			former := debug.SetMemoryLimit(test.limit)
			t.Cleanup(func() { debug.SetMemoryLimit(former); floor = nil })
			raiseHeap(test.gogc)
			assert.Equal(t, test.raised, floor != nil)
		})
	}
}
