package console

import (
	"onshisim/sim/scenario"
	"onshisim/sim/training/lesson"
	"onshisim/sim/training/page"
)

// states are what became of steps: a sign, a word, and a class for the colour.
var states = map[scenario.State]outcome{
	scenario.Open:       {"・", "まだ", "soft"},
	scenario.Done:       {"✓", "できた", "good"},
	scenario.Different:  {"≠", "結果が違う", "bad"},
	scenario.OutOfOrder: {"⇅", "順番が違う", "part"},
	scenario.Forgotten:  {"!", "忘れている", "bad"},
	scenario.Skipped:    {"–", "省いた", "soft"},
	scenario.NotNeeded:  {"–", "不要", "soft"},
}

// step is a step of an exercise as the pages have it.
type step struct {
	Index      int
	Number     int // from 1
	Title      string
	Task       string
	Trainee    bool
	State      outcome
	At, Saw    string
	Record     uint64
	Mismatches []string
	Rules      []string // with their pages
}

func stepsOf(l *lesson.Lesson) (steps []step) {
	for i := range l.Progress.Steps {
		p := &l.Progress.Steps[i]
		s := step{
			Index: i, Number: i + 1, Title: p.Title, Task: p.Task, Trainee: p.Trainee, State: states[p.State], At: l.At(p), Saw: page.Saw(p.Status, p.Code, p.Saw), Record: p.Record,
		}
		for _, m := range p.Mismatches {
			s.Mismatches = append(s.Mismatches, m.String())
		}
		for _, rule := range p.Rules {
			s.Rules = append(s.Rules, cite(rule))
		}
		steps = append(steps, s)
	}
	return steps
}

// reminder is a step that was forgotten, with what the rules say of it.
type reminder struct {
	Text  string
	Rules []reason
}

func remindersOf(l *lesson.Lesson) (reminders []reminder) {
	for _, f := range l.Progress.Forgotten {
		r := reminder{Text: f.Text}
		for _, rule := range f.Rules {
			r.Rules = append(r.Rules, reason{ruleText(rule), cite(rule)})
		}
		reminders = append(reminders, r)
	}
	return reminders
}

// doneOf is how many of the trainee's steps were done, whatever was seen.
func doneOf(c scenario.Counts) int { return c.Done + c.Different + c.OutOfOrder }
