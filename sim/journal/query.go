package journal

import (
	"context"
	"slices"
)

// Query says which entries are read. A field that is empty or 0 leaves its choice open; the others all have to hold.
type Query struct {
	After     uint64 `query:"after" doc:"number after which to begin"`
	Limit     int    `query:"limit" minimum:"0" doc:"the most entries to give; 0: all"`
	System    string `query:"system" enum:"intermediate,mynaportal,jpki,terminal,disaster" doc:"as in terminal"`
	Operation string `query:"operation" doc:"as in read-card"`
	Role      string `query:"role" enum:"insurer,agency,institution,cardOffice,citizen" doc:"of who asked"`
	Code      string `query:"actorCode" doc:"of who asked: insurer number, agency code or medical institution code"`
	Person    string `query:"person" doc:"id of the person who asked, or whom a decision is about"`
	Status    int    `query:"status" doc:"of HTTP, exactly"`
	Outcome   string `query:"outcome" enum:"notOffered,provided,addressHidden,withheld,refused" doc:"of any decision"`
	Rule      string `query:"rule" doc:"rule id of any decision or of a reason of it, as in P13-1"`
}

// Page is what a Query found.
type Page struct {
	Entries []Record `json:"entries" doc:"those that match, oldest first"`
	Next    uint64   `json:"next" doc:"the after of the next page: nothing up to this number is left to give; less than the asked number if that was never given"`
	Dropped uint64   `json:"dropped" doc:"how many entries after the asked number went over the bounds, whether they would have matched or not"`
	Total   int      `json:"total" doc:"how many entries after the asked number match, on this page or later"`
}

// Read gives the entries that match, oldest first, from after q.After, at most q.Limit.
func (j *Journal) Read(ctx context.Context, q Query) (Page, error) {
	s, err := j.book.since(ctx, q.After)
	if err != nil {
		return Page{}, err
	}
	page := Page{Entries: []Record{}, Next: s.last, Dropped: s.dropped}
	for _, e := range s.entries {
		if !q.matches(e) {
			continue
		}
		page.Total++
		if q.Limit <= 0 || len(page.Entries) < q.Limit {
			page.Entries = append(page.Entries, e.record())
		}
	}
	if given := len(page.Entries); given < page.Total {
		page.Next = page.Entries[given-1].Number
	}
	return page, nil
}

// matches looks at the raw facts: only what is given is put into words.
func (q *Query) matches(e *Entry) bool {
	return asked(q.System, e.System) && asked(q.Operation, e.Operation) &&
		asked(q.Role, e.Actor.Role) && asked(q.Code, e.Actor.Code) &&
		(q.Status == 0 || q.Status == e.Status) &&
		(asked(q.Person, e.Actor.Person) || slices.ContainsFunc(e.Decisions, func(d Decision) bool { return d.Person == q.Person })) &&
		(q.Outcome == "" || slices.ContainsFunc(e.Decisions, func(d Decision) bool { return d.outcome() == q.Outcome })) &&
		(q.Rule == "" || slices.ContainsFunc(e.Decisions, func(d Decision) bool { return d.cites(q.Rule) }))
}

// asked says whether a value is the one asked for, if any is.
func asked(want, got string) bool { return want == "" || want == got }

// cites says whether a rule stands at the decision itself or at one of its reasons.
func (d *Decision) cites(rule string) bool {
	if d.rule() == rule {
		return true
	}
	for i := range d.Verdict.Reasons {
		if d.Verdict.Reasons[i].Rule == rule {
			return true
		}
	}
	return false
}
