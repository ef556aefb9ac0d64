package pdf

import "fmt"

// The page's measures in points: A4 with margins of some 2 cm.
const (
	pageWidth, pageHeight = 595, 842
	margin                = 57
	top, bottom           = pageHeight - margin - 12, margin
	footer                = 30
)

// A style is the size of letters and the space from line to line.
type style struct{ size, leading int }

var (
	heading = style{16, 26}
	plain   = style{10, 16}
)

// rows wraps a text at the margin.
func (s style) rows(text string) []string {
	return wrap(text, (pageWidth-2*margin)*1000/s.size)
}

// A row is a line of a page.
type row struct {
	text    string
	size, y int
}

// A page is what stands on it, without its number.
type page []row

// pages places title and lines. There is one page even if there is no text.
func (d *Document) pages(title string) []page {
	pages := []page{nil}
	y := top
	place := func(text string, s style) {
		for _, text := range s.rows(text) {
			if y < bottom {
				pages, y = append(pages, nil), top
			}
			last := &pages[len(pages)-1]
			*last = append(*last, row{text, s.size, y})
			y -= s.leading
		}
	}
	if title != "" {
		place(title, heading)
	}
	for _, line := range d.Lines {
		place(printable(line), plain)
	}
	return pages
}

// content gives the operators that show a page and its number.
func (p page) content(number, of int) []byte {
	content := []byte("BT\n")
	for _, r := range p {
		content = fmt.Appendf(content, "1 0 0 1 %d %d Tm\n", margin, r.y)
		content = appendShown(content, r.text, r.size)
	}
	mark := fmt.Sprintf("%d / %d", number, of)
	content = fmt.Appendf(content, "1 0 0 1 %d %d Tm\n", (pageWidth-len(mark)*plain.size/2)/2, footer)
	content = appendShown(content, mark, plain.size)
	return append(content, "ET"...)
}
