package main

import (
	"context"
	"os"
	"path/filepath"

	"onshisim/bench/process"
	"onshisim/bench/result"
	"onshisim/bench/work"
)

// peers measures the certificate check beside general mock servers. They give one answer to everybody, by path and method,
// and so are asked one question, the same as the simulator.
func (c *runCommand) peers(ctx context.Context, into *result.Results) (err error) {
	programs, err := filepath.Glob(filepath.Join(c.Peers, "*"))
	if err != nil {
		return err
	}
	if len(programs) == 0 {
		return leftOut("there is no mock server in " + c.Peers)
	}
	var all rigs
	defer all.stop(&err)
	sim, err := all.simulator(ctx, "sim", c.Program, fewPersons)
	if err != nil {
		return err
	}
	if _, err := all.baseline(ctx, sim); err != nil {
		return err
	}
	for _, program := range programs {
		if _, err := all.peer(ctx, filepath.Base(program), program, sim); err != nil {
			return err
		}
	}
	var contenders []contender
	for _, r := range all {
		contenders = append(contenders, c.asking(r, sim.recorded[work.Certificate][:1]))
	}
	rows, err := c.compareFirst(ctx, work.Certificate, contenders...)
	if err != nil {
		return err
	}
	into.Peers = &result.Part[result.Comparison]{Machine: result.Here(), Rows: rows}
	return nil
}

// servePeer starts a mock server with one answer.
func servePeer(ctx context.Context, program string, answer []byte) (p *process.Process, address string, err error) {
	folder, remove, err := scratch()
	if err != nil {
		return nil, "", err
	}
	defer remove()
	file := filepath.Join(folder, "answer.json")
	if err := os.WriteFile(file, answer, 0o600); err != nil {
		return nil, "", err
	}
	return servePrinting(ctx, program, file)
}
