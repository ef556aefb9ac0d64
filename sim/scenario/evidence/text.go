package evidence

import (
	"bufio"
	"fmt"
	"io"

	"onshisim/sim/scenario"
)

// Same says whether every scenario gave what it had given.
func (p *Pack) Same(compared []Comparison) bool {
	for _, c := range compared {
		if c.Difference != nil {
			return false
		}
	}
	return len(compared) == len(p.cases)
}

// WriteText writes for each scenario whether it is the same, and if not the first thing that is not. Another program or
// other rules than the pack's are no difference, but the reader is told.
func (p *Pack) WriteText(w io.Writer, program scenario.Program, compared []Comparison) error {
	out := bufio.NewWriter(w)
	m := p.Manifest
	fmt.Fprintf(out, "記録: %s に実施、対象 %s、版 %s、規則 %s\n", m.At, m.Target, m.Version, m.RuleEdition)
	fmt.Fprintf(out, "manifest.json のSHA-256: %s\n", p.sha256)
	warn(out, "プログラムの版", m.program().Version, program.Version)
	warn(out, "規則の版", m.program().RuleEdition, program.RuleEdition)
	fmt.Fprintln(out)
	same, answers, events := 0, 0, 0
	for _, c := range compared {
		answers, events = answers+c.Answers, events+c.Events
		if d := c.Difference; d != nil {
			fmt.Fprintf(out, "✗ 違う  %s  (%s)\n    %s %s\n      記録: %s\n      今回: %s\n", c.Entry.Title, c.Entry.Name, d.Place, d.Path, d.Recorded, d.Now)
			continue
		}
		same++
		fmt.Fprintf(out, "✓ 同じ  %s  (%s)  応答 %d件、イベント %d件\n", c.Entry.Title, c.Entry.Name, c.Answers, c.Events)
	}
	fmt.Fprintf(out, "\nシナリオ %d件: 同じ %d、違う %d。比べて同じだった応答 %d件、イベント %d件。\n", len(p.cases), same, len(compared)-same, answers, events)
	if missing := len(p.cases) - len(compared); missing > 0 {
		fmt.Fprintf(out, "中断したため、%d件は比べていません。\n", missing)
	}
	if program != m.program() {
		fmt.Fprintln(out, "版が違うため、報告書(CSV、HTML)は作り直して比べていません。")
	}
	return out.Flush()
}

// warn says that the pack was made with something else.
func warn(w io.Writer, what, recorded, now string) {
	if recorded != now {
		fmt.Fprintf(w, "注意: %sが記録と違います。記録 %s、今回 %s\n", what, recorded, now)
	}
}
