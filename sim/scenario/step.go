package scenario

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"onshisim/sim/world"
)

// unplayed is the result of a step before it is played.
func unplayed(step Step, doc world.Document) StepResult {
	result := StepResult{Verdict: NotPlayed, Who: whoDoes(step, doc)}
	if a, ok := findAct(step.Actor, step.Act); ok {
		result.Act = a.label
	}
	return result
}

// play plays one step.
func (p *player) play(ctx context.Context, step Step) StepResult {
	result := unplayed(step, p.session.doc)
	result.Verdict = Failed
	sees, hides, c, err := p.prepare(&step)
	if err != nil {
		result.Failure = err.Error()
		return result
	}
	result.Who = whoDoes(step, p.session.doc)
	result.Request = Request{Method: c.act.method, Path: strings.Replace(c.address(), "/worlds/"+p.session.world, "", 1), Body: c.content()}
	a, err := p.target.send(ctx, c.act.method, p.base(c)+c.address(), c.token, c.content())
	if err != nil {
		result.Failure = "応答がありません: " + err.Error()
		return result
	}
	a = p.named(a)
	result.Answer = Answer{Status: a.status, Body: bodyOf(a)}
	result.Saw = saw(a)
	if c.act.after != nil {
		c.act.after(p.session, c, a)
	}
	result.Mismatches = compare(a, sees, hides)
	result.Mismatches = append(result.Mismatches, p.session.save(a, step.Save)...)
	if len(result.Mismatches) == 0 {
		result.Verdict = Passed
	}
	return result
}

// prepare fills in the saved values and makes the call of a step.
func (p *player) prepare(step *Step) (sees map[string]any, hides []string, c *call, err error) {
	if step.As, err = fillText(step.As, p.session.saved); err != nil {
		return nil, nil, nil, err
	}
	filled, err := fill(map[string]any{"with": step.With, "sees": step.Sees}, p.session.saved)
	if err != nil {
		return nil, nil, nil, err
	}
	for _, text := range step.Hides {
		if text, err = fillText(text, p.session.saved); err != nil {
			return nil, nil, nil, err
		}
		hides = append(hides, text)
	}
	a, ok := findAct(step.Actor, step.Act)
	if !ok {
		return nil, nil, nil, fmt.Errorf("%s に %s という操作はありません", step.Actor, step.Act)
	}
	parts := filled.(map[string]any)
	c = newCall(a, *step, parts["with"].(map[string]any))
	c.path["world"] = p.session.world
	if c.token, err = p.session.tokenFor(*step); err != nil {
		return nil, nil, nil, err
	}
	if a.control() {
		c.token = p.target.ControlToken
	}
	if a.before != nil {
		err = a.before(p.session, c)
	}
	return parts["sees"].(map[string]any), hides, c, err
}

// base is the URL that a call's path continues.
func (p *player) base(c *call) string {
	if c.act.control() {
		return strings.TrimSuffix(p.target.ControlURL, "/")
	}
	return strings.TrimSuffix(p.target.PublicURL, "/") + "/w/" + url.PathEscape(p.session.world)
}

// bodyOf gives an answer's body for the reports, as a string if it is no JSON.
func bodyOf(a *answer) json.RawMessage {
	if json.Valid(a.body) {
		return a.body
	}
	return json.RawMessage(compact(string(a.body)))
}
