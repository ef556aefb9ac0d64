package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"onshisim/fixtures"
	"onshisim/sim/scenario"
)

type scenarioCommand struct {
	Run    scenarioRunCommand    `cmd:"" help:"${run}"`
	Replay scenarioReplayCommand `cmd:"" help:"${replay}"`
	List   scenarioListCommand   `cmd:"" help:"${list}"`
	Check  scenarioCheckCommand  `cmd:"" help:"${check}"`
	Schema scenarioSchemaCommand `cmd:"" help:"${schema}"`
}

// loadScenarios reads what is named: files of the user, scenarios that come with the program, or all of these.
func loadScenarios(names []string) ([]*scenario.Scenario, error) {
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
		s, err := scenario.Load(fixtures.FS, name)
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("there is no file and no scenario %s; `sim scenario list` lists the scenarios that come with the program", name)
		}
		return s, err
	}
	return scenario.LoadFile(name)
}

type scenarioListCommand struct{}

// Run lists the scenarios that come with the program, and marks those that are exercises.
func (scenarioListCommand) Run(t *terminal) error {
	scenarios, err := scenario.LoadAll(fixtures.FS)
	if err != nil {
		return err
	}
	for _, s := range scenarios {
		mark := ""
		if s.Exercise != nil {
			mark = "［演習］"
		}
		if _, err := fmt.Fprintf(t.out, "%-42s %s%s\n", s.Name, mark, s.Title); err != nil {
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
		if _, err := loadScenarios([]string{name}); err != nil {
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
