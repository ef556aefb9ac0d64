package main

import (
	"onshisim/bench/report"
	"onshisim/bench/result"
)

type reportCommand struct {
	Results  string `default:"docs/performance/results.json" help:"The kept results."`
	Document string `default:"docs/performance.md" help:"The document with the marks between which the tables go."`
	Plots    string `default:"docs/performance" help:"The folder for the plots."`
}

// Run makes tables and plots anew.
func (c *reportCommand) Run() error {
	kept, err := result.Read(c.Results)
	if err != nil {
		return err
	}
	return report.Write(kept, c.Document, c.Plots)
}
