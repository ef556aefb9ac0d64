package picture

import (
	"html/template"
	"reflect"

	"onshisim/sim/explain"
)

// tableView is the table of page 12 for one person.
type tableView struct {
	Mutant  string
	Members []membership
	Span    int // columns of a place
	Lines   []line
}

// line is an information and how it is seen, with the cells of both places.
type line struct {
	Rule, Information, View string
	Cells                   []cell

	item string
}

// cell is what becomes of the information about one membership at one place, or about all of them alike.
type cell struct {
	outcome
	Span    int
	Of      string // letter of the membership
	Reasons []reason
}

// Table draws a person's table of page 12: each information at each place, for each membership (P13), with the reasons.
func Table(disclosed explain.Disclosure, names Names) template.HTML {
	members := legend(disclosed.Rows, names)
	return render("table", tableView{disclosed.Mutant, members, max(1, len(members)), linesOf(disclosed.Rows, members)})
}

// linesOf lays rows out line by line, in the order they have: that of the notice.
func linesOf(rows []explain.DisclosureRow, members []membership) (lines []line) {
	for len(rows) > 0 {
		l := line{
			cite(rows[0].Rule), explain.InformationWords[rows[0].Information][0], explain.ViewWords[rows[0].View][0], nil, rows[0].Item,
		}
		first := rows[0]
		for len(rows) > 0 && rows[0].Rule == first.Rule && rows[0].Item == first.Item {
			n := atOnePlace(rows)
			l.Cells = append(l.Cells, cellsOf(rows[:n], members)...)
			rows = rows[n:]
		}
		lines = append(lines, l)
	}
	return withoutItems(lines)
}

// atOnePlace is how many of the first rows are about the same information at the same place.
func atOnePlace(rows []explain.DisclosureRow) (n int) {
	for n < len(rows) && rows[n].Rule == rows[0].Rule && rows[n].Item == rows[0].Item && rows[n].Place == rows[0].Place {
		n++
	}
	return n
}

// cellsOf are a place's cells: one for each membership, or one for all where nothing is offered or the latest alone is asked.
func cellsOf(rows []explain.DisclosureRow, members []membership) (cells []cell) {
	if rows[0].Outcome == "notOffered" || len(rows) == 1 {
		c := cellOf(&rows[0], members)
		c.Of, c.Span = "", max(1, len(members))
		return []cell{c}
	}
	for i := range rows {
		cells = append(cells, cellOf(&rows[i], members))
	}
	return cells
}

func cellOf(row *explain.DisclosureRow, members []membership) cell {
	c := cell{outcome: outcomes[row.Outcome], Span: 1, Of: letterOf(members, row.PersonalInsuredNumber)}
	for _, r := range row.Reasons {
		c.Reasons = append(c.Reasons, because(r, letterOf(members, r.PersonalInsuredNumber)))
	}
	return c
}

// withoutItems makes one line of those that differ in the item alone; where a flag of a single item makes a difference, each
// keeps its line, with the item's name (P6-1, P6-6).
func withoutItems(lines []line) (merged []line) {
	for len(lines) > 0 {
		n, same := 1, true
		for ; n < len(lines) && lines[n].Rule == lines[0].Rule; n++ {
			same = same && reflect.DeepEqual(lines[n].Cells, lines[0].Cells)
		}
		if same {
			merged = append(merged, lines[0])
		} else {
			for _, l := range lines[:n] {
				l.Information += "(" + explain.InformationWords[l.item][0] + ")"
				merged = append(merged, l)
			}
		}
		lines = lines[n:]
	}
	return merged
}
