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
	s, w, err := c.nationOf(ctx, fewPersons)
	if err != nil {
		return err
	}
	defer stopAll(&err, s.Process)
	recorded, err := w.Record(ctx)
	if err != nil {
		return err
	}
	one := recorded[work.Certificate][:1]
	baseline, address, err := serveBaseline(ctx, recorded)
	if err != nil {
		return err
	}
	defer stopAll(&err, baseline)
	contenders := []contender{
		c.asking("sim", s, w.Address, work.Requests(one, w.Address, w.Prefix)),
		c.asking("baseline", baseline, address, work.Requests(one, address, "")),
	}
	for _, program := range programs {
		p, address, err := servePeer(ctx, program, one[0].Answer)
		if err != nil {
			return err
		}
		defer stopAll(&err, p)
		contenders = append(contenders, c.asking(filepath.Base(program), p, address, work.Requests(one, address, "")))
	}
	if err := c.warm(ctx, contenders); err != nil {
		return err
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
