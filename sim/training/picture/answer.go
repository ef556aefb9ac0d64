package picture

import (
	"fmt"
	"slices"
	"strings"

	"onshisim/sim/journal"
)

// answer draws the last message, which comes in any case.
func (on *scene) answer(m *message, r *journal.Record, s stop) {
	with := outcomeOf(r, s)
	on.arrow("answer", m, m.text+" "+with)
	on.Steps = append(on.Steps, told(m)+" "+with)
}

// outcomeOf says what was answered.
func outcomeOf(r *journal.Record, s stop) string {
	words := map[string]string{"completed": "完了", "failed": "エラー", "reserved": "予約済み"}
	body, _ := r.Answer.(map[string]any)
	status, _ := body["status"].(string)
	done := r.Operation == "register" && status == "completed" && len(r.Decisions) == 0
	switch {
	case done:
		return answered(r) + " 登録済み"
	case r.Operation == "process-reservation" && s.reason != "":
		return words["failed"]
	case r.Operation == "process-reservation":
		return words["completed"]
	case r.System == "mynaportal" && words[status] != "":
		return answered(r) + " " + words[status]
	case s.reason == "" && r.Fault != "":
		return answered(r) + " 障害 " + r.Fault
	case s.reason == "" || r.Status >= 400:
		return answered(r)
	case r.System == "mynaportal":
		return answered(r) + " データのない人と同じ応答"
	}
	return answered(r) + " データのない人と同じ応答(QA-3)"
}

// decision is one decision in words, with its reasons.
type decision struct {
	Words   string
	Reasons []reason
}

// decided says one decision: whom and what it is about, what became of it and why.
func decided(r *journal.Record, d *journal.RecordDecision, names Names) (said decision) {
	o := outcomes[d.Outcome]
	if d.Outcome == "refused" {
		return decision{Words: strings.TrimSpace(d.Person + " " + o.Sign + " " + cite(d.Rule) + " " + missing(r, d.Rule))}
	}
	words := []string{d.Person, names.of(d.InsurerNumber), seenAs(d.Information, d.Item, d.View), o.Sign, o.Words}
	said.Words = strings.Join(slices.DeleteFunc(words, func(word string) bool { return word == "" }), " ")
	for _, why := range d.Reasons {
		said.Reasons = append(said.Reasons, because(why, names.of(why.InsurerNumber)))
	}
	return said
}

// notes lists what was decided, at the lifeline where it was.
func (on *scene) notes(x int) {
	var lines []string
	for i, said := range on.Decisions {
		if i == mostNotes {
			lines = append(lines, fmt.Sprintf("ほか%d件", len(on.Decisions)-mostNotes))
			break
		}
		lines = append(lines, said.Words)
		for _, why := range said.Reasons {
			lines = append(lines, "  ← "+why.String())
		}
	}
	d, width := &on.Drawing, 0
	for i := range lines {
		lines[i] = fitting(lines[i], d.Width-32)
		width = max(width, wide(lines[i])+20)
	}
	left := max(6, min(x-width/2, d.Width-6-width))
	d.rect("note", left, on.y, width, noteHeight*len(lines)+8)
	for i, text := range lines {
		d.text("noteWord", "start", left+10, on.y+noteHeight*(i+1)-2, text)
	}
	on.y += noteHeight*len(lines) + 16
}
