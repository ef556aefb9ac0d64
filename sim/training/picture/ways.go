package picture

import (
	"cmp"
	_ "embed" // for the ways
	"strings"

	"onshisim/sim/journal"
	"onshisim/sim/scenario"
)

// message is one step of a request's way.
type message struct {
	from, to lifeline
	text     string
	gates    []string // rules whose refusal ends the way here
	decides  lifeline // who decides by page 12 at this step, if anybody does: what is withheld there goes no further
}

// way is how a request goes through the systems. The last message is the answer.
type way []message

// ways are those that have steps of their own. A block is about the operations at its head; a word beside one stands for … in
// the steps. A step is from and to, the gates, who decides, and the text.
//
//go:embed ways.txt
var ways string

// wayNamed is the way of an operation of a system; nil if it has none of its own.
func wayNamed(name string) (w way) {
	for block := range strings.SplitSeq(ways, "\n\n") {
		word, found := "", false
		for line := range strings.Lines(block) {
			fields := strings.Fields(line)
			switch {
			case fields[0] == name:
				word, found = fields[len(fields)-1], true
			case found && !strings.Contains(fields[0], "/"):
				w = append(w, step(fields, word))
			}
		}
	}
	return w
}

func step(fields []string, word string) message {
	m := message{lifeline(fields[0][0]), lifeline(fields[0][1]), strings.Replace(fields[3], "…", word, 1), strings.Split(fields[1], ","), 0}
	if fields[2] != "-" {
		m.decides = lifeline(fields[2][0])
	}
	return m
}

// asked names what a request does.
func asked(r *journal.Record) string {
	if r.Operation == "process-reservation" {
		return "予約した初回登録の処理"
	}
	return cmp.Or(scenario.Label(r.Method, r.Path), r.Operation, r.Method+" "+r.Path)
}

// wayOf is a request's way; that of one without steps of its own leads to its system and back. So does a registration for which
// nothing was decided: it was reserved, or done before.
func wayOf(r *journal.Record) way {
	known := wayNamed(r.System + "/" + r.Operation)
	if known != nil && (r.Operation != "register" || len(r.Decisions) > 0 || r.Status >= 400) {
		return known
	}
	from, to := askers[cmp.Or(r.Actor.Role, r.System)], homes[r.System]
	if from == 0 || to == 0 {
		from, to = 'u', 'e'
	}
	return way{{from, to, asked(r), []string{"P15-1", "P15-3", "P5-5"}, to}, {from: to, to: from, text: "応答"}}
}
