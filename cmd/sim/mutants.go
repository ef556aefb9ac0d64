package main

import (
	"encoding/json"
	"fmt"

	"onshisim/sim/columns"
	"onshisim/sim/mutant"
)

type mutantsCommand struct {
	JSON bool `help:"${json}"`
}

// Run lists the wrong policies that a world can answer by; no simulator needs to run.
func (c *mutantsCommand) Run(t *terminal) error {
	all := mutant.All()
	if c.JSON {
		encoder := json.NewEncoder(t.out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(all)
	}
	rows := [][3]string{{t.language.say("名前", "name"), t.language.say("規則", "rule"), t.language.say("代わりにすること", "what it does instead")}}
	for _, m := range all {
		rows = append(rows, [3]string{m.Name, m.Rule, t.language.say(m.Japanese, m.English)})
	}
	return t.table(rows)
}

// table prints rows whose first two columns are as wide as what is in them.
func (t *terminal) table(rows [][3]string) error {
	var widths [2]int
	for _, row := range rows {
		for i := range widths {
			widths[i] = max(widths[i], columns.Width(row[i]))
		}
	}
	for _, row := range rows {
		if _, err := fmt.Fprintf(t.out, "%s  %s  %s\n", columns.Pad(row[0], widths[0]), columns.Pad(row[1], widths[1]), row[2]); err != nil {
			return err
		}
	}
	return nil
}
