package main

import (
	"context"
	"time"

	"onshisim/bench/load"
	"onshisim/bench/process"
)

// server is a process that is asked.
type server interface{ CPU() (time.Duration, error) }

// ask carries out a plan, and gives what it cost the servers.
func ask(ctx context.Context, plan load.Plan, servers ...server) (sample, time.Duration, error) {
	before, err := spent(servers)
	if err != nil {
		return sample{}, 0, err
	}
	m, err := load.Run(ctx, plan)
	if err != nil {
		return sample{}, 0, err
	}
	after, err := spent(servers)
	if err != nil {
		return sample{}, 0, err
	}
	s := sample{per: float64(m.Requests) / m.Elapsed.Seconds(), p50: microseconds(m.P50), p99: microseconds(m.P99)}
	if cost := after - before; cost > 0 { // less than a tick is nothing
		s.perCPU = float64(m.Requests) / cost.Seconds()
	}
	return s, after - before, nil
}

func spent(servers []server) (total time.Duration, err error) {
	for _, s := range servers {
		cpu, err := s.CPU()
		if err != nil {
			return 0, err
		}
		total += cpu
	}
	return total, nil
}

func microseconds(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

// stopAll stops processes that ran, and joins what went wrong to an error.
func stopAll(err *error, running ...*process.Process) {
	for _, p := range running {
		if stopped := p.Stop(); *err == nil {
			*err = stopped
		}
	}
}
