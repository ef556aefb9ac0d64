// Package result holds what was measured, as it is kept in a file from which tables and plots are made.
package result

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Results are all that is kept; a part that was not measured again stays as it was.
type Results struct {
	Hot     *Part[Comparison] `json:"hot,omitempty"`     // hot paths beside the baseline
	Nation  *Part[Comparison] `json:"nation,omitempty"`  // the largest nation beside 1,000 persons
	Durable *Part[Comparison] `json:"durable,omitempty"` // writes that outlive the machine
	Replay  *Part[Rate]       `json:"replay,omitempty"`  // events folded at the start
	Start   *Part[Start]      `json:"start,omitempty"`   // how soon and how large
	Growth  *Part[Curve]      `json:"growth,omitempty"`  // cost of a request as something grows
	Peers   *Part[Comparison] `json:"peers,omitempty"`   // beside general mock servers
	PGO     *Part[Comparison] `json:"pgo,omitempty"`     // with the profile and without
}

// Part is one kind of measurements, with the machine that they were made on.
type Part[T any] struct {
	Machine Machine `json:"machine"`
	Rows    []T     `json:"rows"`
}

// Comparison is a subject beside something else, which took turns in the same run.
type Comparison struct {
	Work    string `json:"work"`
	Subject string `json:"subject"`
	Against string `json:"against"`
	Rounds  int    `json:"rounds"`

	Ratio    Spread `json:"ratio"`    // of what is done per second of processor time, or of time; more is better
	RatioP99 Spread `json:"ratioP99"` // of the 99th percentiles of the time an answer takes; less is better

	Is Side `json:"is"`
	Be Side `json:"be"` // of what it is held against
}

// Side is one side of a comparison.
type Side struct {
	PerCPU Spread `json:"perCPU"` // requests per second of the server's processor time; 0: not known
	Per    Spread `json:"per"`    // requests per second
	P50    Spread `json:"p50"`    // microseconds
	P99    Spread `json:"p99"`
}

// Rate is how many of something are done in a second.
type Rate struct {
	Work   string `json:"work"`
	Count  int    `json:"count"`
	Per    Spread `json:"per"`    // per second
	PerCPU Spread `json:"perCPU"` // per second of processor time, which others who use the machine change little
}

// Start is how a simulator stands after its start.
type Start struct {
	Work  string  `json:"work"`
	Ready float64 `json:"readySeconds"` // to the first healthy answer
	Now   int64   `json:"residentBytes"`
	Most  int64   `json:"mostResidentBytes"`
	Heap  int64   `json:"heapBytes"`
}

// Curve is the cost of a request along something that grows.
type Curve struct {
	Along  string  `json:"along"` // persons, events, worlds, connections, replicas
	Work   string  `json:"work"`
	Points []Point `json:"points"`
}

// Point is one place on a curve.
type Point struct {
	At    float64 `json:"at"`
	CPU   Spread  `json:"cpuMicroseconds"`      // of the simulator, per request
	Store Spread  `json:"storeCPUMicroseconds"` // of the database, per request
	Per   Spread  `json:"per"`                  // requests per second
	P99   Spread  `json:"p99Microseconds"`
	Bytes int64   `json:"residentBytes"`

	Allocations Spread `json:"allocations"` // on the heap, per request, with what the runtime's metrics themselves take
}

// Spread is what came of some rounds: their median and quartiles.
type Spread struct {
	Median float64 `json:"median"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
}

// Of is the spread of some values.
func Of(values []float64) Spread {
	if len(values) == 0 {
		return Spread{}
	}
	sorted := slices.Sorted(slices.Values(values))
	at := func(share float64) float64 {
		place := share * float64(len(sorted)-1)
		below := int(place)
		above := min(below+1, len(sorted)-1)
		return sorted[below] + (sorted[above]-sorted[below])*(place-float64(below))
	}
	return Spread{at(0.5), at(0.25), at(0.75)}
}

// Read reads results from a file; one that does not exist holds none.
func Read(file string) (*Results, error) {
	r := &Results{}
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, r); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return r, nil
}

// Write writes results to a file.
func (r *Results) Write(file string) error {
	text, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o644)
}
