package extract

import (
	"encoding/json"
	"io"
	"strconv"

	"onshisim/sim/document"
	"onshisim/sim/population"
	"onshisim/sim/world"
)

// encoder makes the file of one table out of parts, each of which holds the rows of some persons.
type encoder interface {
	begin(w io.Writer) error // what stands before all rows
	part() part
	finish() error // what stands after all rows
}

// part is the rows of some persons, made beside others and put into the file in order.
type part interface {
	add(p *population.Person, r *population.Records) error
	addAll(n *population.Nation) error // of a table in which persons do not matter
	seal() error                       // when all rows are added
	put() (rows int, err error)        // into the file; then it is empty
}

// lines is the encoder of formats whose rows are lines.
type lines struct {
	header string
	make   func() lineSink
	of     *table
	w      io.Writer
}

// lineSink is a sink of lines.
type lineSink interface {
	sink
	person(p *population.Person, r *population.Records) error // a whole document, in place of rows
	buffer() *lineBuffer
}

func (l *lines) begin(w io.Writer) error {
	l.w = w
	_, err := io.WriteString(w, l.header)
	return err
}

func (l *lines) finish() error { return nil }

func (l *lines) part() part { return &linePart{l, l.make()} }

type linePart struct {
	of   *lines
	sink lineSink
}

func (p *linePart) add(person *population.Person, r *population.Records) error {
	if p.of.of.rows == nil {
		return p.sink.person(person, r)
	}
	p.of.of.rows(p.sink, person, r)
	return nil
}

func (p *linePart) addAll(n *population.Nation) error {
	p.of.of.static(p.sink, n)
	return nil
}

func (p *linePart) seal() error { return nil }

func (p *linePart) put() (rows int, err error) {
	b := p.sink.buffer()
	_, err = p.of.w.Write(b.bytes)
	rows = b.rows
	*b = lineBuffer{bytes: b.bytes[:0]}
	return rows, err
}

// lineBuffer is finished lines, and how many.
type lineBuffer struct {
	bytes []byte
	rows  int
	begun bool // a line
}

func (b *lineBuffer) buffer() *lineBuffer { return b }

const (
	bom      = "\uFEFF"
	crlf     = "\r\n" // RFC 4180
	comma    = ','
	quote    = '"'
	decimals = 10
)

func newCSV(t *table, withBOM bool) encoder {
	var header csvSink
	for _, c := range t.columns {
		header.text(c.name)
	}
	header.end()
	first := string(header.bytes)
	if withBOM {
		first = bom + first
	}
	return &lines{header: first, make: func() lineSink { return &csvSink{} }, of: t}
}

// csvSink writes rows of RFC 4180.
type csvSink struct{ lineBuffer }

func (s *csvSink) separate() {
	if s.begun {
		s.bytes = append(s.bytes, comma)
	}
	s.begun = true
}

func (s *csvSink) text(value string) {
	s.separate()
	if !standsInQuotes(value) {
		s.bytes = append(s.bytes, value...)
		return
	}
	s.bytes = append(s.bytes, quote)
	for i := range len(value) {
		if value[i] == quote {
			s.bytes = append(s.bytes, quote)
		}
		s.bytes = append(s.bytes, value[i])
	}
	s.bytes = append(s.bytes, quote)
}

// standsInQuotes says whether a field holds what RFC 4180 wants in quotes.
func standsInQuotes(value string) bool {
	for i := range len(value) {
		if c := value[i]; c <= comma && (c == quote || c == comma || c == '\r' || c == '\n') {
			return true
		}
	}
	return false
}

func (s *csvSink) truth(value bool) {
	s.separate()
	s.bytes = strconv.AppendBool(s.bytes, value)
}

func (s *csvSink) number(value int64) {
	s.separate()
	s.bytes = strconv.AppendInt(s.bytes, value, decimals)
}

func (s *csvSink) end() {
	s.bytes = append(s.bytes, crlf...)
	s.begun = false
	s.rows++
}

// person is never asked for: every table of CSV has rows.
func (s *csvSink) person(*population.Person, *population.Records) error { return nil }

func newJSONL(t *table, withRecords bool) encoder {
	return &lines{make: func() lineSink { return &jsonSink{columns: t.columns, withRecords: withRecords} }, of: t}
}

// jsonSink writes an object on each line.
type jsonSink struct {
	lineBuffer
	columns     []column
	next        int
	withRecords bool
}

func (s *jsonSink) value(value any) {
	s.bytes = append(s.bytes, "{,"[min(s.next, 1)])
	s.bytes = strconv.AppendQuote(s.bytes, s.columns[s.next].name)
	s.bytes = append(s.bytes, ':')
	text, _ := json.Marshal(value) // a text, a truth or a number
	s.bytes = append(s.bytes, text...)
	s.next++
}

func (s *jsonSink) text(value string)  { s.value(value) }
func (s *jsonSink) truth(value bool)   { s.value(value) }
func (s *jsonSink) number(value int64) { s.value(value) }

func (s *jsonSink) end() {
	s.bytes = append(s.bytes, "}\n"...)
	s.next = 0
	s.rows++
}

// person writes the person document of the interface; without records it has no lists of them at all, since an empty one
// would say that there are none.
func (s *jsonSink) person(p *population.Person, r *population.Records) error {
	d := Document(p, r, s.withRecords)
	text, err := json.Marshal(d)
	if err != nil {
		return err
	}
	s.bytes = append(append(s.bytes, text...), '\n')
	s.rows++
	return nil
}

// Document is a person as the interface's document, with or without the lists of records.
func Document(p *population.Person, r *population.Records, withRecords bool) any {
	d := document.Of(p, r)
	if withRecords {
		return &d
	}
	return &struct {
		world.Person
		Checkups        *struct{} `json:"checkups,omitempty"`
		Medicines       *struct{} `json:"medicines,omitempty"`
		MedicalExpenses *struct{} `json:"medicalExpenses,omitempty"`
	}{Person: d}
}
