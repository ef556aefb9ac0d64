// Package picture draws what an instructor shows a class: a person's table of page 12 with the reasons, the person's
// memberships and flags on a time axis, and one request's way through the national systems. The pictures are HTML and SVG
// without scripts and without styles of their own, so that a page under a strict Content-Security-Policy can hold them; no
// colour says anything that a sign and a word don't say too. It knows no rules: what it shows was decided elsewhere.
package picture

import (
	"embed"
	"html/template"
	"strings"
)

// CSS is the style sheet of the pictures; all of it is bound to the class picture.
//
//go:embed picture.css
var CSS string

//go:embed picture.html.tmpl
var files embed.FS

var pages = template.Must(template.ParseFS(files, "picture.html.tmpl"))

// render fills a template; one that does not fit its view is a mistake of this package, which every test would meet.
func render(name string, view any) template.HTML {
	var out strings.Builder
	if err := pages.ExecuteTemplate(&out, name, view); err != nil {
		panic(err)
	}
	return template.HTML(out.String()) //nolint:gosec // html/template has escaped it
}
