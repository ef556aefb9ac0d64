package picture

import (
	"fmt"
	"unicode/utf8"
)

// drawing is an SVG: shapes on a canvas, with what it shows in words for whoever doesn't see it. Its
// methods are called dozens of times; they are not inlined, which would make the program larger for nothing.
type drawing struct {
	Title, Desc   string
	Width, Height int
	Shapes        []shape
}

// shape is a rectangle (Width), a text (Text) or a path (Path); its looks are its class's.
type shape struct {
	Class, Text, Anchor, Path string
	X, Y, Width, Height       int
}

//go:noinline
func (d *drawing) rect(class string, x, y, width, height int) {
	d.Shapes = append(d.Shapes, shape{Class: class, X: x, Y: y, Width: max(1, width), Height: height})
}

// text writes a text; the anchor is start, middle or end.
//
//go:noinline
func (d *drawing) text(class, anchor string, x, y int, text string) {
	d.Shapes = append(d.Shapes, shape{Class: class, Anchor: anchor, X: x, Y: y, Text: text})
}

//go:noinline
func (d *drawing) line(class string, x1, y1, x2, y2 int) {
	d.path(class, fmt.Sprintf("M%d %dL%d %d", x1, y1, x2, y2))
}

//go:noinline
func (d *drawing) path(class, path string) {
	d.Shapes = append(d.Shapes, shape{Class: class, Path: path})
}

// wide is about how wide a text of the usual size is.
func wide(text string) (width int) {
	const narrow, full = 8, 14
	for _, r := range text {
		if r < utf8.RuneSelf {
			width += narrow
		} else {
			width += full
		}
	}
	return width
}

// fitting is a text cut to a width.
func fitting(text string, width int) string {
	if wide(text) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && wide(string(runes))+wide("…") > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}
