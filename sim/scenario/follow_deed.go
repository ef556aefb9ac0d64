package scenario

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"onshisim/sim/journal"
)

// deed is one request as the journal has it; its bodies are read when they are asked for.
type deed struct {
	record   *journal.Record
	at       time.Time
	segments []string // of the path
	query    url.Values

	body  map[string]any
	read  bool
	given *answer
}

func deedOf(r *journal.Record) *deed {
	path, query, _ := strings.Cut(r.Path, "?")
	d := &deed{record: r, segments: strings.Split(path, "/")}
	for i, segment := range d.segments {
		if plain, err := url.PathUnescape(segment); err == nil {
			d.segments[i] = plain
		}
	}
	if values, err := url.ParseQuery(query); err == nil {
		d.query = values
	}
	if at, err := time.Parse(time.RFC3339, r.At); err == nil {
		d.at = at
	}
	return d
}

// request is the body that was sent; nil if it was no object, or was cut.
func (d *deed) request() map[string]any {
	if !d.read {
		d.read = true
		if recode(d.record.Request, &d.body) != nil {
			d.body = nil
		}
	}
	return d.body
}

// asked is a text of the request.
func (d *deed) asked(name string) string {
	text, _ := d.request()[name].(string)
	return text
}

// answer is what came back.
func (d *deed) answer() *answer {
	if d.given != nil {
		return d.given
	}
	var body []byte
	switch value := d.record.Answer.(type) {
	case nil:
	case string: // no JSON, or cut
		body = []byte(value)
	default:
		body = []byte(compact(value))
	}
	d.given = newAnswer(d.record.Status, nil, body)
	return d.given
}

// cardRead is the id of the card read that the deed was; empty if it was none.
func (d *deed) cardRead() string {
	if d.record.Method != http.MethodPost || d.record.Path != "/terminal/card-reads" {
		return ""
	}
	return d.answer().text("cardReadId")
}
