package world

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"onshisim/sim/eventlog"
	"onshisim/sim/problem"
)

// Checkpoint is a named state of the world: a position in its log.
type Checkpoint struct {
	Name     string            `json:"name"`
	Position eventlog.Position `json:"position"`
	Now      time.Time         `json:"now"` // the world's time at that state
}

var checkpointName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// PutCheckpoint names the state as it is now. The name may have stood for another state until then.
func (w *World) PutCheckpoint(ctx context.Context, name string) (put Checkpoint, err error) {
	if !checkpointName.MatchString(name) {
		return Checkpoint{}, problem.BadField("path.name", "must be 1 to 64 letters, digits, dots, underscores, dashes, beginning with a letter or digit")
	}
	err = w.setRight(ctx, func(s *State, now time.Time) ([]change, error) {
		if _, known := s.checkpoints[name]; !known && len(s.checkpoints) >= mostCheckpoints {
			return nil, problem.New(problem.Conflict, "SIM-CHECKPOINT-409", "The world has %d checkpoints, the most that it may have; delete one first.", mostCheckpoints)
		}
		put = Checkpoint{name, w.head.Last, now}
		return []change{&checkpointPut{put}}, nil
	})
	return put, err
}

// Checkpoints are the named states, by name.
func (w *World) Checkpoints() []Checkpoint {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.state.checkpointList()
}

func (s *State) checkpointList() []Checkpoint {
	list := make([]Checkpoint, 0, len(s.checkpoints))
	for _, c := range s.checkpoints {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b Checkpoint) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// Restore makes the world what it was at a checkpoint: persons, sessions, consents, faults, clock and mode, to the last.
// The checkpoints stay, those put later too. What happened since stays on record in the log.
func (w *World) Restore(ctx context.Context, name string) (Checkpoint, error) {
	c, former, err := w.former(name)
	if err != nil {
		return c, err
	}
	err = w.setRight(ctx, func(s *State, _ time.Time) ([]change, error) {
		if now, err := s.checkpoint(name); err != nil {
			return nil, err
		} else if now != c {
			return nil, problem.New(problem.Conflict, "SIM-CHECKPOINT-409", "The checkpoint %q was put anew meanwhile; restore it again.", name)
		}
		return []change{&checkpointRestored{Name: name, Position: c.Position, Checkpoints: s.checkpointList(), former: former}}, nil
	})
	return c, err
}

// former folds the state of a checkpoint, while the world goes on.
func (w *World) former(name string) (c Checkpoint, former *State, err error) {
	w.mu.RLock()
	c, err = w.state.checkpoint(name)
	jumps := w.jumps // what is there is never written again
	w.mu.RUnlock()
	if err != nil {
		return c, nil, err
	}
	former, err = w.stateAt(c.Position, jumps)
	if err != nil {
		return c, nil, cannotRead(err)
	}
	return c, former, nil
}

// DeleteCheckpoint forgets a name.
func (w *World) DeleteCheckpoint(ctx context.Context, name string) error {
	return w.setRight(ctx, func(s *State, _ time.Time) ([]change, error) {
		if _, err := s.checkpoint(name); err != nil {
			return nil, err
		}
		return []change{&checkpointDeleted{name}}, nil
	})
}

func (s *State) checkpoint(name string) (Checkpoint, error) {
	c, known := s.checkpoints[name]
	if !known {
		return c, problem.New(problem.NotFound, "SIM-CHECKPOINT-404", "There is no checkpoint %q in this world; put it first.", name)
	}
	return c, nil
}

type checkpointPut struct{ Checkpoint }

// fits refuses a checkpoint that does not stand before the event which tells of it, as only a log written by hand can hold.
func (c *Checkpoint) fits(position eventlog.Position) error {
	if c.Position < 1 || c.Position >= position {
		return fmt.Errorf("checkpoint %q is at event %d, which does not stand before it", c.Name, c.Position)
	}
	return nil
}

func (e *checkpointPut) apply(s *State, _ time.Time) {
	c := e.Checkpoint
	c.Now = c.Now.In(JST)
	s.checkpoints[c.Name] = c
}

type checkpointDeleted struct {
	Name string `json:"name"`
}

func (e *checkpointDeleted) apply(s *State, _ time.Time) { delete(s.checkpoints, e.Name) }

// checkpointRestored says that the state is from here on what it was after the event at a position, but for the
// checkpoints. Whoever folds the log goes there along its path; see replay.go.
type checkpointRestored struct {
	Name        string            `json:"name"`
	Position    eventlog.Position `json:"position"`
	Checkpoints []Checkpoint      `json:"checkpoints"`

	former *State // the state to go back to; nil where the one at hand is that already
}

func (e *checkpointRestored) fits(position eventlog.Position) error {
	for _, c := range append([]Checkpoint{{Name: e.Name, Position: e.Position}}, e.Checkpoints...) {
		if err := c.fits(position); err != nil {
			return err
		}
	}
	return nil
}

func (e *checkpointRestored) apply(s *State, _ time.Time) {
	if e.former != nil {
		*s = *e.former
	}
	s.checkpoints = map[string]Checkpoint{}
	for _, c := range e.Checkpoints {
		(&checkpointPut{c}).apply(s, c.Now)
	}
}
