package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"onshisim/sim/explain"
)

type explainCommand struct {
	Person string `arg:"" help:"${explainPerson}"`
	JSON   bool   `name:"json" help:"${json}"`
	planeFlags
}

// Run shows the table of page 12 for one person now, each cell with its outcome, its reasons and its rule.
func (c *explainCommand) Run(t *terminal) error {
	disclosed, err := c.world().Disclosure(t, c.Person)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(t.out).Encode(disclosed)
	}
	if name := disclosed.Mutant; name != "" {
		fmt.Fprintf(t.out, t.language.say("注意: この世界はミュータント %s で答えています。事務連絡どおりではありません。\n", "Mind: this world answers by the mutant %s, not by the notice.\n"), name)
	}
	return t.table(t.language.explain(disclosed.Rows))
}

// explain lays rows out as page 12 does: one line for an information, with what becomes of it at either place.
func (l language) explain(rows []explain.DisclosureRow) [][]string {
	lines := [][]string{{
		l.say("規則", "rule"), l.say("情報", "information"), l.say("画面", "seen by"), l.say("保険者", "insurer"),
		l.word(explain.ViewWords, "mynaportal"), l.word(explain.ViewWords, "institution"), l.say("理由", "reasons"),
	}}
	const mynaportal, institution, reasons = 4, 5, 6
	places := map[string]int{"mynaportal": mynaportal, "institution": institution}
	at := map[[5]string]int{}
	for _, row := range rows {
		key := [...]string{row.Rule, row.Information, row.View, row.Item, row.PersonalInsuredNumber}
		line, known := at[key]
		if !known {
			line = len(lines)
			at[key] = line
			lines = append(lines, []string{row.Rule, l.information(row), l.word(explain.ViewWords, row.View), row.InsurerNumber, "", "", ""})
		}
		lines[line][places[row.Place]] = l.word(outcomeWords, row.Outcome)
		if why := l.reasons(row); why != "" {
			lines[line][reasons] = why
		}
	}
	return lines
}

func (l language) information(row explain.DisclosureRow) string {
	information := l.word(explain.InformationWords, row.Information)
	if row.Item != "" {
		information += "(" + l.word(explain.InformationWords, row.Item) + ")"
	}
	return information
}

func (l language) reasons(row explain.DisclosureRow) string {
	var reasons []string
	for _, r := range row.Reasons {
		reasons = append(reasons, r.Rule+" "+l.word(explain.FlagWords, r.Flag)+" @"+r.InsurerNumber)
	}
	return strings.Join(reasons, ", ")
}
