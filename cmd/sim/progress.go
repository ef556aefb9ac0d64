package main

import (
	"fmt"
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
)

// progress shows on the standard error how far something is: as a bar on a terminal, elsewhere as a line at every step.
type progress struct {
	bar   *progressbar.ProgressBar // nil: lines
	lines io.Writer
	total int
	steps int // how many lines there are at most
	last  int // step that was told
}

func newProgress(total, steps int) *progress {
	p := &progress{lines: os.Stderr, total: max(total, 1), steps: steps}
	if info, err := os.Stderr.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		p.bar = progressbar.NewOptions(
			total, progressbar.OptionSetWriter(os.Stderr), progressbar.OptionSetWidth(20), progressbar.OptionClearOnFinish(),
			progressbar.OptionSetPredictTime(true), progressbar.OptionUseANSICodes(true),
		)
	}
	return p
}

// at says how far it is, and what is to be told of that.
func (p *progress) at(done int, text string) {
	if p.bar != nil {
		p.bar.Describe(text)
		_ = p.bar.Set(done) // who can't see it can't be told either
		return
	}
	if step := done * p.steps / p.total; step > p.last {
		p.last = step
		fmt.Fprintln(p.lines, text)
	}
}

// end takes the bar away.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish() // as above
	}
}
