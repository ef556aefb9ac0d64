package lesson

import (
	"context"
	"runtime"
	"weak"

	"onshisim/sim/eventlog"
	"onshisim/sim/journal"
	"onshisim/sim/scenario"
	"onshisim/sim/world"
)

// followed is how far a world was with its exercise when somebody asked last. To follow takes long, and a class is looked at
// whenever something happens in one of its worlds.
type followed struct {
	turn   chan struct{} // holds one; whoever waits for it finds what the one before found
	at     stand
	lesson *Lesson // nil: nobody has asked yet
}

// stand is all that a lesson comes from. It is read before what it stands for, and never comes back once it is another: what
// happens in between makes a lesson too new for its stand, which is followed again, and never too old.
type stand struct {
	scenario *scenario.Scenario
	position eventlog.Position // of the world's state: persons, mode, a clock that was set
	requests journal.Mark
	reached  int // what a clock that runs comes to
}

// lessonOf is the lesson of a world as it is at a moment after the call.
func (f *followed) lessonOf(ctx context.Context, w *world.World, assigned *scenario.Scenario) (*Lesson, error) {
	select {
	case f.turn <- struct{}{}:
		defer func() { <-f.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	requests, err := w.Journal().Mark(ctx)
	if err != nil {
		return nil, err
	}
	now := stand{assigned, w.Position(), requests, assigned.Reached(w.Now())}
	if f.lesson != nil && now == f.at {
		return f.lesson, nil
	}
	l, err := follow(ctx, w, assigned)
	if err != nil {
		return nil, err
	}
	f.at, f.lesson = now, l
	return l, nil
}

// followedIn is what is kept of a world, as long as there is that world: another of its name begins anew.
func (s *Scenarios) followedIn(w *world.World) *followed {
	key := weak.Make(w)
	s.mu.Lock()
	defer s.mu.Unlock()
	f, known := s.followed[key]
	if !known {
		f = &followed{turn: make(chan struct{}, 1)}
		s.followed[key] = f
		runtime.AddCleanup(w, s.forget, key)
	}
	return f
}

// forget forgets a world that is gone.
func (s *Scenarios) forget(key weak.Pointer[world.World]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.followed, key)
}
