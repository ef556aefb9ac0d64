package evidence

import (
	"bytes"
	"slices"
	"time"

	"onshisim/sim/scenario"
)

// readByPeople are the reports that a replay gives again to the byte. report.json, which it reads, and report.xml have places of
// the original files besides.
var readByPeople = []string{"report.csv", "report.html"}

// Forged names the reports for people that say something else than what was played again, though their hashes are right.
// Another program may write the same in other words; then, and if not all was played again, there is nothing to hold
// them against.
func (p *Pack) Forged(program scenario.Program, compared []Comparison) ([]string, error) {
	at, err := time.Parse(time.RFC3339, p.Manifest.At)
	if err != nil || program != p.Manifest.program() || !p.Same(compared) {
		return nil, err
	}
	again := scenario.Report{At: at, Target: p.Manifest.Target, Program: program}
	for _, c := range compared {
		again.Results = append(again.Results, c.now)
	}
	var forged []string
	for _, name := range readByPeople {
		var text bytes.Buffer
		if err := reports[name](&text, again); err != nil {
			return nil, err
		}
		if !bytes.Equal(text.Bytes(), p.files[name]) {
			forged = append(forged, name)
		}
	}
	slices.Sort(forged)
	return forged, nil
}
