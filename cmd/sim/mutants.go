package main

import (
	"encoding/json"

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
	rows := [][]string{{t.language.say("名前", "name"), t.language.say("規則", "rule"), t.language.say("代わりにすること", "what it does instead")}}
	for _, m := range all {
		rows = append(rows, []string{m.Name, m.Rule, t.language.say(m.Japanese, m.English)})
	}
	return t.table(rows)
}
