package load

import (
	"context"
	"fmt"
	"sync"
	"time"

	"onshisim/client"
	"onshisim/sim/world"
)

// screens open the disaster screens in one area for one hour, and set the mode back to what it was. No search is on its way
// while the mode changes, so that each answer is that of one mode.
type screens struct {
	world  *client.World
	before world.Mode
	area   string

	settled chan struct{}  // closed when they are open, or will not be
	last    chan struct{}  // closed when every search has been handed out
	coming  sync.WaitGroup // searches that were handed out

	mu    sync.RWMutex
	state screensState
	err   error // why they were not opened, or not closed
}

type screensState uint8

const (
	notYetOpen screensState = iota
	openNow
	closedAgain
)

func newScreens(w *client.World, before world.Mode, at *places) *screens {
	return &screens{world: w, before: before, area: at.area, settled: make(chan struct{}), last: make(chan struct{})}
}

// expect says that a visit is handed out, and hadBeen that it was made, or was not handed out after all.
func (s *screens) expect(v *visit) {
	if v.errand == inDisaster {
		s.coming.Add(1)
	}
}

func (s *screens) hadBeen(v *visit) {
	if v.errand == inDisaster {
		s.coming.Done()
	}
}

// nobodyElse says that no further search is handed out.
func (s *screens) nobodyElse() {
	select {
	case <-s.last:
	default:
		close(s.last)
	}
}

// closeAfterAll ends the disaster when its searches have been made.
func (s *screens) closeAfterAll(ctx context.Context) {
	<-s.last
	s.coming.Wait()
	s.close(ctx)
}

// open begins the disaster.
func (s *screens) open(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != notYetOpen {
		return
	}
	defer close(s.settled)
	s.state = openNow // even if it fails: the request may have been carried out
	if _, err := s.world.SetMode(ctx, world.Mode{Mode: world.ModeDisaster, Areas: []string{s.area}}); err != nil {
		s.err = fmt.Errorf("the disaster did not begin: %w", err)
	}
}

const (
	settingBack      = 10 * time.Second
	settingBackTries = 3
)

// close ends the disaster: the mode is what it was. It does so also when the day was broken off.
func (s *screens) close(ctx context.Context) {
	ctx, end := context.WithTimeout(context.WithoutCancel(ctx), settingBack)
	defer end()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state == notYetOpen {
		close(s.settled)
	}
	if s.state == openNow {
		var err error
		for range settingBackTries {
			if _, err = s.world.SetMode(ctx, s.before); err == nil {
				break
			}
		}
		if err != nil {
			s.err = fmt.Errorf("the mode was not set back to %q: %w", s.before.Mode, err)
		}
	}
	s.state = closedAgain
}

// enter lets a search in while the screens are open in the area; whoever was let in leaves.
func (s *screens) enter(ctx context.Context) (leave func(), in bool) {
	ctx, end := context.WithTimeout(ctx, patience)
	defer end()
	select {
	case <-s.settled:
	case <-ctx.Done():
		return nil, false
	}
	return s.while(openNow)
}

// tryClosed lets a search in while the screens are closed to everybody.
func (s *screens) tryClosed() (leave func(), in bool) {
	if s.before.Mode != world.ModeNormal {
		return nil, false
	}
	return s.while(notYetOpen, closedAgain)
}

func (s *screens) while(states ...screensState) (leave func(), in bool) {
	s.mu.RLock()
	for _, state := range states {
		if s.state == state && s.err == nil {
			return s.mu.RUnlock, true
		}
	}
	s.mu.RUnlock()
	return nil, false
}

// failure is why the disaster was not played, or is not over.
func (s *screens) failure() error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.err
}
