package journal_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onshisim/sim/disclosure"
	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/eventlogtest"
	"onshisim/sim/journal"
	"onshisim/sim/problem"
)

// Whoever reads a journal can't tell whether one process keeps it or several do.
func TestASharedJournalReadsAsOneInMemory(t *testing.T) {
	t.Parallel()
	notes := eventlogtest.Shared().Shared()
	log := uint64(0)
	rapid.Check(t, func(t *rapid.T) {
		limits := journal.Limits{
			Entries: rapid.IntRange(1, 8).Draw(t, "entries"), Bytes: rapid.IntRange(1, 2000).Draw(t, "bytes"), Body: rapid.IntRange(0, 300).Draw(t, "body"),
		}
		log++
		own, ctx := journal.New("town", limits), context.Background()
		replicas := []*journal.Journal{journal.NewShared("town", limits, notes, log), journal.NewShared("town", limits, notes, log)}
		for n := range rapid.IntRange(0, 30).Draw(t, "requests") {
			if rapid.IntRange(0, 9).Draw(t, "clear") == 0 {
				clearAll(own)
				clearAll(replicas[n%2])
				continue
			}
			e := cardRead()
			e.Request = []byte(strings.Repeat("x", rapid.IntRange(0, 400).Draw(t, "request")))
			if rapid.Bool().Draw(t, "withheld") {
				e.Decisions = append(e.Decisions, withheld, journal.Decision{Person: "taro", Gate: "P3-4"})
			}
			add(own, e)
			add(replicas[n%2], e)
		}
		after := rapid.Uint64Range(0, 35).Draw(t, "after")
		query := journal.Query{After: after, Outcome: rapid.SampledFrom([]string{"", "withheld", "refused"}).Draw(t, "outcome")}
		want, err := own.Verify(ctx, journal.Expectation{After: after, Match: map[string]any{"status": 999}})
		require.NoError(t, err)
		at, err := own.Mark(ctx)
		require.NoError(t, err)
		for _, replica := range replicas {
			mark, err := replica.Mark(ctx)
			require.NoError(t, err)
			assert.Equal(t, at, mark)
			assert.Equal(t, read(own, query), read(replica, query))
			got, err := replica.Verify(ctx, journal.Expectation{After: after, Match: map[string]any{"status": 999}})
			require.NoError(t, err)
			assert.Equal(t, want, got)
		}
	})
}

func TestASharedJournalWaitsForWhatAnotherProcessAnswers(t *testing.T) {
	t.Parallel()
	notes := eventlogtest.Shared().Shared()
	reader, writer := journal.NewShared("town", ample, notes, 1), journal.NewShared("town", ample, notes, 1)
	add(writer, cardRead())
	came := make(chan error)
	go func() { came <- reader.Wait(t.Context(), 1) }()
	add(writer, cardRead())
	require.NoError(t, <-came)
	require.Len(t, read(reader, journal.Query{After: 1}).Entries, 1)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.NoError(t, reader.Wait(ctx, 2), "who waits no longer gets no error")
	require.NoError(t, reader.Wait(t.Context(), 99), "a number never given is not waited for")
}

// lostNotes can't be reached.
type lostNotes struct{ eventlog.Notes }

func (lostNotes) Note(context.Context, uint64, []byte, int, int) error { return errLost }

func (lostNotes) Book(context.Context, uint64, uint64) (eventlog.Book, error) {
	return eventlog.Book{}, errLost
}

func (lostNotes) ClearBook(context.Context, uint64) error { return errLost }

var errLost = errors.New("connection refused")

func TestASharedJournalThatCannotBeReachedSaysSo(t *testing.T) {
	t.Parallel()
	j, ctx := journal.NewShared("town", ample, lostNotes{}, 1), t.Context()
	_, unread := j.Read(ctx, journal.Query{})
	_, unverified := j.Verify(ctx, journal.Expectation{})
	for name, err := range map[string]error{
		"add": j.Add(ctx, cardRead()), "read": unread, "verify": unverified, "clear": j.Clear(ctx), "wait": j.Wait(ctx, 0),
	} {
		var refusal *problem.Error
		require.ErrorAs(t, err, &refusal, name)
		assert.Equal(t, problem.Unavailable, refusal.Kind, name)
		assert.ErrorIs(t, err, errLost, name)
	}
}

// What is decided comes back from the notes as it was, whatever it was.
func TestEveryDecisionOutlivesTheNotes(t *testing.T) {
	t.Parallel()
	own, shared := journal.New("town", ample), journal.NewShared("town", ample, eventlogtest.Shared().Shared(), 1)
	for _, line := range disclosure.Lines() {
		for _, outcome := range []disclosure.Outcome{disclosure.NotOffered, disclosure.Provided, disclosure.AddressHidden, disclosure.Withheld} {
			d := withheld
			d.Question.View, d.Question.Own, d.Question.Today = line.View, 1, "2021-04-01"
			d.Verdict.Outcome = outcome
			e := cardRead()
			e.Path, e.Decisions = fmt.Sprint("/", line.View), []journal.Decision{d}
			add(own, e)
			add(shared, e)
		}
	}
	require.Equal(t, read(own, journal.Query{}), read(shared, journal.Query{}))
}
