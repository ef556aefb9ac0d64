package main

import (
	"errors"
	"fmt"
	"strings"

	"onshisim/sim/scenario/evidence"
)

type scenarioReplayCommand struct {
	Pack           string `arg:"" name:"dir" help:"${pack}"`
	scenarioTarget `embed:""`
}

// errDiffers ends the program with a status that says so; what differs has been printed.
var errDiffers = errors.New("the replay is not the same as the evidence")

// Run proves that the simulator gives the answers of the pack again.
func (c *scenarioReplayCommand) Run(t *terminal) error {
	pack, err := evidence.Read(c.Pack)
	if err != nil {
		return fmt.Errorf("scenario replay: %w", err)
	}
	target, err := c.target(t)
	if err != nil {
		return err
	}
	program, err := target.Program(t)
	if err != nil {
		return err
	}
	compared := pack.Replay(t, target)
	if err := pack.WriteText(t.out, program, compared); err != nil {
		return err
	}
	if !pack.Same(compared) {
		return errDiffers
	}
	forged, err := pack.Forged(program, compared)
	if err == nil && len(forged) > 0 {
		err = fmt.Errorf("%s says something else than the replay; %w", strings.Join(forged, ", "), errDiffers)
	}
	return err
}
