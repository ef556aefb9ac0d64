// Command bench measures the simulator beside what it could be held against, and makes tables and plots of what came out.
// It runs on Linux, which tells what a process costs.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

type commands struct {
	Run      runCommand      `cmd:"" help:"Measure, print ratios, and keep the results in a file."`
	Report   reportCommand   `cmd:"" help:"Make tables and plots from the kept results."`
	Profile  profileCommand  `cmd:"" help:"Record a CPU profile of the hot paths, for profile-guided optimisation."`
	Baseline baselineCommand `cmd:"" hidden:""`
}

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	command := kong.Parse(&commands{}, kong.Name("bench"), kong.BindTo(ctx, (*context.Context)(nil)))
	err := command.Run()
	cancel()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}
