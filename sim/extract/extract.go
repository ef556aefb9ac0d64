// Package extract writes the synthetic nation as tables to load into other databases: persons, cards, proxies, memberships
// and their flags, and if asked for checkups, medicines and medical expenses. Nothing but the spec is needed, and the same
// spec gives the same bytes.
package extract

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"onshisim/sim/population"
)

// The formats.
const (
	CSV     = "csv"     // RFC 4180, UTF-8, with a header row
	JSONL   = "jsonl"   // one document on each line: persons are nested as in the interface
	Parquet = "parquet" // with dictionaries, compressed by Snappy
)

// Options say what is written.
type Options struct {
	Population population.Spec
	From, To   int      // of the persons, To not included; To 0: all from From on
	Format     string   // one of the constants
	Tables     []string // by name; none: all
	Records    bool     // checkups, medicines and medical expenses too
	BOM        bool     // CSV begins with a byte order mark
	Workers    int      // who compute at the same time; at least 1

	Progress func(persons int) // hears how many persons are written; nil: nobody
}

// nation checks the options and makes the nation.
func (o *Options) nation() (*population.Nation, error) {
	n, err := population.New(o.Population)
	if err != nil {
		return nil, err
	}
	if o.To == 0 {
		o.To = n.Persons()
	}
	if o.From < 0 || o.From >= o.To || o.To > n.Persons() {
		return nil, fmt.Errorf("range %d:%d: must lie within 0:%d, and hold somebody", o.From, o.To, n.Persons())
	}
	if !slices.Contains([]string{CSV, JSONL, Parquet}, o.Format) {
		return nil, fmt.Errorf("format %q: must be %s, %s or %s", o.Format, CSV, JSONL, Parquet)
	}
	if o.BOM && o.Format != CSV {
		return nil, errors.New("a byte order mark goes with the format csv only")
	}
	o.Workers = max(o.Workers, 1)
	return n, nil
}

// chosen are the tables that are written.
func (o *Options) chosen() ([]*table, error) {
	all := tables
	if o.Format == JSONL {
		all = documentTables
	}
	var names []string
	var found []*table
	for i := range all {
		t := &all[i]
		if t.ofRecords && !o.Records && !slices.Contains(o.Tables, t.name) {
			continue
		}
		names = append(names, t.name)
		if len(o.Tables) == 0 || slices.Contains(o.Tables, t.name) {
			found = append(found, t)
		}
	}
	for _, name := range o.Tables {
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("%q is no table of the format %s; the tables are %s", name, o.Format, strings.Join(Tables(o.Format), ", "))
		}
	}
	return found, nil
}

// Tables are the names of the tables that a format has.
func Tables(format string) (names []string) {
	all := tables
	if format == JSONL {
		all = documentTables
	}
	for i := range all {
		names = append(names, all[i].name)
	}
	return names
}
