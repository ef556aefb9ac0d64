package main

import (
	"fmt"
	"strings"

	"onshisim/sim/columns"
)

// table prints rows of equally many cells, each column as wide as what is in it.
func (t *terminal) table(rows [][]string) error {
	var widths []int
	for _, row := range rows {
		widths = append(widths, make([]int, max(0, len(row)-len(widths)))...)
		for i, cell := range row {
			widths[i] = max(widths[i], columns.Width(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(columns.Pad(cell, widths[i]) + "  ")
		}
		if _, err := fmt.Fprintln(t.out, strings.TrimRight(line.String(), " ")); err != nil {
			return err
		}
	}
	return nil
}
