// Package report makes tables and plots of what was measured. The same results give the same bytes.
package report

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"onshisim/bench/result"
)

// Write puts the tables between the marks in a document, and the plots into a folder.
func Write(r *result.Results, document, folder string) error {
	text, err := os.ReadFile(document)
	if err != nil {
		return err
	}
	filled, err := Fill(string(text), r)
	if err != nil {
		return fmt.Errorf("%s: %w", document, err)
	}
	if err := os.WriteFile(document, []byte(filled), 0o644); err != nil {
		return err
	}
	plots, err := Plots(r)
	if err != nil {
		return err
	}
	for name, plot := range plots {
		if err := os.WriteFile(filepath.Join(folder, name), plot, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// tables are the parts of the document that are made, by the name of their marks.
var tables = []struct {
	name string
	make func(r *result.Results) string
}{
	{"hot", func(r *result.Results) string { return comparisons(r.Hot, true) + picture(r.Hot) }},
	{"nation", func(r *result.Results) string { return comparisons(r.Nation, true) }},
	{"durable", func(r *result.Results) string { return comparisons(r.Durable, false) }},
	{"replay", func(r *result.Results) string { return rates(r.Replay) }},
	{"start", func(r *result.Results) string { return starts(r.Start) }},
	{"persons", func(r *result.Results) string { return curves(r.Growth, "persons") }},
	{"events", func(r *result.Results) string { return curves(r.Growth, "events") }},
	{"worlds", func(r *result.Results) string { return curves(r.Growth, "worlds") }},
	{"connections", func(r *result.Results) string { return curves(r.Growth, "connections") }},
	{"replicas", func(r *result.Results) string { return curves(r.Growth, "replicas") }},
	{"peers", func(r *result.Results) string { return comparisons(r.Peers, true) }},
	{"pgo", func(r *result.Results) string { return comparisons(r.PGO, true) }},
}

// Fill puts the tables between the marks of a document, which has to have all of them.
func Fill(document string, r *result.Results) (string, error) {
	for _, table := range tables {
		begin, end := "<!-- bench:"+table.name+" -->\n", "<!-- /bench:"+table.name+" -->"
		before, rest, found := strings.Cut(document, begin)
		_, after, closed := strings.Cut(rest, end)
		if !found || !closed {
			return "", fmt.Errorf("there are no marks %s … %s", strings.TrimSpace(begin), end)
		}
		document = before + begin + table.make(r) + end + after
	}
	return document, nil
}
