package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"onshisim/sim/backup"
	"onshisim/sim/eventlog"
	"onshisim/sim/explain"
	"onshisim/sim/leakscan"
	"onshisim/sim/protected"
	"onshisim/sim/world"
)

type leakscanCommand struct {
	Files  []string `arg:"" optional:"" help:"${scanFiles}"`
	Events string   `placeholder:"FILE.jsonl" help:"${scanEvents}"`
	JSON   bool     `name:"json" help:"${json}"`
	planeFlags
}

// errLeak ends the program with a status that says so; the places have been printed.
var errLeak = errors.New("protected items were found")

// Run scans files, or the standard input, for items of protected persons.
func (c *leakscanCommand) Run(t *terminal) error {
	scan, err := c.scanner(t)
	if err != nil {
		return err
	}
	if len(c.Files) == 0 {
		c.Files = []string{"-"}
	}
	found := 0
	for _, name := range c.Files {
		report, err := scanFile(name, scan)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		found += report.Total
		if err := c.print(t, name, report); err != nil {
			return err
		}
	}
	if found > 0 {
		return errLeak
	}
	return nil
}

// scanner scans at the running simulator, or in a world of exported events.
func (c *leakscanCommand) scanner(ctx context.Context) (func(io.Reader) (protected.Report, error), error) {
	if c.Events == "" {
		w := c.world()
		return func(text io.Reader) (protected.Report, error) { return w.ScanForLeaks(ctx, text) }, nil
	}
	w, err := worldOf(ctx, c.Events)
	if err != nil {
		return nil, fmt.Errorf("--events: %w", err)
	}
	return func(text io.Reader) (protected.Report, error) { return protected.Scan(ctx, w, text) }, nil
}

// worldOf is the world whose events a file holds.
func worldOf(ctx context.Context, file string) (*world.World, error) {
	text, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer text.Close()
	worlds, err := openWorlds(ctx, eventlog.NewMemory(), world.Limits{})
	if err != nil {
		return nil, err
	}
	return worlds.Import(ctx, "scanned", backup.Opened(backup.Lines(text), false))
}

func scanFile(name string, scan func(io.Reader) (protected.Report, error)) (protected.Report, error) {
	if name == "-" {
		return scan(os.Stdin)
	}
	file, err := os.Open(name)
	if err != nil {
		return protected.Report{}, err
	}
	defer file.Close()
	return scan(file)
}

// kindWords name what was found, in Japanese and English.
var kindWords = map[leakscan.Kind][2]string{
	leakscan.Address:          {"住所", "address"},
	leakscan.AddressBeginning: {"住所の前半", "beginning of the address"},
	leakscan.PostNumber:       {"郵便番号", "postal code"},
	leakscan.InsurerNumber:    {"保険者番号", "insurer's number"},
	leakscan.InsurerName:      {"保険者名", "insurer's name"},
	leakscan.ClinicCode:       {"医療機関コード", "clinic's code"},
	leakscan.ClinicName:       {"医療機関名", "clinic's name"},
}

func (c *leakscanCommand) print(t *terminal, name string, report protected.Report) error {
	if c.JSON {
		return json.NewEncoder(t.out).Encode(struct {
			File string `json:"file"`
			protected.Report
		}{name, report})
	}
	for _, f := range report.Findings {
		words := kindWords[f.Kind]
		fmt.Fprintf(t.out, "%s:%d:%d  %s  %s  %q  (%s)\n", name, f.Line, f.Column, f.Person, t.language.say(words[0], words[1]), f.Found, f.Encoding)
		fmt.Fprintf(t.out, "    %s %s\n", t.language.say("示してよい画面:", "views that may show it:"), t.language.views(f.MayHaveComeThrough))
	}
	if report.Cut {
		fmt.Fprintf(t.out, "%s: %s\n", name, t.language.say("ほかにもあります。", "there are more than these."))
	}
	_, err := fmt.Fprintf(t.out, t.language.say(
		"%s: %dバイト。%d人の%d項目を探し、%d件見つかりました(ほかに、追えない項目が%d)。\n",
		"%s: %d bytes; looked for %[4]d texts of %[3]d persons, %[5]d occurrences found (%[6]d more texts can't be traced)\n",
	), name, report.Bytes, report.Persons, report.Items, report.Total, len(report.Untraceable))
	return err
}

// views lists the views that may show an item.
func (l language) views(views []protected.View) string {
	if len(views) == 0 {
		return l.say("なし", "none")
	}
	var words []string
	for _, v := range views {
		words = append(words, l.word(explain.InformationWords, v.Information)+" ("+l.word(explain.ViewWords, v.View)+", "+l.word(explain.ViewWords, v.Place)+", "+v.Rule+")")
	}
	return strings.Join(words, "; ")
}
