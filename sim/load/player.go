package load

import (
	"context"
	"fmt"
	"sync"
	"time"

	"onshisim/sim/world"
)

// player plays one day.
type player struct {
	Config
	book    *book
	places  *places
	crowd   *crowd
	tally   *tally
	screens *screens
	prefix  string // of the world's paths

	mu   sync.Mutex
	busy map[string]bool // institutions with candidates whom they are asking for consent
}

// dueVisit is a visit with the instant at which it has to begin.
type dueVisit struct {
	visit
	due time.Time
}

// play has every visit begin at its time, whatever became of those before it, so that a slow answer delays nobody but is
// measured by all who had to wait for it.
func (p *player) play(ctx context.Context) (*Report, error) {
	if p.World.Name != "default" {
		p.prefix = "/w/" + p.World.Name
	}
	p.busy = map[string]bool{}
	mutant, err := p.World.Mutant(ctx)
	if err != nil {
		return nil, err
	}
	begun := p.Now()
	visits := make(chan dueVisit)
	var visitors, beside sync.WaitGroup
	for range p.Connections {
		visitors.Go(func() {
			for v := range visits {
				p.make(ctx, &v.visit, v.due)
				p.screens.hadBeen(&v.visit)
			}
		})
	}
	over, end := context.WithCancel(ctx)
	beside.Go(func() { p.disaster(over, begun) })
	beside.Go(func() { p.watch(over, begun) })
	reached := p.dispatch(ctx, begun, visits)
	p.screens.nobodyElse()
	close(visits)
	visitors.Wait()
	end()
	beside.Wait()
	p.screens.close(ctx)
	r, err := p.report(begun, reached, mutant)
	r.Whole = ctx.Err() == nil
	return r, err
}

// scaled is how long after the day's begin, in real time, a time of the played day comes.
func (p *player) scaled(at time.Duration) time.Duration {
	return time.Duration(float64(at) * float64(p.Duration) / float64(hours*time.Hour))
}

// timeAt is the time of the played day now.
func (p *player) timeAt(begun time.Time) time.Duration {
	return time.Duration(float64(p.Now().Sub(begun)) / float64(p.Duration) * float64(hours*time.Hour))
}

// dispatch hands each visit out at its time, or as soon after it as one of the connections is free, and says which time of
// the day was reached.
func (p *player) dispatch(ctx context.Context, begun time.Time, visits chan<- dueVisit) (reached time.Duration) {
	late, end := context.WithTimeout(ctx, p.Duration+overtime)
	defer end()
	units := p.Scale * float64(p.book.nation.Institutions()) / institutionsPerLine
	for v := range plan(p.Seed, units) {
		due := begun.Add(p.scaled(v.at))
		if late.Err() == nil {
			pause(late, due.Sub(p.Now()))
		}
		if v.at >= (disasterHour+1)*time.Hour {
			p.screens.nobodyElse()
		}
		p.screens.expect(&v)
		select {
		case visits <- dueVisit{v, due}:
		case <-late.Done():
			p.screens.hadBeen(&v)
			if ctx.Err() != nil {
				return v.at
			}
			p.tally.leftOut()
		}
	}
	pause(ctx, begun.Add(p.Duration).Sub(p.Now())) // the day is over at its end, not after its last visit
	return min(max(p.timeAt(begun), 0), hours*time.Hour)
}

// pause waits, at most until the context is done.
func pause(ctx context.Context, wait time.Duration) {
	if wait <= 0 {
		return
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// disaster opens the screens for the disaster's hour, and longer if the hour's searches are late.
func (p *player) disaster(ctx context.Context, begun time.Time) {
	pause(ctx, begun.Add(p.scaled(disasterHour*time.Hour)).Sub(p.Now()))
	if ctx.Err() == nil {
		p.screens.open(ctx)
		p.screens.closeAfterAll(ctx)
	}
}

// watch tells how far the day is.
func (p *player) watch(ctx context.Context, begun time.Time) {
	if p.Watch == nil {
		return
	}
	for ctx.Err() == nil {
		now := p.tally.progress()
		now.Time = min(p.timeAt(begun), hours*time.Hour)
		now.Share = float64(now.Time) / float64(hours*time.Hour)
		p.Watch(now)
		pause(ctx, max(p.Every, time.Millisecond))
	}
}

func (p *player) report(begun time.Time, reached time.Duration, mutant string) (*Report, error) {
	r := &Report{
		World: p.World.Name, Mutant: mutant, Population: p.book.nation.Spec(), Scale: p.Scale, Seed: p.Seed, Connections: p.Connections,
		At: world.Instant(begun), TookSeconds: p.Now().Sub(begun).Seconds(), Ended: clockTime(reached),
		Institutions: len(p.places.inside) + len(p.places.outside), Area: p.places.area, ChangedPersons: p.book.changedPersons(),
	}
	if err := p.screens.failure(); err != nil {
		r.Disaster = err.Error()
	}
	return r, p.tally.report(r)
}

// clockTime is a time of the day as on a clock.
func clockTime(at time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(at.Hours()), int(at.Minutes())%60)
}

// claim has an institution ask one person for consent at a time: a later consent replaces an earlier one.
func (p *player) claim(at place, index int) (release func(), claimed bool) {
	key := fmt.Sprint(at.code, " ", index)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.busy[key] {
		return nil, false
	}
	p.busy[key] = true
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.busy, key)
	}, true
}
