package world

import (
	"context"
	"errors"
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
	for !c.lead(w, own) { // what stood before it in the queue goes first
	}
	return own.err
}

// lead commits one batch and says whether the leader's own submission was in it; if so the lead is handed on.
func (c *committer) lead(w *World, own *submission) (done bool) {
	batch := c.take()
	w.commit(batch)
	for _, s := range batch {
		if s == own {
			done = true
			continue
		}
		s.wake <- true
	}
	if done {
		c.handOn()
	}
	return done
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
			if len(batch) == 0 && len(rest) == 0 {
				batch = append(batch, s)
				i++
			}
			rest = append(rest, c.waiting[i:]...)
			break
		}
		if concerned[s.concerns] {
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
	now := w.Now()
	err := w.append(now, w.state.due(now))
	var changes []change
	accepted := batch
	if err == nil {
		changes, accepted = w.check(batch, now)
		err = w.append(now, changes)
	}
	for _, s := range accepted {
		s.err = err
	}
}

// check asks every submission for its events; the refused ones have their error and are not among the accepted.
func (w *World) check(batch []*submission, now time.Time) (changes []change, accepted []*submission) {
	for _, s := range batch {
		more, err := s.check(w.state, now)
		if err != nil {
			s.err = err
			continue
		}
		changes = append(changes, more...)
		accepted = append(accepted, s)
	}
	return changes, accepted
}

// append puts changes into the log and then into the state; on an error neither has them.
func (w *World) append(now time.Time, changes []change) error {
	if len(changes) == 0 {
		return nil
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
	}
	w.position += eventlog.Position(len(changes))
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
