// Package client talks to the control plane of a running simulator: its worlds, their clocks, modes, persons, checkpoints
// and events, faults and mutants, the journal, and why a decision fell as it did.
//
// An answer that is no success is an *Error. Fields of an answer that this client does not know are passed over, so that it
// works with a newer simulator.
package client

import (
	"context"
	"net/http"

	"onshisim/sim/mutant"
)

// Plane is the control plane of a simulator.
type Plane struct {
	URL   string       // of its listener, as in http://127.0.0.1:8081
	Token string       // the control token; empty if the plane wants none
	HTTP  *http.Client // nil: http.DefaultClient
}

// Health fails unless the simulator answers that it is well.
func (p *Plane) Health(ctx context.Context) error {
	return p.call(ctx, http.MethodGet, "/healthz", nil, nil)
}

// World is a world at this plane, whether there is one of that name or not.
func (p *Plane) World(name string) *World {
	return &World{Plane: p, Name: name}
}

// Worlds lists the worlds by name.
func (p *Plane) Worlds(ctx context.Context) ([]Listed, error) {
	var answer struct {
		Worlds []Listed `json:"worlds"`
	}
	err := p.call(ctx, http.MethodGet, "/worlds", nil, &answer)
	return answer.Worlds, err
}

// Mutants lists the named wrong policies that a world can answer by, in the order of the rules that they break.
func (p *Plane) Mutants(ctx context.Context) ([]mutant.Mutant, error) {
	var answer struct {
		Mutants []mutant.Mutant `json:"mutants"`
	}
	err := p.call(ctx, http.MethodGet, "/mutants", nil, &answer)
	return answer.Mutants, err
}
