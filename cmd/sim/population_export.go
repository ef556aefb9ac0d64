package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"

	"onshisim/sim/extract"
	"onshisim/sim/population"
)

type populationCommand struct {
	Export populationExportCommand `cmd:"" help:"${populationExport}"`
	Show   populationShowCommand   `cmd:"" help:"${populationShow}"`
}

type populationExportCommand struct {
	Out string `arg:"" help:"${populationOut}"`
	populationFlags
	Format  string      `default:"csv" enum:"csv,jsonl,parquet" help:"${populationFormat}"`
	Range   personRange `placeholder:"FROM:TO" help:"${populationRange}"`
	Of      []string    `placeholder:"TABLE" help:"${populationOf}"`
	Records bool        `help:"${populationRecs}"`
	BOM     bool        `name:"bom" help:"${populationBOM}"`
}

// personRange is a range of indices, the second not included; 0:0 is everybody.
type personRange struct{ from, to int }

// UnmarshalText reads FROM:TO; either may be left out.
func (r *personRange) UnmarshalText(text []byte) error {
	from, to, found := strings.Cut(string(text), ":")
	bad := fmt.Errorf("%q is no range as in 0:1000", text)
	if !found {
		return bad
	}
	for side, into := range map[string]*int{from: &r.from, to: &r.to} {
		if side == "" {
			continue
		}
		n, err := strconv.Atoi(side)
		if err != nil || n < 0 {
			return bad
		}
		*into = n
	}
	if r.to == 0 && to != "" || to != "" && r.from >= r.to {
		return fmt.Errorf("%q holds nobody: TO has to be greater than FROM", text)
	}
	return nil
}

// Run writes the nation's tables into a folder, or one of them to the standard output.
func (c *populationExportCommand) Run(t *terminal) error {
	to := c.Range.to
	if to == 0 {
		to = c.Population
	}
	const lines = 10
	shown := newProgress(max(to-c.Range.from, 1), lines)
	o := extract.Options{
		Population: c.spec(), From: c.Range.from, To: c.Range.to, Format: c.Format, Tables: c.Of, Records: c.Records, BOM: c.BOM,
		Workers: runtime.GOMAXPROCS(0),
		Progress: func(persons int) {
			shown.at(persons, fmt.Sprintf(t.language.say("%d 人を書き出しました", "%d persons written"), persons))
		},
	}
	if c.Out == "-" {
		_, err := extract.Stream(t, os.Stdout, o)
		shown.end()
		return err
	}
	written, err := extract.Folder(t, c.Out, o)
	shown.end()
	if err != nil {
		return err
	}
	rows := [][]string{{t.language.say("ファイル", "file"), t.language.say("行", "rows"), t.language.say("バイト", "bytes"), "SHA-256"}}
	for _, f := range written.Files {
		rows = append(rows, []string{f.Name, strconv.Itoa(f.Rows), strconv.FormatInt(f.Bytes, 10), f.SHA256})
	}
	return t.table(rows)
}

// spec is the nation as the package population takes it.
func (f *populationFlags) spec() population.Spec {
	return population.Spec{Seed: f.Seed, Persons: f.Population, ProtectedShare: f.ProtectedShare}
}
