package client

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"time"

	"onshisim/sim/journal"
)

// LongestWait is the longest that the control plane keeps a question that waits: for the journal, or for a card on a reader.
const LongestWait = 5 * time.Second

// Journal reads the requests to the national systems, with what was decided and why. If there is none after query.After
// yet, it waits for the next one, in whole seconds and at most LongestWait; to follow the journal, ask again with After =
// Next of the page before.
func (w *World) Journal(ctx context.Context, query journal.Query, wait time.Duration) (journal.Page, error) {
	values := valuesOf(query)
	if wait > 0 {
		values.Set("wait", waited(wait))
	}
	path := "/journal"
	if len(values) > 0 {
		path += "?" + values.Encode()
	}
	return ask[journal.Page](ctx, w, http.MethodGet, path, nil)
}

// ClearJournal forgets the requests so far; their numbers go on.
func (w *World) ClearJournal(ctx context.Context) error {
	return w.Plane.call(ctx, http.MethodDelete, w.path("/journal"), nil, nil)
}

// Verify says whether as many requests match as are expected, and if not, which came closest.
func (w *World) Verify(ctx context.Context, expected journal.Expectation) (journal.Verification, error) {
	return ask[journal.Verification](ctx, w, http.MethodPost, "/journal/verify", expected)
}

// waited is a wait as the control plane takes it: whole seconds.
func waited(wait time.Duration) string {
	return strconv.Itoa(int((min(wait, LongestWait) + time.Second - 1) / time.Second))
}

// valuesOf are the fields that ask for something, by their query tags.
func valuesOf(query journal.Query) url.Values {
	values := url.Values{}
	q := reflect.ValueOf(query)
	for i := range q.NumField() {
		if field := q.Field(i); !field.IsZero() {
			values.Set(q.Type().Field(i).Tag.Get("query"), fmt.Sprint(field))
		}
	}
	return values
}
