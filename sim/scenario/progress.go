package scenario

import (
	"fmt"
	"strings"
)

// State is what became of a step of an exercise.
type State string

// The states.
const (
	Open       State = "open"       // not yet
	Done       State = "done"       // and what was seen is what the scenario says
	Different  State = "different"  // done, but what was seen is something else
	OutOfOrder State = "outOfOrder" // done, but not where the scenario has it
	Forgotten  State = "forgotten"  // not done, though a later step was: something is missing in the systems
	Skipped    State = "skipped"    // not done, though a later step was: nothing went wrong by it
	NotNeeded  State = "notNeeded"  // the instructor's, and nothing waits for it
)

// Progress is how far an exercise is.
type Progress struct {
	Steps      []StepProgress `json:"steps"` // one for each step of the scenario
	Counts     Counts         `json:"counts"`
	Next       int            `json:"next"`       // index of the first step that is open; -1: none is
	Forgotten  []Reminder     `json:"forgotten"`  // never nil
	Incomplete bool           `json:"incomplete"` // the journal has already dropped entries: what is not done may have been
	Finished   bool           `json:"finished"`   // the trainee did every step

	known *session // what the player would remember had it played the steps that are done
}

// StepProgress is one step in an exercise.
type StepProgress struct {
	State      State      `json:"state"`
	Trainee    bool       `json:"trainee"` // the trainee's; otherwise the instructor's: the clock, the mode, the persons
	Title      string     `json:"title"`   // what happens; it may tell what will be seen
	Task       string     `json:"task"`    // who does what to whom; it never tells what will be seen
	Seat       Input      `json:"seat"`    // whose screens it is done on
	Inputs     []Input    `json:"inputs"`  // what the trainee enters; never nil
	Rules      []string   `json:"rules"`   // the step's own, or else the scenario's
	Record     uint64     `json:"record"`  // number in the journal of the request that did it; 0: none
	Status     int        `json:"status"`  // of the answer; 0: no request did it
	Code       string     `json:"code"`    // of a refusal, SIM-…
	Saw        string     `json:"saw"`     // what was seen, in one line; of a refusal the interface's English
	Mismatches []Mismatch `json:"mismatches"`
}

// Counts says how many of the trainee's steps are in which state.
type Counts struct {
	Steps      int `json:"steps"` // all of them
	Open       int `json:"open"`
	Done       int `json:"done"`
	Different  int `json:"different"`
	OutOfOrder int `json:"outOfOrder"`
	Forgotten  int `json:"forgotten"`
	Skipped    int `json:"skipped"`
}

// Reminder is a step that was forgotten.
type Reminder struct {
	Step  int      `json:"step"` // its index
	Rules []string `json:"rules"`
	Text  string   `json:"text"` // a sentence in Japanese, with the rules
}

// sumUp fills in what follows from the steps.
func (p *Progress) sumUp() {
	p.Next, p.Forgotten = -1, []Reminder{}
	for i, step := range p.Steps {
		if step.State == Open && p.Next < 0 {
			p.Next = i
		}
		if step.State == Forgotten {
			p.Forgotten = append(p.Forgotten, Reminder{i, step.Rules, step.reminder()})
		}
		if step.Trainee {
			p.Counts.add(step.State)
		}
	}
	c := p.Counts
	p.Finished = c.Done+c.Different+c.OutOfOrder == c.Steps
}

func (s StepProgress) reminder() string {
	text := fmt.Sprintf("「%s」をしていません", s.Title)
	if len(s.Rules) > 0 {
		text += "（" + strings.Join(s.Rules, "、") + "）"
	}
	return text + "。"
}

func (c *Counts) add(state State) {
	c.Steps++
	switch state {
	case Open:
		c.Open++
	case Done:
		c.Done++
	case Different:
		c.Different++
	case OutOfOrder:
		c.OutOfOrder++
	case Forgotten:
		c.Forgotten++
	case Skipped:
		c.Skipped++
	}
}
