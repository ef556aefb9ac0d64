package scenario

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"onshisim/sim/world"
)

// endTime is how long the end of a play may take, its world's export and deletion, also when the scenario was cancelled.
const endTime = 10 * time.Second

// Play plays a scenario in a world of its own, which is deleted at the end. It stops at the first step that fails. The
// world's clock stands, so that the same world and the same steps give the same answers.
func Play(ctx context.Context, target Target, s *Scenario) (result Result) {
	result = Result{Scenario: s, Steps: make([]StepResult, len(s.Steps))}
	for i, step := range s.Steps {
		result.Steps[i] = unplayed(step, s.World)
	}
	name := "scenario-" + strings.ToLower(rand.Text()[:12])
	p := &player{target: target, session: newSession(name, world.Document{})}
	err := p.makeWorld(ctx, s)
	if err == nil {
		result.Seed, result.ClockAtStart = p.session.doc.Seed, p.session.doc.Now
		p.playSteps(ctx, &result)
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTime)
	defer cancel()
	if err == nil {
		err = p.record(ending, &result)
	}
	if gone := p.deleteWorld(ending); err == nil {
		err = gone
	}
	if err != nil {
		result.Failure = err.Error()
	}
	return result
}

// player plays the steps of one scenario.
type player struct {
	target  Target
	session *session
	guest   bool // the world is not its own, and has a name that means something
}

// named is an answer as it is told: the name of the player's own world, another one each time, stands nowhere in it.
func (p *player) named(a *answer) *answer {
	if p.guest {
		return a
	}
	return a.without(p.session.world)
}

// playSteps plays step by step to the first that fails.
func (p *player) playSteps(ctx context.Context, result *Result) {
	for i, step := range result.Scenario.Steps {
		if result.Steps[i] = p.play(ctx, step); result.Steps[i].Verdict != Passed {
			return
		}
	}
}
