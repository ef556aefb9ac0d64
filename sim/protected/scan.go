package protected

import (
	"context"
	"io"

	"onshisim/sim/leakscan"
	"onshisim/sim/world"
)

// Report tells which items of a world's protected persons stand where in a text.
type Report struct {
	Bytes       int64         `json:"bytes" doc:"how many were read, as given"`
	Unpacked    bool          `json:"unpacked" doc:"whether it was gzip"`
	Persons     int           `json:"persons" doc:"how many persons are protected"`
	Items       int           `json:"items" doc:"how many texts of theirs were looked for"`
	Total       int           `json:"total" doc:"how often protected items occur"`
	Findings    []Finding     `json:"findings" doc:"in the order of the text; at most 20 places of an item, and 1,000 in all"`
	Cut         bool          `json:"cut" doc:"there are more than are listed"`
	Untraceable []Untraceable `json:"untraceable" doc:"what protected persons have, but could not be looked for"`
}

// Finding is one place at which an item stands.
type Finding struct {
	leakscan.Finding
	MayHaveComeThrough []View `json:"mayHaveComeThrough" doc:"the views that show the item by right as the flags stand now, by the notice also where the world answers by a mutant; none: it ought to be nowhere"`
}

// Untraceable is a text of a protected person that leads to nobody.
type Untraceable struct {
	Person string        `json:"person"`
	Kind   leakscan.Kind `json:"kind"`
	Text   string        `json:"text"`
	Why    string        `json:"why" enum:"shared,length" doc:"a person without flags has it too; or it has fewer than 4 characters, or more than 1,000"`
}

// Scan reads a text to its end and reports what of the world's protected persons stands in it. An error tells why the
// text could not be read to its end: leakscan.ErrBrokenGzip, or what the reader says.
func Scan(ctx context.Context, w *world.World, text io.Reader) (Report, error) {
	belongings := Of(w)
	scanner := leakscan.New(belongings.Items)
	found, err := scanner.Scan(ctx, text)
	report := Report{
		Bytes: found.Bytes, Unpacked: found.Unpacked, Persons: belongings.persons, Items: len(belongings.Items) - len(scanner.Ignored()), Total: found.Total, Cut: found.Cut,
		Findings: []Finding{}, Untraceable: []Untraceable{},
	}
	look := w.Look(ctx).ByNotice() // what a mutant shows is a leak
	for _, f := range found.Findings {
		views := []View{}
		if p, known := w.Person(f.Person); known {
			views = belongings.Views(look, p, leakscan.Item{Person: f.Person, Kind: f.Kind, Text: f.Text})
		}
		report.Findings = append(report.Findings, Finding{f, views})
	}
	for _, item := range belongings.Shared {
		report.Untraceable = append(report.Untraceable, Untraceable{item.Person, item.Kind, item.Text, "shared"})
	}
	for _, item := range scanner.Ignored() {
		report.Untraceable = append(report.Untraceable, Untraceable{item.Person, item.Kind, item.Text, "length"})
	}
	return report, err
}
