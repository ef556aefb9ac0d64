package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"onshisim/sim/output"
	"onshisim/sim/scenario"
	"onshisim/sim/scenario/evidence"
)

type scenarioRunCommand struct {
	Files          []string `arg:"" optional:"" help:"${files}"`
	scenarioTarget `embed:""`
	Report         []string `placeholder:"FILE" help:"${report}"`
	Evidence       string   `placeholder:"DIR" help:"${evidence}"`
}

// errFailed ends the program with a status that says so; what failed has been printed.
var errFailed = errors.New("a scenario failed")

// Run plays the scenarios, prints who saw what, writes the reports and the evidence.
func (c *scenarioRunCommand) Run(t *terminal) error {
	writers, err := c.reports()
	if err != nil {
		return err
	}
	scenarios, err := loadScenarios(c.Files)
	if err != nil {
		return err
	}
	target, err := c.target(t)
	if err != nil {
		return err
	}
	program, err := c.program(t, target)
	if err != nil {
		return err
	}
	report := scenario.Report{At: time.Now(), Target: c.words()}
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
	if err := c.pack(t, report, program); err != nil {
		return fmt.Errorf("--evidence: %w", err)
	}
	if !report.Passed() {
		return errFailed
	}
	return nil
}

// program says before anything is played that evidence can be written, and of what.
func (c *scenarioRunCommand) program(t *terminal, target scenario.Target) (p scenario.Program, err error) {
	if c.Evidence == "" {
		return p, nil
	}
	if err = output.Vacant(c.Evidence); err == nil {
		p, err = target.Program(t)
	}
	if err != nil {
		return p, fmt.Errorf("--evidence: %w", err)
	}
	return p, nil
}

// pack writes the evidence, if it is asked for. A run that was cut short is none.
func (c *scenarioRunCommand) pack(t *terminal, report scenario.Report, program scenario.Program) error {
	if c.Evidence == "" {
		return nil
	}
	if err := t.Err(); err != nil {
		return fmt.Errorf("nothing was written: %w", err)
	}
	written, err := evidence.Write(c.Evidence, report, program)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "エビデンス: %s (%dファイル)\nmanifest.json のSHA-256: %s\n", c.Evidence, written.Files, written.SHA256)
	return err
}

// reports says by a file's ending which report it gets.
func (c *scenarioRunCommand) reports() (map[string]func(io.Writer, scenario.Report) error, error) {
	byEnding := map[string]func(io.Writer, scenario.Report) error{
		".json": scenario.WriteJSON, ".xml": scenario.WriteJUnit, ".html": scenario.WriteHTML, ".csv": scenario.WriteCSV,
	}
	writers := map[string]func(io.Writer, scenario.Report) error{}
	for _, path := range c.Report {
		write, known := byEnding[strings.ToLower(filepath.Ext(path))]
		if !known {
			return nil, fmt.Errorf("--report %s: the file's name must end in .json, .xml, .html or .csv", path)
		}
		writers[path] = write
	}
	return writers, nil
}

// writeFile writes a whole file, or says why not.
func writeFile(path string, write func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}
