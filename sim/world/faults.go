package world

import (
	"context"
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"onshisim/sim/eventlog"
	"onshisim/sim/problem"
)

// Fault is a scripted failure: which requests it strikes, and what becomes of their answers.
type Fault struct {
	System      string  `json:"system" enum:"intermediate,mynaportal,jpki,terminal,disaster,oqs" doc:"a national system, or oqs: the XML files of a terminal"`
	Operation   string  `json:"operation" required:"false" maxLength:"64" doc:"operation id in the OpenAPI document without the system, as in read-card, or of oqs the message, as in OQSsiquc01; absent: all"`
	Skip        int     `json:"skip" required:"false" minimum:"0" maximum:"1000000000" doc:"how many matching requests pass first"`
	Count       int     `json:"count" required:"false" minimum:"0" maximum:"1000000000" doc:"how many requests it may strike after those; 0: all"`
	Probability float64 `json:"probability" required:"false" minimum:"0" maximum:"1" doc:"strikes at random, the same each time with the same seed; absent or 0: always"`
	Seed        uint64  `json:"seed" required:"false" doc:"goes with probability, which does not go without"`

	Delay          string `json:"delay" required:"false" maxLength:"20" doc:"how late the answer is, in real time" example:"3s"`
	SlowBody       string `json:"slowBody" required:"false" maxLength:"20" doc:"over how long the body comes, in ten parts" example:"10s"`
	Status         int    `json:"status" required:"false" enum:"0,400,401,403,404,408,409,413,415,422,429,500,502,503,504" doc:"answer with this status instead"`
	DropConnection bool   `json:"dropConnection" required:"false" doc:"drop the connection instead of an answer"`
	Garbage        bool   `json:"garbage" required:"false" doc:"answer with bytes that are no JSON instead"`
	CarriedOut     bool   `json:"carriedOut" required:"false" doc:"the request is carried out all the same, only its answer is lost; goes with status, dropConnection or garbage"`
	File           string `json:"file" required:"false" enum:",partial,locked,processing,swappedEncoding,mislabelledEncoding,error,expired,newer,severalMatches,severalResults" doc:"what becomes of a file of system oqs; with partial and locked, delay is for how long (absent: 1 s)"`
}

// longestFault is the longest that a fault may keep a request.
const longestFault = 10 * time.Minute

// ScriptedFault is a fault in force, with what it has met.
type ScriptedFault struct {
	ID string `json:"id"`
	Fault
	Seen   uint64 `json:"seen" doc:"matching requests since it was scripted or restored"`
	Struck uint64 `json:"struck" doc:"how many of them it struck"`
}

// fault is a scripted fault as the state keeps it; it counts what it meets, which is no part of the world's state.
type fault struct {
	Fault
	id           string
	delay, slow  time.Duration
	seen, struck atomic.Uint64
}

// Strike is what a request meets.
type Strike struct {
	Fault
	ID              string
	Delay, SlowBody time.Duration
	Nth             uint64 // counts the strikes of the fault, from 1
}

// ScriptFault puts a fault in force behind those that are.
func (w *World) ScriptFault(ctx context.Context, f Fault) (ScriptedFault, error) {
	if err := f.check(); err != nil {
		return ScriptedFault{}, err
	}
	var id string
	err := w.setRight(ctx, func(s *State, _ time.Time) ([]change, error) {
		if len(s.faults) >= mostFaults {
			return nil, problem.New(problem.Conflict, "SIM-FAULT-409", "The world has %d faults, the most that it may have; clear them with DELETE first.", mostFaults)
		}
		id = "fault-" + strconv.Itoa(s.faultsScripted+1)
		return []change{&faultScripted{id, f}}, nil
	})
	return ScriptedFault{ID: id, Fault: f}, err
}

// ClearFaults takes all faults out of force.
func (w *World) ClearFaults(ctx context.Context) error {
	return w.setRight(ctx, func(s *State, _ time.Time) ([]change, error) {
		if len(s.faults) == 0 {
			return nil, nil
		}
		return []change{&faultsCleared{}}, nil
	})
}

// Faults are those in force, in the order in which they were scripted.
func (w *World) Faults(ctx context.Context) ([]ScriptedFault, error) {
	inForce, tally := w.faults()
	faults := make([]ScriptedFault, 0, len(inForce))
	if len(inForce) == 0 {
		return faults, nil
	}
	counted, err := tally.counted(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range inForce {
		seen, struck := counted(f)
		faults = append(faults, ScriptedFault{f.id, f.Fault, seen, struck})
	}
	return faults, nil
}

// faults are those in force, and what counts their strikes.
func (w *World) faults() ([]*fault, tally) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.state.faults, w.tally() // the list is never written to once it is in place
}

