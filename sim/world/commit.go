package world

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"onshisim/sim/eventlog"
	"onshisim/sim/problem"
)

// committer puts the commands of writers who wait into the log together (group commit): one writer leads, takes all that
// can go together, appends their events in one go, applies them, and hands on the lead.
type committer struct {
	mu      sync.Mutex
	waiting []*submission
	led     bool
}

// submission is a command that waits for its outcome, or for the lead.
type submission struct {
	concerns uint64
	check    command
	err      error
	wake     chan bool // true: the outcome is there; false: lead on
}

// submit waits until the command has been carried out or refused.
func (c *committer) submit(w *World, concerns uint64, check command) error {
	own := &submission{concerns: concerns, check: check, wake: make(chan bool, 1)}
	c.mu.Lock()
	c.waiting = append(c.waiting, own)
	lead := !c.led
	c.led = true
	c.mu.Unlock()
	if !lead && <-own.wake {
		return own.err
	}
	batch := c.take() // the leader stands first, so its own submission is in it
	w.commit(batch)
	for _, s := range batch {
		if s != own {
			s.wake <- true
		}
	}
	c.handOn()
	return own.err
}

// take removes from the queue what can be checked against the same state: commands that concern different persons, or
// one that concerns everybody alone. What has to wait keeps its order.
func (c *committer) take() (batch []*submission) {
	c.mu.Lock()
	defer c.mu.Unlock()
	concerned := map[uint64]bool{}
	rest := c.waiting[:0:0]
	for i, s := range c.waiting {
		if s.concerns == everybody {
			if i == 0 {
				batch, i = append(batch, s), 1
			}
			rest = append(rest, c.waiting[i:]...)
			break
		}
		if s.concerns != nobody && concerned[s.concerns] {
			rest = append(rest, s)
			continue
		}
		concerned[s.concerns] = true
		batch = append(batch, s)
	}
	c.waiting = rest
	return batch
}

// handOn wakes the first who waits to lead, if anybody does.
func (c *committer) handOn() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.waiting) == 0 {
		c.led = false
		return
	}
	c.waiting[0].wake <- false
}

// commit carries out a batch and leaves each submission its outcome. What is due by the clock goes first, because the
// commands stand on it.
func (w *World) commit(batch []*submission) {
	defer w.breakOnPanic(batch)
	accepted := batch
	err := w.usable()
	if err == nil {
		now := w.Now()
		changes, noted := w.state.due(now)
		if err = w.append(now, changes); err == nil {
			for _, entry := range noted {
				w.journal.Add(entry)
			}
			changes, accepted = w.check(batch, now)
			err = w.append(now, changes)
		}
	}
	for _, s := range accepted {
		s.err = err
	}
}

// usable says why nobody may use the world any more, if so.
func (w *World) usable() error {
	if end := w.end.Load(); end != nil {
		return end
	}
	return nil
}

// breakOnPanic ends a world whose state an event has left half changed: nobody can trust it any more, and
// nobody waits for it in vain.
func (w *World) breakOnPanic(batch []*submission) {
	if cause := recover(); cause != nil {
		end := &problem.Error{
			Kind: problem.Unavailable, Code: "SIM-WORLD-503", Detail: "This world met an error of the program; delete it, or import an earlier export of it.",
			Cause: fmt.Errorf("world %q: %v\n%s", w.name, cause, debug.Stack()),
		}
		w.end.Store(end)
		for _, s := range batch {
			s.err = end
		}
	}
}

// check asks every submission for its events; the refused ones have their error and are not among the accepted.
func (w *World) check(batch []*submission, now time.Time) (changes []change, accepted []*submission) {
	for _, s := range batch {
		more, err := s.decide(w.state, now)
		if err != nil {
			s.err = err
			continue
		}
		changes = append(changes, more...)
		accepted = append(accepted, s)
	}
	return changes, accepted
}

// decide asks the command; one that panics is refused, and has changed nothing.
func (s *submission) decide(state *State, now time.Time) (changes []change, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("a command panicked: %v\n%s", cause, debug.Stack())
		}
	}()
	return s.check(state, now)
}

// append puts changes into the log and then into the state; on an error neither has them.
func (w *World) append(now time.Time, changes []change) error {
	if len(changes) == 0 {
		return nil
	}
	if err := w.room(len(changes)); err != nil {
		return err
	}
	records := make([][]byte, 0, len(changes))
	for i, c := range changes {
		record, err := encode(w.position+eventlog.Position(i)+1, now, c)
		if err != nil {
			return err
		}
		records = append(records, record)
	}
	if err := w.log.Append(context.Background(), w.name, w.position, records); err != nil {
		return cannotStore(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range changes {
		c.apply(w.state, now)
		w.position++
		if restored, back := c.(*checkpointRestored); back {
			w.jumps = append(w.jumps, jump{w.position, restored.Position})
		}
	}
	return nil
}

// cannotStore says that the log did not take the events, so nothing happened.
func cannotStore(err error) error {
	detail := "The event log can't be written now; nothing was changed. Try again."
	if errors.Is(err, eventlog.ErrConflict) {
		detail = "The event log was written to by another process; nothing was changed. Start this one again."
	}
	return &problem.Error{Kind: problem.Unavailable, Code: "SIM-LOG-503", Detail: detail, Cause: err}
}
