package world

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"onshisim/sim/disclosure"
	"onshisim/sim/problem"
)

// clock is the one clock of a world: real time until it is set, then moved by command only.
type clock struct {
	fixed  time.Time // zero while the clock runs
	latest time.Time // of the events while it ran
}

// now is the world's time while the wall shows that; whole seconds, as every instant of the interface. A clock that runs
// never goes back: if the machine's does, or another machine's is ahead, it stands until it is overtaken.
func (c *clock) now(wall time.Time) time.Time {
	if !c.fixed.IsZero() {
		return c.fixed
	}
	if now := wall.In(JST).Truncate(time.Second); now.After(c.latest) {
		return now
	}
	return c.latest
}

// notice keeps the instant of an event.
func (c *clock) notice(at time.Time) {
	if c.fixed.IsZero() && at.After(c.latest) {
		c.latest = at
	}
}

// Ahead is a world whose clock runs, but is ahead of the machine's: it stands at that instant, of its newest event, until it
// is overtaken.
type Ahead struct {
	World string
	At    time.Time
}

// Ahead finds the worlds whose clocks are ahead of the machine's, the furthest first. Of a shared log it knows only those
// that were asked for.
func (r *Registry) Ahead() []Ahead {
	now := r.wall()
	r.mu.RLock()
	worlds := slices.Collect(maps.Values(r.worlds))
	r.mu.RUnlock()
	var ahead []Ahead
	for _, w := range worlds {
		w.mu.RLock()
		c := w.state.clock
		w.mu.RUnlock()
		if c.fixed.IsZero() && c.latest.After(now) {
			ahead = append(ahead, Ahead{w.name, c.latest})
		}
	}
	slices.SortFunc(ahead, func(a, b Ahead) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.World, b.World))
	})
	return ahead
}

// instant is the world's time for who holds its lock. The machine's clock is asked only while the world's runs.
func (w *World) instant() time.Time {
	if c := &w.state.clock; !c.fixed.IsZero() {
		return c.fixed
	}
	return w.state.clock.now(w.wall())
}

// Now is the world's time.
func (w *World) Now() time.Time {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.instant()
}

// Today is the world's day.
func (w *World) Today() disclosure.Date { return today(w.Now()) }

// ClockIsSet says whether the clock was set and so no longer runs by itself.
func (w *World) ClockIsSet() bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return !w.state.clock.fixed.IsZero()
}

// The years that a clock can show.
const (
	firstYear = 1900
	lastYear  = 2200
)

// Showable refuses an instant that no clock of a world can show.
func Showable(field string, at time.Time) error {
	if year := at.In(JST).Year(); year < firstYear || year > lastYear {
		return problem.BadField(field, "must lie in the years %d to %d", firstYear, lastYear)
	}
	return nil
}

// SetClock sets the clock; from then on it stands until it is moved again. Setting it back undoes nothing.
func (w *World) SetClock(ctx context.Context, to time.Time) error {
	return w.moveClock(ctx, "body.now", func(time.Time) time.Time { return to })
}

// AdvanceClock moves the clock on; from then on it stands.
func (w *World) AdvanceClock(ctx context.Context, by time.Duration) error {
	if by <= 0 {
		return problem.BadField("body.duration", "must be positive; set the clock to go back")
	}
	return w.moveClock(ctx, "body.duration", func(now time.Time) time.Time { return now.Add(by) })
}

func (w *World) moveClock(ctx context.Context, field string, to func(now time.Time) time.Time) error {
	return w.setRight(ctx, func(_ *State, now time.Time) ([]change, error) {
		moved := to(now).In(JST).Truncate(time.Second)
		if err := Showable(field, moved); err != nil {
			return nil, err
		}
		return []change{&clockSet{Now: moved}}, nil
	})
}

type clockSet struct {
	Now time.Time `json:"now"`
}

func (e *clockSet) apply(s *State, _ time.Time) { s.clock.fixed = e.Now.In(JST) }
