package scenario

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"onshisim/sim/world"
)

// makeWorld makes the world of a play and learns its tokens. Its clock is set from its first events on: an hour that went
// by between two steps, or between two plays, would show in the answers.
func (p *player) makeWorld(ctx context.Context, s *Scenario) error {
	given, err := s.given, error(nil)
	if s.World.Now == "" {
		given, err = p.standing(ctx, given)
	}
	var a *answer
	if err == nil {
		a, err = p.ask(ctx, "PUT", "", []byte(`{"world":`+string(given)+`}`))
	}
	if err != nil {
		return fmt.Errorf("世界を作れません: %w", err)
	}
	p.session.doc, err = worldIn(a)
	return err
}

// standing is a world as written with its clock set to the simulator's own time, which an empty world shows. A clock that
// is set only after the world was made comes too late for its flags, whose history has the instant of their making.
func (p *player) standing(ctx context.Context, given json.RawMessage) (json.RawMessage, error) {
	if _, err := p.ask(ctx, "PUT", "", []byte(`{}`)); err != nil {
		return nil, err
	}
	now, err := p.clock(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.deleteWorld(ctx); err != nil {
		return nil, err
	}
	return pinned(given, 0, now)
}

// clock reads the world's clock.
func (p *player) clock(ctx context.Context) (string, error) {
	a, err := p.ask(ctx, "GET", "/clock", nil)
	if err != nil {
		return "", fmt.Errorf("時計を読めません: %w", err)
	}
	if now := a.text("now"); now != "" {
		return now, nil
	}
	return "", errors.New("時計を読めません: 応答に now がありません")
}

// pinned is a world as written, with this seed and this clock; 0 and the empty text leave what is written.
func pinned(given json.RawMessage, seed uint64, now string) (json.RawMessage, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(given, &fields); err != nil {
		return nil, err
	}
	if seed != 0 {
		fields["seed"] = json.RawMessage(compact(seed))
	}
	if now != "" {
		fields["now"] = json.RawMessage(compact(now))
	}
	return json.RawMessage(compact(fields)), nil
}

// worldIn reads the full world document out of the control plane's answer.
func worldIn(a *answer) (doc world.Document, err error) {
	if err := recode(a.value, &doc); err != nil {
		return doc, fmt.Errorf("作られた世界を読めません: %w", err)
	}
	return doc, nil
}

// record notes what the world came to.
func (p *player) record(ctx context.Context, result *Result) (err error) {
	if result.ClockAtEnd, err = p.clock(ctx); err != nil {
		return err
	}
	a, err := p.ask(ctx, "GET", "/events", nil)
	if err != nil {
		return fmt.Errorf("イベントを書き出せません: %w", err)
	}
	result.Events = a.body
	return nil
}

// deleteWorld deletes the world.
func (p *player) deleteWorld(ctx context.Context) error {
	if _, err := p.ask(ctx, "DELETE", "", nil); err != nil {
		return fmt.Errorf("世界を消せません: %w", err)
	}
	return nil
}

// ask asks the control plane about the world. An answer that is no success is an error.
func (p *player) ask(ctx context.Context, method, path string, content []byte) (*answer, error) {
	address := strings.TrimSuffix(p.target.ControlURL, "/") + "/worlds/" + p.session.world + path
	a, err := p.target.sendFor(ctx, maxEvents, method, address, p.target.ControlToken, content)
	if err != nil {
		return nil, err
	}
	if a = p.named(a); !a.ok() {
		return nil, errors.New(a.refusal())
	}
	return a, nil
}