// Strike is what a request to an operation of a system meets: the first fault that strikes it, nil if none does. Every
// fault that matches counts the request.
func (w *World) Strike(ctx context.Context, system, operation string) (met *Strike, err error) {
	faults, tally := w.faults()
	for _, f := range faults {
		if f.System != system || f.Operation != "" && f.Operation != operation {
			continue
		}
		nth, err := tally.see(ctx, f)
		if err != nil {
			return nil, err
		}
		if met != nil || !f.strikes(nth) {
			continue
		}
		met = &Strike{Fault: f.Fault, ID: f.id, Delay: f.delay, SlowBody: f.slow}
		if met.Nth, err = tally.strike(ctx, f); err != nil {
			return nil, err
		}
	}
	return met, nil
}

// strikes says whether the nth request is one of those meant.
func (f *fault) strikes(nth uint64) bool {
	first := uint64(f.Skip) + 1
	if nth < first || f.Count > 0 && nth >= first+uint64(f.Count) {
		return false
	}
	return f.Probability == 0 || dice(f.Seed, nth) < f.Probability
}

// dice gives a number in [0, 1) that looks random and is the same for the same seed and throw.
func dice(seed, nth uint64) float64 {
	var text [16]byte
	binary.BigEndian.PutUint64(text[:8], seed)
	binary.BigEndian.PutUint64(text[8:], nth)
	hash := fnv.New64a()
	_, _ = hash.Write(text[:]) // never fails
	mixed := hash.Sum64()
	mixed = (mixed ^ mixed>>33) * 0xff51afd7ed558ccd // FNV alone leaves the high bits of neighbours alike
	mixed ^= mixed >> 33
	return float64(mixed>>11) / (1 << 53)
}

// check refuses a fault that can't be meant.
func (f *Fault) check() error {
	switch {
	case f.System == Files:
		return f.checkFile()
	case !slices.Contains(Systems, f.System):
		return problem.BadField("body.system", "%q is no system; the systems are %v, and %s for the files of a terminal", f.System, Systems, Files)
	case f.File != "":
		return problem.BadField("body.file", "goes with system %s, the files of a terminal", Files)
	}
	instead := 0
	for _, given := range []bool{f.Status != 0, f.DropConnection, f.Garbage} {
		if given {
			instead++
		}
	}
	switch {
	case instead > 1:
		return problem.BadField("body.status", "goes without dropConnection and garbage, as each goes without the others")
	case instead == 0 && f.Delay == "" && f.SlowBody == "":
		return problem.BadField("body", "does nothing; give delay, slowBody, status, dropConnection or garbage")
	case instead == 0 && f.CarriedOut:
		return problem.BadField("body.carriedOut", "goes with status, dropConnection or garbage")
	case instead > 0 && f.SlowBody != "":
		return problem.BadField("body.slowBody", "goes without status, dropConnection and garbage")
	}
	if err := f.checkChance(); err != nil {
		return err
	}
	if _, err := faultTime("body.delay", f.Delay); err != nil {
		return err
	}
	_, err := faultTime("body.slowBody", f.SlowBody)
	return err
}

// checkFile refuses a fault of a terminal's files that can't be meant.
func (f *Fault) checkFile() error {
	switch {
	case f.SlowBody != "" || f.Status != 0 || f.DropConnection || f.Garbage || f.CarriedOut:
		return problem.BadField("body.system", "%s has no HTTP answers; give delay or file, or script the system terminal, which the files come from", Files)
	case f.File == "" && f.Delay == "":
		return problem.BadField("body", "does nothing; give delay or file")
	case !slices.Contains(fileFaults, f.File):
		return problem.BadField("body.file", "%q is nothing that can become of a file", f.File)
	}
	if err := f.checkChance(); err != nil {
		return err
	}
	_, err := faultTime("body.delay", f.Delay)
	return err
}

// checkChance refuses a chance without its seed, and the other way round.
func (f *Fault) checkChance() error {
	switch {
	case f.Probability > 0 && f.Seed == 0:
		return problem.BadField("body.seed", "is needed with probability, so that the same script strikes the same requests")
	case f.Probability == 0 && f.Seed != 0:
		return problem.BadField("body.probability", "is needed with seed, above 0 and at most 1")
	}
	return nil
}

func faultTime(field, text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 || d > longestFault {
		return 0, problem.BadField(field, `must be a duration as in "300ms" or "3s", above 0 and at most %s`, longestFault)
	}
	return d, nil
}

type faultScripted struct {
	ID    string `json:"id"`
	Fault Fault  `json:"fault"`
}

func (e *faultScripted) fits(eventlog.Position) error { return e.Fault.check() }

func (e *faultScripted) apply(s *State, _ time.Time) {
	f := &fault{Fault: e.Fault, id: e.ID}
	f.delay, _ = faultTime("", e.Fault.Delay) // checked when it was scripted
	f.slow, _ = faultTime("", e.Fault.SlowBody)
	s.faultsScripted++
	s.faults = append(slices.Clip(s.faults), f)
}

type faultsCleared struct{}

func (e *faultsCleared) apply(s *State, _ time.Time) { s.faults = nil }
