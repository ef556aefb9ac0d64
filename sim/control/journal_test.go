package control_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/journal"
)

// asked gives the world t1 with two requests in its journal.
func asked(t *testing.T) *plane {
	t.Helper()
	p := newPlane(t)
	w := p.made(t)
	require.NoError(t, w.Journal().Add(t.Context(), journal.Entry{At: w.Now(), Method: http.MethodPost, Path: "/terminal/card-reads", System: "terminal", Operation: "read-card", Status: 200}))
	require.NoError(t, w.Journal().Add(t.Context(), journal.Entry{At: w.Now(), Method: http.MethodGet, Path: "/mynaportal/medicines", System: "mynaportal", Operation: "list-medicines", Status: 401}))
	return p
}

func TestJournalIsReadByParts(t *testing.T) {
	t.Parallel()
	p := asked(t)
	numbers := func(query string) (numbers []uint64) {
		page := read[journal.Page](t, p.send(http.MethodGet, "/worlds/t1/journal"+query, ""), http.StatusOK)
		for _, r := range page.Entries {
			numbers = append(numbers, r.Number)
		}
		return numbers
	}
	require.Equal(t, []uint64{1, 2}, numbers(""))
	require.Equal(t, []uint64{2}, numbers("?after=1"))
	require.Equal(t, []uint64{1}, numbers("?limit=1"))
	require.Equal(t, []uint64{2}, numbers("?system=mynaportal"))
	require.Equal(t, []uint64{1}, numbers("?status=200&operation=read-card"))
	require.Empty(t, numbers("?person=hanako"))
	refused(t, p.send(http.MethodGet, "/worlds/t1/journal?sytem=terminal", ""), http.StatusUnprocessableEntity, "SIM-REQ-422", "query.sytem")
	refused(t, p.send(http.MethodGet, "/worlds/t1/journal?outcome=hidden", ""), http.StatusUnprocessableEntity, "SIM-REQ-422", "query.outcome")
	refused(t, p.send(http.MethodGet, "/worlds/t1/journal?rule=P99-1", ""), http.StatusUnprocessableEntity, "SIM-REQ-422", "query.rule")
	refused(t, p.send(http.MethodGet, "/worlds/t1/journal?operation=read-crad", ""), http.StatusUnprocessableEntity, "SIM-REQ-422", "query.operation")
	require.Equal(t, http.StatusNoContent, p.send(http.MethodDelete, "/worlds/t1/journal", "").Code)
	require.Empty(t, numbers(""))
}

// Who waits gets the next entry as soon as it is there.
func TestJournalIsFollowed(t *testing.T) {
	t.Parallel()
	p := asked(t)
	w, err := p.worlds.World(t.Context(), "t1")
	require.NoError(t, err)
	answered := make(chan journal.Page, 1)
	go func() {
		answered <- read[journal.Page](t, p.send(http.MethodGet, "/worlds/t1/journal?after=2&wait=5", ""), http.StatusOK)
	}()
	require.NoError(t, w.Journal().Add(t.Context(), journal.Entry{At: time.Now(), System: "disaster"}))
	page := <-answered
	require.Len(t, page.Entries, 1)
	require.Equal(t, "disaster", page.Entries[0].System)
	require.Equal(t, uint64(3), page.Next)
}

func TestJournalIsVerified(t *testing.T) {
	t.Parallel()
	p := asked(t)
	verify := func(body string) journal.Verification {
		return read[journal.Verification](t, p.send(http.MethodPost, "/worlds/t1/journal/verify", body), http.StatusOK)
	}
	require.True(t, verify(`{"match": {"system": "terminal", "path": "/terminal/*"}, "exactly": 1}`).Holds)
	missed := verify(`{"match": {"operation": "list-medicines", "status": 200}}`)
	require.False(t, missed.Holds)
	require.Equal(t, []journal.Difference{{Field: "status", Expected: "200", Got: "401"}}, missed.NearMisses[0].Differences)
	refused(t, p.send(http.MethodPost, "/worlds/t1/journal/verify", `{"match": {"sytem": "terminal"}}`),
		http.StatusUnprocessableEntity, "SIM-REQ-422", "body.match.sytem")
	refused(t, p.send(http.MethodPost, "/worlds/t1/journal/verify", `{"exactly": 1, "atLeast": 2}`),
		http.StatusUnprocessableEntity, "SIM-REQ-422", "body.exactly")
}
