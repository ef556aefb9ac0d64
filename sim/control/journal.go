package control

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/guidance"
	"onshisim/sim/journal"
	"onshisim/sim/problem"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

func (h *handler) mountJournal(g huma.API) {
	web.Register(g, huma.Operation{
		OperationID: "read-journal", Method: http.MethodGet, Path: "/worlds/{world}/journal",
		Summary: "The requests to the national systems, with what was decided and why",
		Description: "To follow it, ask again with after = next of the answer before, and a wait: the answer then comes with the next request. " +
			"The journal is in memory and bounded; dropped counts what is gone. Requests beyond the most that a world answers at the same time are not in it.",
	}, h.readJournal)
	web.Register(g, huma.Operation{
		OperationID: "clear-journal", Method: http.MethodDelete, Path: "/worlds/{world}/journal", Summary: "Forget the requests so far; their numbers go on",
	}, h.clearJournal)
	web.Register(g, huma.Operation{
		OperationID: "verify-journal", Method: http.MethodPost, Path: "/worlds/{world}/journal/verify",
		Summary: "Whether as many requests match as are expected, and if not, which came closest",
		Description: "match is a part of an entry: objects in part, lists by some of their elements, texts with * for anything. " +
			"Without a count at least one has to match.",
	}, h.verifyJournal)
}

// longestWait bounds how long a reader of the journal is kept; shorter than the time that the end of the program leaves.
const longestWait = 5 * time.Second

type readJournalInput struct {
	WorldPath
	journal.Query
	Wait int `query:"wait" minimum:"0" maximum:"5" doc:"seconds to wait for an entry, if there is none after the number yet"`
}

type journalOutput struct {
	Body journal.Page
}

func (h *handler) readJournal(ctx context.Context, in *readJournalInput) (*journalOutput, error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	if err := h.checkQuery(&in.Query); err != nil {
		return nil, err
	}
	if in.Wait > 0 {
		waiting, cancel := context.WithTimeout(ctx, min(time.Duration(in.Wait)*time.Second, longestWait))
		defer cancel()
		if err := w.Journal().Wait(waiting, in.After); err != nil {
			return nil, err
		}
	}
	page, err := w.Journal().Read(ctx, in.Query)
	return &journalOutput{page}, err
}

// checkQuery refuses what no entry can ever match.
func (h *handler) checkQuery(q *journal.Query) error {
	if _, known := guidance.Find(q.Rule); q.Rule != "" && !known {
		return problem.BadField("query.rule", "there is no rule %q; ids are as in P13-1", q.Rule)
	}
	if q.Operation == "" || q.Operation == world.ProcessReservation {
		return nil
	}
	for _, operations := range h.Operations {
		if slices.Contains(operations, q.Operation) {
			return nil
		}
	}
	return problem.BadField("query.operation", "no system has an operation %q; ids are those of the OpenAPI document without the system, as in read-card", q.Operation)
}

func (h *handler) clearJournal(ctx context.Context, in *WorldPath) (*struct{}, error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	return nil, w.Journal().Clear(ctx)
}

type verifyJournalInput struct {
	WorldPath
	Body journal.Expectation
}

type verificationOutput struct {
	Body journal.Verification
}

func (h *handler) verifyJournal(ctx context.Context, in *verifyJournalInput) (*verificationOutput, error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	verified, err := w.Journal().Verify(ctx, in.Body)
	if err != nil {
		return nil, err
	}
	return &verificationOutput{verified}, nil
}
