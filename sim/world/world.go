// Package world is one world of the simulator: its log of events folded into state. Commands check themselves against
// the state and yield events; the events are put into the log and only then applied. Reading never touches the log.
//
// Each file holds one capability: its command, its events and what they do to the state.
package world

import (
	"context"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"onshisim/sim/eventlog"
	"onshisim/sim/journal"
	"onshisim/sim/problem"
)

// World is one world. It is safe for concurrent use.
type World struct {
	name    string
	log     eventlog.Log
	wall    func() time.Time // real time, for a clock that was never set
	limits  Limits
	journal *journal.Journal // of requests; no part of the state

	queue    committer
	requests atomic.Int64                  // being answered now
	end      atomic.Pointer[problem.Error] // why nobody may use the world any more: deleted, or broken

	folding turn // held by whoever brings the state on

	mu    sync.RWMutex // guards what follows; held to write only while committed events are applied
	state *State
	head  eventlog.Head // up to where the state holds the log
	jumps []jump        // where the log goes back to checkpoints, in order
}

// nameForm is what a world can be called: its name stands in paths, and files are called by it.
var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

// IsName says whether a world can be called so.
func IsName(name string) bool { return nameForm.MatchString(name) }

// Name is the world's name, as in its paths.
func (w *World) Name() string { return w.name }

// Position is how many events the world has.
func (w *World) Position() eventlog.Position { return w.at().Last }

func (w *World) at() eventlog.Head {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.head
}

// setRight carries out a command of the control plane alone: on the clock, the mode, faults, the mutant or checkpoints.
func (w *World) setRight(ctx context.Context, check command) error {
	if err := ctx.Err(); err != nil {
		return givenUp(err)
	}
	return w.queue.submit(ctx, w, &submission{concerns: everybody, check: check, fromControl: true})
}

func givenUp(cause error) error {
	return &problem.Error{Kind: problem.Unavailable, Code: "SIM-REQ-503", Detail: "The request was given up before it began.", Cause: cause}
}

// Journal is the journal of the requests to the world.
func (w *World) Journal() *journal.Journal { return w.journal }

// do carries out a command: it is checked against the state, its events are put into the log and then applied. When do
// returns nil they are durable and seen by every reader. The command concerns the person with this ordinal alone, or
// everybody; it may be checked more than once and must not keep what it did before.
func (w *World) do(ctx context.Context, concerns uint64, check command) error {
	if err := ctx.Err(); err != nil {
		return givenUp(err)
	}
	return w.queue.submit(ctx, w, &submission{concerns: concerns, check: check})
}

// about is a command about a person who was looked up before: the person as the state has it now, who is gone if a
// checkpoint was restored since.
func about(p *Insured, check func(s *State, p *Insured, now time.Time) ([]change, error)) command {
	return func(s *State, now time.Time) ([]change, error) {
		if ordinal, _ := s.find(byID, p.ID); ordinal != p.Ordinal {
			return nil, errPersonGone
		}
		return check(s, s.person(p.Ordinal), now)
	}
}

var errPersonGone = problem.New(problem.NotFound, "SIM-PERSON-404", "The person is no longer in this world: an earlier state of it was restored.")

// command checks itself against the state at the world's time and yields the events that carry it out.
type command func(s *State, now time.Time) ([]change, error)

// everybody marks a command that may concern more than one person.
const everybody uint64 = 0

// nobody marks a command that concerns no person at all, so that it waits for no other.
const nobody uint64 = 1<<64 - 1
