package room

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"sync"
	"time"

	"onshisim/sim/scenario"
)

// longestPlay bounds how long the play of one scenario may take.
const longestPlay = 20 * time.Second

// plays are what the shipped scenarios came to. The same scenario comes to the same each time, so that each is played once.
type plays struct {
	scenarios fs.FS
	target    scenario.Target
	turn      chan struct{} // holds a place for who plays
	played    sync.Map      // name → scenario.Result
}

func newPlays(scenarios fs.FS, target scenario.Target) *plays {
	return &plays{scenarios: scenarios, target: target, turn: make(chan struct{}, 1)}
}

// play is what a scenario came to. A reader who leaves does not cut the play: others wait for it, and its world has to go.
func (p *plays) play(ctx context.Context, name string) (result scenario.Result, err error) {
	if known, ok := p.played.Load(name); ok {
		return known.(scenario.Result), nil
	}
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return result, ctx.Err()
	}
	if known, ok := p.played.Load(name); ok {
		return known.(scenario.Result), nil
	}
	s, err := scenario.Load(p.scenarios, name)
	if err != nil {
		return result, err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), longestPlay)
	defer cancel()
	if result = scenario.Play(ctx, p.target, s); !result.Passed() {
		return result, failureOf(result)
	}
	result.Events = nil // nobody reads them, and they are long
	p.played.Store(name, result)
	return result, nil
}

// failureOf is why a scenario was not played to its end.
func failureOf(result scenario.Result) error {
	at := slices.IndexFunc(result.Steps, func(step scenario.StepResult) bool { return step.Verdict != scenario.Passed })
	if result.Failure != "" || at < 0 {
		return fmt.Errorf("%s was not played: %s", result.Scenario.Name, result.Failure)
	}
	step := result.Steps[at]
	return fmt.Errorf("%s: step %d failed: %s %v", result.Scenario.Name, at+1, step.Failure, step.Mismatches)
}
