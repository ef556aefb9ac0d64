package evidence

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"strconv"

	"onshisim/sim/scenario"
)

// Comparison is what came of one scenario that was played again.
type Comparison struct {
	Entry      Entry
	Answers    int         // answers that were compared and are the same
	Events     int         // events of which that is so
	Difference *Difference // the first thing that is not the same; nil if all is

	now scenario.Result
}

// Replay plays the scenarios of the pack again, each in a world made anew with its seed and its clock, and compares.
func (p *Pack) Replay(ctx context.Context, target scenario.Target) []Comparison {
	compared := make([]Comparison, 0, len(p.cases))
	for _, r := range p.cases {
		now := scenario.Play(ctx, target, r.scenario)
		if ctx.Err() != nil { // what was cut short proves nothing
			break
		}
		compared = append(compared, r.compare(now))
	}
	return compared
}

// The place of a difference that concerns a scenario as a whole.
const wholeWorld = "世界"

// compare holds a replay against the record: whether it could be played, each answer, the end, each event.
func (r recorded) compare(now scenario.Result) Comparison {
	c := Comparison{Entry: r.entry, now: now}
	if c.Difference = cmp.Or(
		differText(wholeWorld, "failure", r.failure, now.Failure),
		differText(wholeWorld, "seed", strconv.FormatUint(r.entry.Seed, 10), strconv.FormatUint(now.Seed, 10)),
		differText(wholeWorld, "clockAtStart", r.entry.ClockAtStart, now.ClockAtStart),
	); c.Difference != nil {
		return c
	}
	for i, step := range r.steps {
		if c.Difference = differStep(i, step, now.Steps[i]); c.Difference != nil {
			return c
		}
		if step.Answer.Status != 0 {
			c.Answers++
		}
	}
	if c.Difference = cmp.Or(
		differText(wholeWorld, "passed", strconv.FormatBool(r.entry.Passed), strconv.FormatBool(now.Passed())),
		differText(wholeWorld, "clockAtEnd", r.entry.ClockAtEnd, now.ClockAtEnd),
	); c.Difference == nil {
		c.Events, c.Difference = differEvents(r.events, now.Events)
	}
	return c
}

// differStep compares what a step gave: no answer, or its status and its body.
func differStep(i int, recorded, now scenario.StepResult) *Difference {
	place := fmt.Sprintf("手順%d", i+1)
	return cmp.Or(
		differText(place, "failure", recorded.Failure, now.Failure),
		differText(place, "status", status(recorded.Answer), status(now.Answer)),
		differJSON(place, "", body(recorded.Answer), body(now.Answer)),
		differText(place, "verdict", string(recorded.Verdict), string(now.Verdict)),
	)
}

// status is an answer's status as text; empty if there is no answer.
func status(a scenario.Answer) string {
	if a.Status == 0 {
		return ""
	}
	return strconv.Itoa(a.Status)
}

// body is an answer's body; nil if there is no answer.
func body(a scenario.Answer) []byte {
	if a.Status == 0 {
		return nil
	}
	return a.Body
}

// differEvents compares events line by line and counts the lines that are the same.
func differEvents(recorded, now []byte) (same int, first *Difference) {
	a, b := bytes.Split(bytes.TrimSuffix(recorded, []byte("\n")), []byte("\n")), bytes.Split(bytes.TrimSuffix(now, []byte("\n")), []byte("\n"))
	for i := range max(len(a), len(b)) {
		place := fmt.Sprintf("イベント%d", i+1)
		if i >= len(a) || i >= len(b) {
			return same, differText(place, "", lineAt(a, i), lineAt(b, i))
		}
		if d := differJSON(place, "", a[i], b[i]); d != nil {
			return same, d
		}
		if len(a[i]) > 0 {
			same++
		}
	}
	return same, nil
}

func lineAt(lines [][]byte, i int) string {
	if i >= len(lines) {
		return ""
	}
	return string(lines[i])
}
