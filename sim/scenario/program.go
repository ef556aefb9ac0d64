package scenario

import (
	"context"
	"fmt"
	"strings"
)

// Program says which simulator a target is.
type Program struct {
	Version     string
	RuleEdition string // the rules that it answers by, as in guidance.Revision
}

// Program asks the target which simulator it is.
func (t Target) Program(ctx context.Context) (Program, error) {
	a, err := t.send(ctx, "GET", strings.TrimSuffix(t.ControlURL, "/")+"/healthz", t.ControlToken, nil)
	switch {
	case err != nil:
		return Program{}, fmt.Errorf("the control plane does not answer: %w", err)
	case !a.ok():
		return Program{}, fmt.Errorf("the control plane answers /healthz with %s", a.refusal())
	}
	p := Program{Version: a.text("version"), RuleEdition: a.text("ruleEdition")}
	if p.Version == "" || p.RuleEdition == "" {
		return Program{}, fmt.Errorf("the control plane's /healthz does not tell version and ruleEdition: the simulator there is older than this program; start this one there")
	}
	return p, nil
}
