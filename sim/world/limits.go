package world

import (
	"cmp"

	"onshisim/sim/journal"
	"onshisim/sim/problem"
)

// Limits bound what a simulator holds, so that a flood of requests ends in clear refusals. An event takes about half a
// kilobyte of memory; who lets strangers in sets Worlds and Events to what the machine has. A limit that is 0 is the
// default.
type Limits struct {
	Worlds   int // worlds; 10,000
	Events   int // events of one world; 2,000,000
	Sessions int // Mynaportal sessions open at the same time in one world; 10,000
	Requests int // requests answered at the same time in one world; 1,000

	Journal journal.Limits // of one world; 1,000 entries, 1 MiB, 8 KiB of each body; below 0: none
}

// The limits of what commands of the control plane put into a world.
const (
	mostCheckpoints = 1000
	mostFaults      = 100
	mostWaiting     = 100 // cards that lie on one reader
	mostEnded       = 200 // cards that were read or refused, of which the outcome is remembered
)

func (l Limits) orDefaults() Limits {
	l.Worlds = cmp.Or(l.Worlds, 10_000)
	l.Events = cmp.Or(l.Events, 2_000_000)
	l.Sessions = cmp.Or(l.Sessions, 10_000)
	l.Requests = cmp.Or(l.Requests, 1000)
	l.Journal.Entries = cmp.Or(l.Journal.Entries, 1000)
	l.Journal.Bytes = cmp.Or(l.Journal.Bytes, 1<<20)
	l.Journal.Body = cmp.Or(l.Journal.Body, 8<<10)
	return l
}

// Enter lets a request into the world, unless as many are being answered there as may be. Whoever was let in leaves.
func (w *World) Enter() error {
	if w.requests.Add(1) > int64(w.limits.Requests) {
		w.Leave()
		return problem.New(problem.Unavailable, "SIM-WORLD-BUSY",
			"%d requests are being answered in this world, the most that may be; try again, or raise --max-requests.", w.limits.Requests)
	}
	return nil
}

// Leave lets a request out that was let in.
func (w *World) Leave() { w.requests.Add(-1) }

// reserve is how many events the control plane may add to a world that is full, so that its clock, its faults and its
// checkpoints still can be set right.
const reserve = 1000

// room refuses events that a world has no room for.
func (w *World) room(more int, fromControl bool) error {
	most := w.limits.Events
	if fromControl {
		most += reserve
	}
	if more > 0 && int(w.head.Last)+more > most {
		return problem.New(problem.Conflict, "SIM-WORLD-FULL",
			"The world has %d events, the most that it may have is %d; delete it, or raise --max-events. Nothing was changed.", w.head.Last, w.limits.Events)
	}
	return nil
}
