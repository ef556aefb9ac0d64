package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/eventlog"
	"onshisim/sim/scenario"
)

type scenarioCommand struct {
	Run    scenarioRunCommand    `cmd:"" help:"${run}"`
	List   scenarioListCommand   `cmd:"" help:"${list}"`
	Check  scenarioCheckCommand  `cmd:"" help:"${check}"`
	Schema scenarioSchemaCommand `cmd:"" help:"${schema}"`
}

type scenarioRunCommand struct {
	Files        []string `arg:"" optional:"" help:"${files}"`
	URL          string   `help:"${url}"`
	ControlURL   string   `default:"http://127.0.0.1:8081" help:"${controlURL}"`
	ControlToken string   `env:"SIM_CONTROL_TOKEN" help:"${controlToken}"`
	Report       []string `placeholder:"FILE" help:"${report}"`
}

// errFailed ends the program with a status that says so; what failed has been printed.
var errFailed = errors.New("a scenario failed")

// Run plays the scenarios, prints who saw what, writes the reports.
func (c *scenarioRunCommand) Run(t *terminal) error {
	writers, err := c.reports()
	if err != nil {
		return err
	}
	scenarios, err := load(c.Files)
	if err != nil {
		return err
	}
	target, err := c.target(t)
	if err != nil {
		return err
	}
	report := scenario.Report{At: time.Now(), Target: cmp.Or(c.URL, "プロセス内 (in process)")}
	for _, s := range scenarios {
		if len(s.Steps) > 0 {
			report.Results = append(report.Results, scenario.Play(t, target, s))
		}
	}
	if err := scenario.WriteText(t.out, report, t.colour); err != nil {
		return err
	}
	for path, write := range writers {
		if err := writeFile(path, func(w io.Writer) error { return write(w, report) }); err != nil {
			return fmt.Errorf("--report: %w", err)
		}
	}
	if !report.Passed() {
		return errFailed
	}
	return nil
}

// reports says by a file's ending which report it gets.
func (c *scenarioRunCommand) reports() (map[string]func(io.Writer, scenario.Report) error, error) {
	byEnding := map[string]func(io.Writer, scenario.Report) error{
		".json": scenario.WriteJSON, ".xml": scenario.WriteJUnit, ".html": scenario.WriteHTML,
	}
	writers := map[string]func(io.Writer, scenario.Report) error{}
	for _, path := range c.Report {
		write, known := byEnding[strings.ToLower(filepath.Ext(path))]
		if !known {
			return nil, fmt.Errorf("--report %s: the file's name must end in .json, .xml or .html", path)
		}
		writers[path] = write
	}
	return writers, nil
}

// target is the simulator by URL, or one of our own in this process.
func (c *scenarioRunCommand) target(t *terminal) (scenario.Target, error) {
	if c.URL != "" {
		return scenario.Target{PublicURL: c.URL, ControlURL: c.ControlURL, ControlToken: c.ControlToken}, nil
	}
	worlds, err := openWorlds(t, eventlog.NewMemory())
	if err != nil {
		return scenario.Target{}, err
	}
	handlers := sim.New(sim.Config{
		Version: version(), Worlds: worlds, Scenarios: fixtures.FS, Logger: slog.New(slog.NewTextHandler(os.Stderr, nil)),
	})
	return scenario.InProcess(handlers.Public, handlers.Control), nil
}

// load reads what is named: files of the user, scenarios that come with the program, or all of these.
func load(names []string) ([]*scenario.Scenario, error) {
	if len(names) == 0 || len(names) == 1 && names[0] == "all" {
		return scenario.LoadAll(fixtures.FS)
	}
	var scenarios []*scenario.Scenario
	for _, name := range names {
		s, err := loadOne(name)
		if err != nil {
			return nil, err
		}
		scenarios = append(scenarios, s)
	}
	return scenarios, nil
}

func loadOne(name string) (*scenario.Scenario, error) {
	_, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) && filepath.Ext(name) == "" {
		return scenario.Load(fixtures.FS, name)
	}
	return scenario.LoadFile(name)
}

// writeFile writes a whole file, or says why not.
func writeFile(path string, write func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}

type scenarioListCommand struct{}

// Run lists the scenarios that come with the program.
func (scenarioListCommand) Run(t *terminal) error {
	scenarios, err := scenario.LoadAll(fixtures.FS)
	if err != nil {
		return err
	}
	for _, s := range scenarios {
		if _, err := fmt.Fprintf(t.out, "%-42s %s\n", s.Name, s.Title); err != nil {
			return err
		}
	}
	return nil
}

type scenarioCheckCommand struct {
	Files []string `arg:"" help:"${files}"`
}

// Run reads the files and reports every mistake.
func (c *scenarioCheckCommand) Run(t *terminal) error {
	var mistakes []error
	for _, name := range c.Files {
		if _, err := load([]string{name}); err != nil {
			mistakes = append(mistakes, err)
			continue
		}
		if _, err := fmt.Fprintf(t.out, "%s: ok\n", name); err != nil {
			return err
		}
	}
	return errors.Join(mistakes...)
}

type scenarioSchemaCommand struct{}

// Run prints the JSON Schema.
func (scenarioSchemaCommand) Run(t *terminal) error {
	_, err := t.out.Write(scenario.Schema())
	return err
}
