package main

import (
	"context"

	"onshisim/bench/result"
)

func (c *runCommand) peers(context.Context, *result.Results) error { return leftOut("to come") }
