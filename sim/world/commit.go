package world

import (
	"context"
	"errors"
	"fmt"
	"runtime"
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
	last     bool // the world ends with it, and nothing else has to be brought about

	fromControl bool // it sets the world right, and may do so in a full one
	err         error
	wake        chan bool // true: the outcome is there; false: lead on
}

// submit waits until the command has been carried out or refused. What is done for all who wait is done in the context of
// the one who leads, but for its end, which must not end the others.
func (c *committer) submit(ctx context.Context, w *World, own *submission) error {
	c.mu.Lock()
	lead := !c.led
	if c.led = true; !lead {
		own.wake = make(chan bool, 1)
	}
	c.waiting = append(c.waiting, own)
	c.mu.Unlock()
	if !lead && <-own.wake {
		return own.err
	}
	batch := c.take() // the leader stands first, so its own submission is in it
	w.commit(context.WithoutCancel(ctx), batch)
	for _, s := range batch {
		if s != own {
			s.wake <- true
		}
	}
	c.handOn()
	return own.err
}

// take removes from the queue what can be checked against the same state: commands that concern different persons, or
// one that concerns everybody alone. What has to wait keeps its order. Those whom the batch before has just let go, and who
// may come again, are given their turn of the processor: it costs nothing where nobody else would run.
func (c *committer) take() (batch []*submission) {
	runtime.Gosched()
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.waiting) == 1 {
		batch, c.waiting = c.waiting, nil
		return batch
	}
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

// commit carries out a batch and leaves each submission its outcome. If another process was quicker, all are checked
// against what it has done, until one attempt meets the head that it expects.
func (w *World) commit(ctx context.Context, batch []*submission) {
	defer w.breakOnPanic(batch)
	w.folding <- struct{}{}
	defer w.folding.handOn()
	met := w.head
	accepted, err := w.attempt(ctx, batch)
	for errors.Is(err, eventlog.ErrConflict) && w.log.Shared() != nil {
		if behind := w.catchUp(ctx); behind != nil {
			accepted, err = batch, behind
			break
		}
		if w.head == met { // the log contradicts itself: the conflict stands
			break
		}
		met = w.head
		accepted, err = w.attempt(ctx, batch)
	}
	for _, s := range accepted {
		s.err = err
	}
}

// attempt tries to carry out a batch in the state as it is; the error is that of the accepted ones.
func (w *World) attempt(ctx context.Context, batch []*submission) (accepted []*submission, err error) {
	now := w.Now()
	if err := w.Usable(); err != nil {
		return batch, err
	}
	if batch[0].last {
		_, err := batch[0].decide(w.state, now)
		return batch, err
	}
	if err := w.commitDue(ctx, now); err != nil {
		return batch, err
	}
	changes, accepted := w.check(batch, now)
	if err := w.room(len(changes), batch[0].fromControl); err != nil {
		return accepted, err
	}
	return accepted, w.append(ctx, now, changes)
}

// commitDue puts on record what the clock has brought about, because the commands stand on it.
func (w *World) commitDue(ctx context.Context, now time.Time) error {
	changes, noted := w.state.due(now)
	if err := w.append(ctx, now, changes); err != nil {
		return err
	}
	for _, entry := range noted {
		if err := w.journal.Add(ctx, entry); err != nil {
			return err // what was due is done; the commands are not
		}
	}
	return nil
}

// Usable says why nobody may use the world any more, if so.
func (w *World) Usable() error {
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
	if alone := batch[0]; len(batch) == 1 {
		if changes, alone.err = alone.decide(w.state, now); alone.err != nil {
			return nil, nil
		}
		return changes, batch
	}
	for _, s := range batch {
		var more []change
		if more, s.err = s.decide(w.state, now); s.err != nil {
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
func (w *World) append(ctx context.Context, now time.Time, changes []change) error {
	if len(changes) == 0 {
		return nil
	}
	records := make([][]byte, 0, len(changes))
	for i, c := range changes {
		record, err := encode(w.head.Last+eventlog.Position(i)+1, now, c)
		if err != nil {
			return err
		}
		records = append(records, record)
	}
	if err := w.log.Append(ctx, w.name, w.head, records); err != nil {
		return cannotStore(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range changes {
		w.state.take(c, now)
		w.moveOn(c)
	}
	return nil
}

// moveOn notes that the state holds the next event of the log.
func (w *World) moveOn(c change) {
	w.head.Last++
	if restored, back := c.(*checkpointRestored); back {
		w.jumps = append(w.jumps, jump{w.head.Last, restored.Position})
	}
}

// cannotStore says that the log did not take the events, so nothing happened; or that nobody knows.
func cannotStore(err error) error {
	detail := "The event log can't be written now; nothing was changed. Try again."
	switch {
	case errors.Is(err, eventlog.ErrConflict):
		detail = "The event log was written to by another process; nothing was changed. Start this one again."
	case errors.Is(err, eventlog.ErrUnknownOutcome):
		detail = "The event log was lost while it was written to: whether this was done is not known. Look, and try again if it was not."
	}
	return &problem.Error{Kind: problem.Unavailable, Code: "SIM-LOG-503", Detail: detail, Cause: err}
}
