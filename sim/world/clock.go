package world

import (
	"context"
	"time"

	"onshisim/sim/disclosure"
	"onshisim/sim/problem"
)

// clock is the one clock of a world: real time until it is set, then moved by command only.
type clock struct {
	fixed time.Time // zero while the clock runs
}

// now is the world's time while the wall shows that; whole seconds, as every instant of the interface.
func (c clock) now(wall time.Time) time.Time {
	if c.fixed.IsZero() {
		return wall.In(JST).Truncate(time.Second)
	}
	return c.fixed
}

// Now is the world's time.
func (w *World) Now() time.Time {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.state.clock.now(w.wall())
}

// Today is the world's day.
func (w *World) Today() disclosure.Date { return dateOf(w.Now()) }

// ClockIsSet says whether the clock was set and so no longer runs by itself.
func (w *World) ClockIsSet() bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return !w.state.clock.fixed.IsZero()
}

// SetClock sets the clock; from then on it stands until it is moved again. Setting it back undoes nothing.
func (w *World) SetClock(ctx context.Context, to time.Time) error {
	return w.do(ctx, everybody, func(*State, time.Time) ([]change, error) {
		if to.Year() < 1900 || to.Year() > 2200 {
			return nil, problem.BadField("body.now", "must lie between 1900 and 2200")
		}
		return []change{&clockSet{Now: to.In(JST).Truncate(time.Second)}}, nil
	})
}

// AdvanceClock moves the clock on; from then on it stands.
func (w *World) AdvanceClock(ctx context.Context, by time.Duration) error {
	if by <= 0 {
		return problem.BadField("body.duration", "must be positive; set the clock to go back")
	}
	return w.do(ctx, everybody, func(_ *State, now time.Time) ([]change, error) {
		return []change{&clockSet{Now: now.Add(by).Truncate(time.Second)}}, nil
	})
}

type clockSet struct {
	Now time.Time `json:"now"`
}

func (e *clockSet) apply(s *State, _ time.Time) { s.clock.fixed = e.Now.In(JST) }
