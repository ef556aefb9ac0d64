package scenario

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"onshisim/sim/world"
)

// cleanUpTime is how long the deletion of a world may take, also when the scenario was cancelled.
const cleanUpTime = 10 * time.Second

// Play plays a scenario in a world of its own, which is deleted at the end. It stops at the first step that fails.
func Play(ctx context.Context, target Target, s *Scenario) Result {
	result := Result{Scenario: s, Steps: make([]StepResult, len(s.Steps))}
	for i, step := range s.Steps {
		result.Steps[i] = unplayed(step, s.World)
	}
	name := "scenario-" + strings.ToLower(rand.Text()[:12])
	p := &player{target: target, session: newSession(name, world.Document{})}
	defer func() {
		cleanUp, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanUpTime)
		defer cancel()
		if err := p.deleteWorld(cleanUp); err != nil && result.Failure == "" {
			result.Failure = err.Error()
		}
	}()
	if err := p.makeWorld(ctx, s.given); err != nil {
		result.Failure = err.Error()
		return result
	}
	for i, step := range s.Steps {
		if result.Steps[i] = p.play(ctx, step); result.Steps[i].Verdict != Passed {
			break
		}
	}
	return result
}

// player plays the steps of one scenario.
type player struct {
	target  Target
	session *session
}

// worldURL is the world at the control plane.
func (p *player) worldURL() string {
	return strings.TrimSuffix(p.target.ControlURL, "/") + "/worlds/" + p.session.world
}

// makeWorld makes the world and learns its tokens.
func (p *player) makeWorld(ctx context.Context, given json.RawMessage) error {
	a, err := p.target.send(ctx, "PUT", p.worldURL(), p.target.ControlToken, []byte(`{"world":`+string(given)+`}`))
	switch {
	case err != nil:
		return fmt.Errorf("世界を作れません: %w", err)
	case !a.ok():
		return fmt.Errorf("世界を作れません: %s", a.refusal())
	}
	p.session.doc, err = worldIn(a)
	return err
}

// worldIn reads the full world document out of the control plane's answer.
func worldIn(a *answer) (doc world.Document, err error) {
	if err := recode(a.value, &doc); err != nil {
		return doc, fmt.Errorf("作られた世界を読めません: %w", err)
	}
	return doc, nil
}

// deleteWorld deletes the world.
func (p *player) deleteWorld(ctx context.Context) error {
	a, err := p.target.send(ctx, "DELETE", p.worldURL(), p.target.ControlToken, nil)
	switch {
	case err != nil:
		return fmt.Errorf("世界を消せません: %w", err)
	case !a.ok():
		return fmt.Errorf("世界を消せません: %s", a.refusal())
	}
	return nil
}
