package process

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// tick is the unit of the kernel's times of a process (USER_HZ), the same on every architecture that Go runs on.
const tick = 10 * time.Millisecond

// CPU is what the process has used of the processors so far, in user and in system mode.
func (p *Process) CPU() (time.Duration, error) { return cpu(p.PID()) }

// OwnCPU is what this process has used of the processors so far.
func OwnCPU() (time.Duration, error) {
	var used syscall.Rusage
	err := syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return time.Duration(used.Utime.Nano() + used.Stime.Nano()), err
}

func cpu(pid int) (time.Duration, error) {
	fields, _, err := stat(pid)
	if err != nil {
		return 0, err
	}
	user, err := strconv.Atoi(fields[11])
	if err != nil {
		return 0, err
	}
	system, err := strconv.Atoi(fields[12])
	return time.Duration(user+system) * tick, err
}

// stat are the fields of /proc/PID/stat behind the command's name, from the state on, and the parent.
func stat(pid int) (fields []string, parent int, err error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil, 0, fmt.Errorf("only Linux tells what a process costs: %w", err)
	}
	fields = strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	if len(fields) < 13 {
		return nil, 0, fmt.Errorf("process %d: unknown form of stat: %s", pid, text)
	}
	parent, err = strconv.Atoi(fields[1])
	return fields, parent, err
}

// FamilyCPU is what the children of a process have used of the processors so far, with those that have ended.
func FamilyCPU(pid int) (total time.Duration, err error) {
	fields, _, err := stat(pid)
	if err != nil {
		return 0, err
	}
	for _, field := range fields[11:min(15, len(fields))] { // its own, and of its children that have ended
		ticks, err := strconv.Atoi(field)
		if err != nil {
			return 0, err
		}
		total += time.Duration(ticks) * tick
	}
	all, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return 0, err
	}
	for _, folder := range all {
		child, err := strconv.Atoi(filepath.Base(folder))
		if err != nil {
			continue
		}
		if _, parent, err := stat(child); err != nil || parent != pid {
			continue // it may have ended meanwhile
		}
		used, err := cpu(child)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return 0, err
		}
		total += used
	}
	return total, nil
}

// Memory is what the process holds of the machine's memory, now and at most so far, in bytes.
func (p *Process) Memory() (now, most int64, err error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.PID()))
	if err != nil {
		return 0, 0, err
	}
	of := func(name string) (bytes int64) {
		for line := range strings.Lines(string(text)) {
			if words := strings.Fields(line); len(words) == 3 && words[0] == name+":" {
				kib, _ := strconv.ParseInt(words[1], 10, 64) // the kernel writes numbers
				return kib << 10
			}
		}
		return 0
	}
	return of("VmRSS"), of("VmHWM"), nil
}

// Parent is the process that started another one.
func Parent(pid int) (parent int, err error) {
	_, parent, err = stat(pid)
	return parent, err
}
