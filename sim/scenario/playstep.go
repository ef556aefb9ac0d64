package scenario

import (
	"context"
	"net/http"
)

// PlayStep plays one step of a scenario in a world that exists, in which an exercise has come as far as its progress says. What
// steps before it gave is known from the progress; where a session at Mynaportal is missing or has ended, it logs in again.
func PlayStep(ctx context.Context, target Target, name string, s *Scenario, progress Progress, index int) StepResult {
	step := s.Steps[index]
	p := &player{target: target, session: newSession(name, s.World), guest: true}
	if progress.known != nil {
		p.session = progress.known.in(name)
	}
	result := unplayed(step, s.World)
	a, err := p.ask(ctx, "GET", "", nil)
	if err == nil {
		p.session.doc, err = worldIn(a)
	}
	if err != nil {
		result.Verdict, result.Failure = Failed, "世界を読めません: "+err.Error()
		return result
	}
	as, _ := fillText(step.As, p.session.saved)
	portal := step.Act != "logIn" && (step.Actor == Citizen || step.Actor == Proxy)
	if portal && p.session.sessions[as] == "" {
		p.logIn(ctx, step, as)
	}
	result = p.play(ctx, step)
	if portal && result.Answer.Status == http.StatusUnauthorized && result.Verdict == Failed {
		p.logIn(ctx, step, as)
		result = p.play(ctx, step)
	}
	return result
}

// logIn opens a session with a card of the world; whether it could shows in the step that needs it.
func (p *player) logIn(ctx context.Context, step Step, serial string) {
	for _, person := range p.session.doc.Persons {
		for _, card := range person.Cards {
			if card.CardSerial == serial {
				p.play(ctx, Step{Actor: step.Actor, As: serial, Act: "logIn", With: map[string]any{"pin": card.PIN}})
			}
		}
	}
}
