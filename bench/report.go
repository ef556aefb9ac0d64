package main

import "context"

type reportCommand struct{}

// Run is to come.
func (c *reportCommand) Run(context.Context) error { return nil }
