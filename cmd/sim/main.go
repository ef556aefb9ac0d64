// Command sim runs onshisim, the simulator of Japan's online eligibility verification.
//
// This is the only place that reads flags, the environment and the clock.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
)

// commands are the command line.
type commands struct {
	Serve       serveCommand       `cmd:"" default:"1" help:"${serve}"`
	Export      exportCommand      `cmd:"" help:"${export}"`
	Import      importCommand      `cmd:"" help:"${import}"`
	Scenario    scenarioCommand    `cmd:"" help:"${scenario}"`
	Explain     explainCommand     `cmd:"" help:"${explain}"`
	Journal     journalCommand     `cmd:"" help:"${journal}"`
	Leakscan    leakscanCommand    `cmd:"" help:"${leakscan}"`
	Mutants     mutantsCommand     `cmd:"" help:"${mutants}"`
	Terminal    terminalCommand    `cmd:"" help:"${terminal}"`
	Card        cardCommand        `cmd:"" help:"${card}"`
	Load        loadCommand        `cmd:"" help:"${load}"`
	Population  populationCommand  `cmd:"" help:"${populationTools}"`
	Healthcheck healthcheckCommand `cmd:"" help:"${healthcheck}"`
	Version     versionCommand     `cmd:"" help:"${version}"`
}

// terminal is where a command prints, and in which language.
type terminal struct {
	context.Context
	out      io.Writer
	language language
	colour   bool
}

func main() {
	if err := run(signalled(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "sim:", err)
		status := 1
		if errors.Is(err, errLeak) || errors.Is(err, errWrongAnswers) {
			status = 2 // it was done, and found something
		}
		os.Exit(status)
	}
}

func run(ctx context.Context, args []string) error {
	speaks := languageOf(os.Getenv)
	parser, err := kong.New(&commands{},
		kong.Name("sim"), kong.Description(speaks.help()["sim"]), speaks.help(),
		kong.Help(speaks.printHelp), kong.ShortUsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		return err
	}
	command, err := parser.Parse(args)
	parser.FatalIfErrorf(err)
	info, err := os.Stdout.Stat()
	colour := err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == ""
	return command.Run(&terminal{Context: ctx, out: os.Stdout, language: speaks, colour: colour})
}
