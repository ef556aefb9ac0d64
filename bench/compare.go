package main

import (
	"context"
	"fmt"

	"onshisim/bench/result"
)

// sample is what one turn gave.
type sample struct {
	perCPU   float64 // requests per second of processor time; 0: not known
	per      float64 // requests per second
	p50, p99 float64 // microseconds
}

// score is what sides are compared by.
func (s sample) score() float64 {
	if s.perCPU > 0 {
		return s.perCPU
	}
	return s.per
}

// contender is one who takes turns.
type contender struct {
	name string
	turn func(ctx context.Context) (sample, error)
}

// compare has the contenders take turns, and holds the others against the first.
func (c *runCommand) compare(ctx context.Context, work string, contenders ...contender) (rows []result.Comparison, err error) {
	samples, err := c.turns(ctx, work, contenders)
	if err != nil {
		return nil, err
	}
	for i := 1; i < len(contenders); i++ {
		rows = append(rows, c.row(work, contenders[i].name, contenders[0].name, samples[i], samples[0]))
	}
	return rows, nil
}

// compareFirst has the contenders take turns, and holds the first against each of the others.
func (c *runCommand) compareFirst(ctx context.Context, work string, contenders ...contender) (rows []result.Comparison, err error) {
	samples, err := c.turns(ctx, work, contenders)
	if err != nil {
		return nil, err
	}
	for i := 1; i < len(contenders); i++ {
		rows = append(rows, c.row(work, contenders[0].name, contenders[i].name, samples[0], samples[i]))
	}
	return rows, nil
}

// turns are taken in one order and then in the other (A B B A …), so that what drifts concerns all alike. Before, each has
// one that does not count.
func (c *runCommand) turns(ctx context.Context, work string, contenders []contender) ([][]sample, error) {
	for _, one := range contenders {
		if _, err := one.turn(ctx); err != nil {
			return nil, fmt.Errorf("%s, %s: %w", work, one.name, err)
		}
	}
	samples := make([][]sample, len(contenders))
	for round := range c.Rounds {
		for i := range contenders {
			if round%2 == 1 {
				i = len(contenders) - 1 - i
			}
			s, err := contenders[i].turn(ctx)
			if err != nil {
				return nil, fmt.Errorf("%s, %s: %w", work, contenders[i].name, err)
			}
			samples[i] = append(samples[i], s)
		}
	}
	return samples, nil
}

// row compares two, round by round.
func (c *runCommand) row(work, subject, against string, is, be []sample) result.Comparison {
	row := result.Comparison{
		Work: work, Subject: subject, Against: against, Rounds: c.Rounds,
		Ratio: ratios(is, be, sample.score), RatioP99: ratios(is, be, func(s sample) float64 { return s.p99 }),
		Is: side(is), Be: side(be),
	}
	show(row)
	return row
}

// ratios are those of the rounds, in each of which both had their turn.
func ratios(is, be []sample, of func(sample) float64) result.Spread {
	var each []float64
	for i := range is {
		if of(be[i]) > 0 {
			each = append(each, of(is[i])/of(be[i]))
		}
	}
	return result.Of(each)
}

func side(samples []sample) result.Side {
	of := func(value func(sample) float64) result.Spread {
		var each []float64
		for _, s := range samples {
			each = append(each, value(s))
		}
		return result.Of(each)
	}
	return result.Side{
		PerCPU: of(func(s sample) float64 { return s.perCPU }), Per: of(func(s sample) float64 { return s.per }),
		P50: of(func(s sample) float64 { return s.p50 }), P99: of(func(s sample) float64 { return s.p99 }),
	}
}

func show(row result.Comparison) {
	is, be, unit := row.Is.PerCPU.Median, row.Be.PerCPU.Median, "CPU s"
	if is == 0 {
		is, be, unit = row.Is.Per.Median, row.Be.Per.Median, "s"
	}
	fmt.Printf("%-18s %-22s %8.0f /%s   %-22s %8.0f /%s   ratio %.2f (%.2f–%.2f)", row.Work, row.Subject, is, unit,
		row.Against, be, unit, row.Ratio.Median, row.Ratio.Low, row.Ratio.High)
	if row.RatioP99.Median > 0 {
		fmt.Printf("   p99 %.0f and %.0f µs, ratio %.2f", row.Is.P99.Median, row.Be.P99.Median, row.RatioP99.Median)
	}
	fmt.Println()
}
