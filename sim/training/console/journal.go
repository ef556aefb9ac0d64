package console

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"

	"onshisim/sim/journal"
	"onshisim/sim/training/picture"
)

// listedRequests bounds the requests of a page.
const listedRequests = 200

// records are the requests of the world that match a query, oldest first.
func (v *visit) records(query url.Values) ([]journal.Record, error) {
	answer, err := v.askHere("GET", "/journal?"+query.Encode(), nil)
	if err != nil {
		return nil, err
	}
	page, err := into[journal.Page](answer)
	return page.Entries, err
}

// latest are the latest requests of the world, at most so many; no others are read.
func (v *visit) latest(most uint64) ([]journal.Record, error) {
	at, err := v.world.Journal().Mark(v.Context())
	if err != nil {
		return nil, err
	}
	return v.records(url.Values{"after": {strconv.FormatUint(at.Last-min(at.Last, most), 10)}})
}

// showJournal lists the requests, newest first.
func showJournal(v *visit) {
	query := url.Values{}
	for _, name := range []string{"person", "system", "outcome"} {
		if value := v.URL.Query().Get(name); value != "" {
			query.Set(name, value)
		}
	}
	records, err := v.records(query)
	if v.refused(err) {
		records = nil
	}
	v.view.Form.Values = v.URL.Query()
	if err == nil {
		v.liveHere()
	}
	v.show("journal", "記録", map[string]any{"Path": v.here("/journal"), "Requests": v.requests(records, listedRequests), "Total": len(records)})
}

// clearJournal forgets the requests so far.
func clearJournal(v *visit) {
	if _, err := v.askHere("DELETE", "/journal", nil); v.refused(err) {
		showJournal(v)
		return
	}
	v.done(v.here("/journal"), "journal")
}

// showRequest shows one request in full.
func showRequest(v *visit) {
	number, err := strconv.ParseUint(v.PathValue("number"), 10, 64)
	if err != nil || number == 0 {
		v.lost()
		return
	}
	records, err := v.records(url.Values{"after": {strconv.FormatUint(number-1, 10)}, "limit": {"1"}})
	if err != nil {
		v.fail(err)
		return
	}
	if len(records) == 0 || records[0].Number != number {
		v.lost()
		return
	}
	r := &records[0]
	v.show("request", "記録 "+strconv.FormatUint(number, 10), map[string]any{
		"Record": r, "Request": v.inWords(r), "Path": v.here(""), "Sequence": picture.Sequence(r, v.insurersOf(r)),
		"Asked": pretty(r.Request), "Answered": pretty(r.Answer), "Decisions": decisionsOf(r, v.insurersOf(r)),
	})
}

// insurersOf are the names of the insurers of all whom a request is about.
func (v *visit) insurersOf(r *journal.Record) picture.Names {
	names := picture.Names{}
	for i := range r.Decisions {
		if p, known := v.world.Person(r.Decisions[i].Person); known {
			for number, name := range picture.NamesOf(p) {
				names[number] = name
			}
		}
	}
	return names
}

// pretty is a body as people read it; empty for none.
func pretty(body any) string {
	switch body := body.(type) {
	case nil:
		return ""
	case string:
		return body
	default:
		text, err := json.MarshalIndent(body, "", "  ")
		if err != nil {
			panic(err) // it was read from JSON
		}
		return string(text)
	}
}

// requests are the latest of some records in words, newest first, at most so many.
func (v *visit) requests(records []journal.Record, most int) requestList {
	list := make([]request, 0, min(most, len(records)))
	for _, r := range slices.Backward(records) {
		if len(list) == most {
			break
		}
		list = append(list, v.inWords(&r))
	}
	return requestList{list, v.here("")}
}
