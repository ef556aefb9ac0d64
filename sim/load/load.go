// Package load plays a realistic day against a running simulator that holds a nation: institutions in the morning,
// pharmacies after them, batches at night, Mynaportal in the evening, and one disaster. It holds every answer against what
// the rule core says of the person, from the nation's own computation and without the simulator's code for answers, so that
// it notices their mistakes. A wrong answer counts more than a slow one.
package load

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"onshisim/client"
	"onshisim/sim/population"
)

// Config says what is played, and against what.
type Config struct {
	PublicURL string       // of the national systems, without a slash at the end
	HTTP      *http.Client // for them; it follows no redirect
	World     *client.World

	Scale       float64       // share of the day of the nation's 200,000 institutions, above 0, at most 1
	Duration    time.Duration // how long the day takes
	Connections int           // most requests on the way at the same time
	Seed        uint64        // of whom and when: the same seed is the same day

	Now   func() time.Time
	Watch func(Progress) // hears how far the day is, once every Every; nil: nobody
	Every time.Duration
}

// ErrNoNation is why there is nobody to play with.
var ErrNoNation = errors.New("the world holds no nation")

func (c *Config) check() error {
	switch {
	case c.Scale <= 0 || c.Scale > 1:
		return fmt.Errorf("scale %v: must be above 0 and at most 1, which is the day of all institutions", c.Scale)
	case c.Duration < time.Second || c.Duration > 24*time.Hour:
		return fmt.Errorf("duration %s: must be 1s to 24h", c.Duration)
	case c.Connections < 1 || c.Connections > mostConnections:
		return fmt.Errorf("connections %d: must be 1 to %d", c.Connections, mostConnections)
	}
	return nil
}

const (
	mostConnections = 10_000
	// patience is how long a request may take before it counts as a timeout.
	patience = 10 * time.Second
	// overtime is how long visits that are late are still made after the day's end; what is left then is left out.
	overtime = 30 * time.Second
)

// Play plays the day to its end, or until the context ends it, and reports what came of it.
func Play(ctx context.Context, c Config) (*Report, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	held, err := c.World.Get(ctx)
	if err != nil {
		return nil, err
	}
	if held.Population == nil {
		return nil, fmt.Errorf("%w: world %q; start the simulator with sim serve --population N, or make a world with PUT /worlds/{w} {\"population\": {\"persons\": N}}", ErrNoNation, c.World.Name)
	}
	spec := population.Spec{Seed: held.Population.Seed, Persons: held.Population.Persons}
	if share := held.Population.ProtectedShare; share != nil {
		spec.ProtectedShare = *share
	}
	nation, err := population.New(spec)
	if err != nil {
		return nil, fmt.Errorf("the world's population: %w", err)
	}
	known, err := newBook(ctx, c.World, nation, held.Persons)
	if err != nil {
		return nil, err
	}
	at, err := settle(ctx, &c, nation)
	if err != nil {
		return nil, err
	}
	mode, err := c.World.Mode(ctx)
	if err != nil {
		return nil, err
	}
	p := &player{Config: c, book: known, places: at, crowd: newCrowd(nation), tally: newTally(), screens: newScreens(c.World, mode, at)}
	return p.play(ctx)
}
