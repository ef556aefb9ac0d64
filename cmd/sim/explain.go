package main

import (
	"encoding/json"
	"strings"

	"onshisim/client"
)

type explainCommand struct {
	Person string `arg:"" help:"${explainPerson}"`
	JSON   bool   `name:"json" help:"${json}"`
	planeFlags
}

// Run shows the table of page 12 for one person now, each cell with its outcome, its reasons and its rule.
func (c *explainCommand) Run(t *terminal) error {
	rows, err := c.world().Disclosure(t, c.Person)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(t.out).Encode(rows)
	}
	lines := [][]string{t.language.explainHeads()}
	for _, row := range rows {
		lines = append(lines, t.language.explain(row))
	}
	return t.table(lines)
}

func (l language) explainHeads() []string {
	return []string{
		l.say("規則", "rule"), l.say("情報", "information"), l.say("画面", "seen by"), l.say("場所", "place"),
		l.say("保険者", "insurer"), l.say("判定", "outcome"), l.say("理由", "reasons"),
	}
}

// explain puts one row into words.
func (l language) explain(row client.Row) []string {
	information := l.word(informationWords, row.Information)
	if row.Item != "" {
		information += "(" + l.word(informationWords, row.Item) + ")"
	}
	view := l.word(viewWords, row.View)
	if row.View == "both" { // Mynaportal and institutions alike
		view = ""
	}
	var reasons []string
	for _, r := range row.Reasons {
		reasons = append(reasons, r.Rule+" "+l.word(flagWords, r.Flag)+" @"+r.InsurerNumber)
	}
	return []string{
		row.Rule, information, view, l.word(viewWords, row.Place), row.InsurerNumber, l.word(outcomeWords, row.Outcome), strings.Join(reasons, ", "),
	}
}
