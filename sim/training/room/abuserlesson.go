package room

import (
	"context"
	"slices"

	"onshisim/sim/scenario"
)

// playedScene is a scene as it was played.
type playedScene struct {
	Title       string
	Unprotected bool // it begins before the victim is protected
	Looks       []look
	Settings    []setting
}

// setting is a step by which the insurer sets flags, with what they hide in the scene.
type setting struct {
	*moment
	Hidden string
}

// playedHint is a hint with the steps that show it.
type playedHint struct {
	hint
	Steps []*moment
}

// lesson plays all that a problem shows.
func (p *plays) lesson(ctx context.Context, problem *abuserProblem) (scenes []playedScene, hints []playedHint, err error) {
	for _, s := range problem.scenes {
		result, err := p.play(ctx, s.scenario)
		if err != nil {
			return nil, nil, err
		}
		scenes = append(scenes, sceneOf(s, momentsOf(result)))
	}
	for _, h := range problem.Hints {
		var steps []*moment
		if h.scenario != "" {
			result, err := p.play(ctx, h.scenario)
			if err != nil {
				return nil, nil, err
			}
			steps = citing(momentsOf(result), h.rule)
		}
		hints = append(hints, playedHint{h, steps})
	}
	return scenes, hints, nil
}

func sceneOf(s scene, moments []moment) playedScene {
	played := playedScene{Title: s.title, Unprotected: moments[0].Flags.none(), Looks: looks(moments, s.after)}
	for i := range moments {
		m := &moments[i]
		known := slices.ContainsFunc(played.Settings, func(s setting) bool { return s.Flags == m.Flags })
		if !known && !m.Flags.none() {
			played.Settings = append(played.Settings, setting{m, hidden(looks(moments, m.Flags))})
		}
	}
	return played
}

// citing are the steps that show what a rule says.
func citing(moments []moment, rule string) (found []*moment) {
	for i := range moments {
		if slices.Contains(moments[i].Rules, rule) && moments[i].Actor != scenario.Operator {
			found = append(found, &moments[i])
		}
	}
	return found
}
