package page

import (
	"net/url"
	"slices"
	"strings"
)

// View is what a page shows.
type View struct {
	Title string // of the page; its one heading
	Seat  string // whose screen it is, as a class of the style sheet: insurer, portal, …
	Place string // where the reader sits, in words
	World string
	Now   string // the world's time; empty: the page is of no world
	Home  string // path of the first page
	Files string // path of the style sheet's folder, with a slash at the end
	Links []Link // to the other pages of the seat
	Leave *Leave // how to end the session; nil: there is none
	Live  string // path of the events after which the page's live parts are read again; empty: none
	Done  string // what was just done; empty: nothing

	Styles  []string // style sheets beside the common one
	Warning string   // what to know before anything on the page is believed; empty: nothing

	Refusal *Refusal // nil: nothing was refused
	Form    Form
	Data    any // of the page itself
}

// Link leads to another page.
type Link struct {
	Path, Text string
	Here       bool // the reader is there
}

// Leave is the button that ends a session.
type Leave struct{ Path, Text string }

// Form is what a form was sent with, to be shown again with what was wrong.
type Form struct {
	Values url.Values
	Errors map[string]string // by the name of the field
}

// Field is one field of a form.
type Field struct {
	Name, Label, Value string
	ID                 string // what tells it from all others of the page
	Type               string // text, date, password, …
	Hint, Error        string
	Required           bool
	Pattern, Mode      string // what may be written in it, and which keys a phone offers
	Options            []Option
}

// Option is one choice of a field.
type Option struct {
	Value, Text string
	Chosen      bool
}

// kinds are the kinds of fields by their names in templates.
var kinds = map[string]Field{
	"text":     {Type: "text"},
	"date":     {Type: "date"},
	"time":     {Type: "time"},
	"month":    {Type: "text", Pattern: `\d{4}-\d{2}`, Hint: "例: 2021-03"},
	"pin":      {Type: "password", Pattern: `\d{4}`, Mode: "numeric", Hint: "数字4桁"},
	"number12": {Type: "text", Pattern: `\d{12}`, Mode: "numeric", Hint: "数字12桁"},
	"digits":   {Type: "text", Mode: "numeric"},
	"password": {Type: "password"},
	"instant":  {Type: "text", Hint: "例: 2021-04-01T09:00:00+09:00"},
}

// Field is a field of a kind; one whose kind ends with * must be filled in.
func (v *View) Field(name, label, kind string) Field {
	kind, required := strings.CutSuffix(kind, "*")
	f := kinds[kind]
	f.Name, f.ID, f.Label, f.Required = name, name, label, required
	f.Value, f.Error = v.Form.Values.Get(name), v.Form.Errors[name]
	return f
}

// Choice is a field with options, each as in "1=男"; the first is chosen unless the form says otherwise.
func (v *View) Choice(name, label string, options ...string) Field {
	return chosenFrom(v.Field(name, label, "text"), options)
}

// chosenFrom is a field with options.
func chosenFrom(f Field, options []string) Field {
	for i, option := range options {
		value, text, _ := strings.Cut(option, "=")
		f.Options = append(f.Options, Option{value, text, value == f.Value || f.Value == "" && i == 0})
	}
	return f
}

// Nth is what a form was sent with in the nth field of a name, from 1.
func (v *View) Nth(name string, n int) string {
	if values := v.Form.Values[name]; n <= len(values) {
		return values[n-1]
	}
	return ""
}

// Ticked says whether a form was sent with a box ticked, or a choice made.
func (v *View) Ticked(name, value string) bool { return slices.Contains(v.Form.Values[name], value) }

// again is a field of a name that another form of the page has too.
func again(f Field) Field {
	f.ID += "-again"
	return f
}

// hinted is a field with a hint of its own.
func hinted(f Field, hint string) Field {
	f.Hint = hint
	return f
}
