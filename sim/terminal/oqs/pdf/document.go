// Package pdf writes lines of Japanese text as a PDF. It is written by hand, since libraries in Go embed a TrueType font, for
// which the container image has no room, and don't know the Japanese fonts that readers bring along.
package pdf

import (
	"fmt"
	"strings"
)

// Document is a text on as many pages as it needs (A4, upright).
type Document struct {
	Title string // in larger letters on the first page, and in the reader's window
	Lines []string
}

// Append appends the document. The same document gives the same bytes: it has no date and no identifier.
//
// Control characters are written as spaces, and variation selectors are left out: readers' fonts have no glyph for them.
func (d *Document) Append(to []byte) []byte {
	title := printable(d.Title)
	pages := d.pages(title)
	w := writer{to: to, start: len(to)}
	w.text("%PDF-1.5\n%\xE2\xE3\xCF\xD3\n") // the second line tells programs that the file is no text

	w.object("<</Type/Catalog/Pages 2 0 R/Lang(ja-JP)/ViewerPreferences<</DisplayDocTitle true>>>>")
	w.object(fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids(len(pages)), len(pages)))
	w.object("<</Title<FEFF" + hexUTF16(title) + ">>>")
	for _, font := range fonts {
		w.object(font)
	}
	for i, page := range pages {
		content := page.content(i+1, len(pages))
		w.object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</Font<</J 4 0 R/L 7 0 R>>>>/Contents %d 0 R>>",
			pageWidth, pageHeight, firstPage+2*i+1))
		w.object(fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(content), content))
	}
	return w.end()
}

// firstPage is the object of the first page. Each page's content follows it.
const firstPage = 8

func kids(pages int) string {
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, " %d 0 R", firstPage+2*i)
	}
	return strings.TrimPrefix(kids.String(), " ")
}

// fonts are objects 4 to 7. The Japanese one is among those that Adobe names for readers to bring, and to replace by a
// gothic font of their own; its metrics are Adobe's. UniJIS-UTF16-H is the predefined mapping of Unicode with surrogates
// (PDF 1.5); half-width katakana have its codes 327 to 389, and all other letters are em squares. ASCII is set in Courier,
// whose letters have one width in every reader: those of a replacing gothic font could overlap.
var fonts = []string{
	"<</Type/Font/Subtype/Type0/BaseFont/HeiseiKakuGo-W5-UniJIS-UTF16-H/Encoding/UniJIS-UTF16-H/DescendantFonts[5 0 R]>>",
	"<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiKakuGo-W5/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 5>>" +
		"/DW 1000/W[327 389 500]/FontDescriptor 6 0 R>>",
	"<</Type/FontDescriptor/FontName/HeiseiKakuGo-W5/Flags 4/FontBBox[-92 -250 1010 922]/ItalicAngle 0/Ascent 752/Descent -221" +
		"/CapHeight 709/StemV 114>>",
	"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
}

// A writer numbers objects and remembers where they begin.
type writer struct {
	to      []byte
	start   int // of the document
	offsets []int
}

func (w *writer) text(text string) { w.to = append(w.to, text...) }

func (w *writer) object(body string) {
	w.offsets = append(w.offsets, len(w.to)-w.start)
	w.to = fmt.Appendf(w.to, "%d 0 obj\n%s\nendobj\n", len(w.offsets), body)
}

// end writes the table of objects, whose lines must have 20 bytes each, and the trailer.
func (w *writer) end() []byte {
	table := len(w.to) - w.start
	w.to = fmt.Appendf(w.to, "xref\n0 %d\n0000000000 65535 f \n", len(w.offsets)+1)
	for _, offset := range w.offsets {
		w.to = fmt.Appendf(w.to, "%010d 00000 n \n", offset)
	}
	return fmt.Appendf(w.to, "trailer\n<</Size %d/Root 1 0 R/Info 3 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(w.offsets)+1, table)
}
