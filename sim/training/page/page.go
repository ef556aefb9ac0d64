// Package page is what the training room's pages have in common: the layout, the style sheet, the words for codes, forms that
// name the field which is wrong, and the headers that keep a page to itself.
package page

import (
	"bytes"
	"embed"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed layout
var layout embed.FS

//go:embed assets
var assets embed.FS

// Site is the pages of one part of the training room, each a template that defines "content" within the common layout. They are
// read when the first of them is shown: most processes show none.
type Site struct {
	pages func() map[string]*template.Template
}

// New is the site of the templates in a folder of a file system, and in its folder parts of what several pages share. A mistake in
// one is a mistake in the program.
func New(files fs.FS, folder string) *Site {
	return &Site{sync.OnceValue(func() map[string]*template.Template {
		base := template.Must(template.New("").Option("missingkey=error").Funcs(words).ParseFS(layout, "layout/*.html"))
		if shared := found(files, folder+"/parts/*.html"); len(shared) > 0 {
			template.Must(base.ParseFS(files, shared...))
		}
		pages := map[string]*template.Template{}
		for _, file := range found(files, folder+"/*.html") {
			pages[strings.TrimSuffix(path.Base(file), ".html")] = template.Must(template.Must(base.Clone()).ParseFS(files, file))
		}
		return pages
	})}
}

// found are the files of a pattern.
func found(files fs.FS, pattern string) []string {
	names, err := fs.Glob(files, pattern)
	if err != nil {
		panic(err) // the pattern is the program's own
	}
	return names
}

// Write answers with a page.
func (s *Site) Write(w http.ResponseWriter, status int, name string, view any) {
	var text bytes.Buffer
	if err := s.pages()[name].ExecuteTemplate(&text, "layout.html", view); err != nil {
		panic(err) // the template and what it shows do not fit; whoever calls answers 500
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(text.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(text.Bytes()) // fails when nobody is there any more
}

// policy lets a page load from its own listener alone, and be framed by nobody.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; " +
	"base-uri 'none'; frame-ancestors 'none'"

// Protect keeps pages to themselves: no other site can frame them, be told where their reader comes from, or send a form in
// the reader's name (CSRF).
func Protect(pages http.Handler) http.Handler {
	own := http.NewCrossOriginProtection()
	own.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "ほかのサイトのページからは操作できません。", http.StatusForbidden)
	}))
	pages = own.Handler(pages)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		r.Body = http.MaxBytesReader(w, r.Body, largestForm)
		pages.ServeHTTP(w, r)
	})
}

// largestForm bounds what a form sends, in bytes.
const largestForm = 64 << 10

// ServeAsset answers with a file of the layout: the request's path value "file".
func ServeAsset(w http.ResponseWriter, r *http.Request) {
	within, err := fs.Sub(assets, "assets")
	if err != nil {
		panic(err)
	}
	http.ServeFileFS(w, r, within, r.PathValue("file"))
}
