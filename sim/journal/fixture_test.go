package journal_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/disclosure"
	"onshisim/sim/journal"
	"onshisim/sim/problem"
)

// ample keeps whatever a test adds.
var ample = journal.Limits{Entries: 10_000, Bytes: 1 << 24, Body: 1 << 16}

var morning = time.Date(2021, 4, 1, 0, 0, 0, 0, time.UTC)

// add, read and clearAll are what can't fail in memory.
func add(j *journal.Journal, e journal.Entry) {
	if err := j.Add(context.Background(), e); err != nil {
		panic(err)
	}
}

func read(j *journal.Journal, q journal.Query) journal.Page {
	page, err := j.Read(context.Background(), q)
	if err != nil {
		panic(err)
	}
	return page
}

func clearAll(j *journal.Journal) {
	if err := j.Clear(context.Background()); err != nil {
		panic(err)
	}
}

// withheld is a decision against hanako's latest flag at an institution, by her card.
var withheld = journal.Decision{
	Person:   "hanako",
	Question: disclosure.Question{View: disclosure.CardEligibility, Place: disclosure.Institution},
	Own:      disclosure.Membership{InsurerNumber: "99010001", PersonalInsuredNumber: "at-a"},
	Verdict: disclosure.Verdict{Outcome: disclosure.Withheld, Reasons: []disclosure.Reason{
		{Flag: disclosure.SelfInformationBlocked, InsurerNumber: "99010001", PersonalInsuredNumber: "at-a", Rule: "P13-1"},
	}},
}

// cardRead is how an institution reads hanako's card.
func cardRead() journal.Entry {
	return journal.Entry{
		RequestID: "r-1", At: morning, Spent: 1500 * time.Microsecond, Method: "POST", Path: "/terminal/card-reads?wait=1",
		System: "terminal", Operation: "read-card", Actor: journal.Actor{Role: "institution", Code: "9910001"}, Status: 201,
		Decisions: []journal.Decision{withheld},
		Request:   []byte(`{"cardSerial":"card-1","consents":[{"to":"medicines"},{"to":"checkups"}],"amount":1.50}`),
		Answer:    []byte(`{"qualificationValidity":"4","results":[]}`),
	}
}

// information is how taro looks at his medicines in Mynaportal.
func information() journal.Entry {
	return journal.Entry{
		At: morning, Method: "GET", Path: "/mynaportal/medicines", System: "mynaportal", Operation: "get-medicines",
		Actor: journal.Actor{Role: "citizen", Person: "taro", Card: "card-2"}, Status: 200,
		Decisions: []journal.Decision{{
			Person: "taro", Question: disclosure.Question{View: disclosure.Medicines, Own: -1},
			Verdict: disclosure.Verdict{Outcome: disclosure.Provided},
		}},
		Answer: []byte(`{"items":[]}`),
	}
}

// noConsent is how the institution asks for medicines without the patient's consent.
func noConsent() journal.Entry {
	return journal.Entry{
		At: morning, Method: "GET", Path: "/terminal/card-reads/7/medicines", System: "terminal", Operation: "get-medicines",
		Actor: journal.Actor{Role: "institution", Code: "9910001"}, Status: 403, Code: "SIM-CON-403",
		Decisions: []journal.Decision{{Person: "hanako", Gate: "P3-4"}},
	}
}

// three holds a card read, a look at one's own medicines, and a refusal without consent, as 1, 2 and 3.
func three() *journal.Journal { return holding(cardRead(), information(), noConsent()) }

func holding(entries ...journal.Entry) *journal.Journal {
	j := journal.New("town", ample)
	for _, e := range entries {
		add(j, e)
	}
	return j
}

// empties adds entries without bodies.
func empties(j *journal.Journal, n int) {
	for range n {
		add(j, journal.Entry{At: morning, Path: "/"})
	}
}

func numbers(records []journal.Record) (numbers []uint64) {
	for _, r := range records {
		numbers = append(numbers, r.Number)
	}
	return numbers
}

// thousand is what Verify is measured with.
func thousand() *journal.Journal {
	j := journal.New("town", ample)
	for i := range 1000 {
		e := cardRead()
		e.Path = fmt.Sprintf("/terminal/card-reads/%d", i)
		add(j, e)
	}
	return j
}

// requireBadField asks for an error about one field.
func requireBadField(t *testing.T, err error, name, message string) {
	t.Helper()
	var refusal *problem.Error
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, problem.Invalid, refusal.Kind)
	require.Len(t, refusal.Fields, 1)
	require.Equal(t, name, refusal.Fields[0].Name)
	require.True(t, strings.Contains(refusal.Fields[0].Message, message), "%q", refusal.Fields[0].Message)
}
