package scenario

import (
	"encoding/json"
	"fmt"
)

// Verdict is what became of a step.
type Verdict string

// The verdicts.
const (
	Passed    Verdict = "passed"
	Failed    Verdict = "failed"
	NotPlayed Verdict = "notPlayed" // a step before it failed
)

// Result is a scenario as it was played.
type Result struct {
	Scenario *Scenario
	Steps    []StepResult // one for each step of the scenario
	Failure  string       // why it could not be played as a whole; empty if it could

	// What the same play needs and what it came to; all empty if the world could not be made.
	Seed         uint64 // of the world, drawn by the simulator if the scenario gives none
	ClockAtStart string // the instant at which the world's clock stood before the first step
	ClockAtEnd   string // and after the last one
	Events       []byte // the world's events, exported at the end (JSON Lines)
}

// Passed says whether everything was as the scenario has it.
func (r Result) Passed() bool {
	if r.Failure != "" {
		return false
	}
	for _, step := range r.Steps {
		if step.Verdict != Passed {
			return false
		}
	}
	return true
}

// StepResult is a step as it was played.
type StepResult struct {
	Verdict    Verdict    `json:"verdict"`
	Who        string     `json:"who"` // 誰が
	Act        string     `json:"act"` // the act's Japanese name
	Saw        string     `json:"saw"` // 見えたもの, in one line
	Request    Request    `json:"request"`
	Answer     Answer     `json:"answer"`
	Mismatches []Mismatch `json:"mismatches"`
	Failure    string     `json:"failure"` // why there is no answer; empty if there is
}

// Request is what was sent.
type Request struct {
	Method string          `json:"method"`
	Path   string          `json:"path"` // within the world
	Body   json.RawMessage `json:"body"`
}

// Answer is what came back.
type Answer struct {
	Status int             `json:"status"`
	Body   json.RawMessage `json:"body"` // a string if it was no JSON
}

// Mismatch is one thing that was seen and ought not to be, or not seen and ought to be.
type Mismatch struct {
	Path     string `json:"path"`
	Expected string `json:"expected"`
	Got      string `json:"got"`
}

// String gives the mismatch in one line.
func (m Mismatch) String() string {
	return fmt.Sprintf("%s: 期待 %s / 実際 %s", m.Path, m.Expected, m.Got)
}
