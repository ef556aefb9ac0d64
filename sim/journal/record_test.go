package journal_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/disclosure"
	"onshisim/sim/journal"
)

func TestAnEntryIsPutIntoWords(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(read(holding(cardRead()), journal.Query{}).Entries[0])
	require.NoError(t, err)
	assert.JSONEq(t, `{
		"world": "town", "number": 1, "requestId": "r-1", "at": "2021-04-01T09:00:00+09:00", "spentMicroseconds": 1500, "method": "POST", "path": "/terminal/card-reads?wait=1",
		"system": "terminal", "operation": "read-card", "status": 201, "code": "", "mutant": "", "fault": "",
		"actor": {"role": "institution", "code": "9910001", "person": "", "cardSerial": ""},
		"request": {"cardSerial": "card-1", "consents": [{"to": "medicines"}, {"to": "checkups"}], "amount": 1.50}, "requestCut": false,
		"answer": {"qualificationValidity": "4", "results": []}, "answerCut": false,
		"decisions": [{
			"person": "hanako", "rule": "P12-4", "information": "eligibility", "view": "myNumberCard", "item": "", "place": "institution",
			"insurerNumber": "99010001", "personalInsuredNumber": "at-a", "outcome": "withheld",
			"reasons": [{"flag": "selfInformationBlocked", "insurerNumber": "99010001", "personalInsuredNumber": "at-a", "rule": "P13-1"}]
		}]
	}`, string(data))
	assert.Contains(t, string(data), "1.50", "a number stays as it was written")
}

func TestEveryFieldOfAnEmptyEntryIsThere(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(read(holding(journal.Entry{At: morning}), journal.Query{}).Entries[0])
	require.NoError(t, err)
	assert.JSONEq(t, `{
		"world": "town", "number": 1, "requestId": "", "at": "2021-04-01T09:00:00+09:00", "spentMicroseconds": 0, "method": "", "path": "", "system": "", "operation": "",
		"status": 0, "code": "", "mutant": "", "fault": "", "actor": {"role": "", "code": "", "person": "", "cardSerial": ""},
		"request": null, "requestCut": false, "answer": null, "answerCut": false, "decisions": []
	}`, string(data))
}

func TestARefusalAtAGateHasOnlyItsRule(t *testing.T) {
	t.Parallel()
	assert.Equal(t,
		[]journal.RecordDecision{{Person: "hanako", Rule: "P3-4", Outcome: "refused", Reasons: []journal.RecordReason{}}},
		read(holding(noConsent()), journal.Query{}).Entries[0].Decisions)
}

func TestAReasonThatIsNoFlagNamesNone(t *testing.T) {
	t.Parallel()
	j := holding(journal.Entry{Decisions: []journal.Decision{{
		Question: disclosure.Question{View: disclosure.ExchangeHistory, Item: disclosure.Benefits},
		Verdict:  disclosure.Verdict{Outcome: disclosure.Withheld, Reasons: []disclosure.Reason{{Rule: "P6-5"}}},
	}}})
	d := read(j, journal.Query{}).Entries[0].Decisions[0]
	assert.Equal(t, "benefits", d.Item)
	assert.Equal(t, []journal.RecordReason{{Rule: "P6-5"}}, d.Reasons)
}

// The words of every line of P.12, typed from the notice and the interface.
func TestADecisionOnEveryLineIsPutIntoWords(t *testing.T) {
	t.Parallel()
	words := map[disclosure.Information][3]string{
		disclosure.SelfInformation:        {"P12-1", "selfInformation", "mynaportal"},
		disclosure.InitialRegistration:    {"P13-4", "initialRegistration", "mynaportal"},
		disclosure.ExchangeHistory:        {"P12-2", "exchangeHistory", "mynaportal"},
		disclosure.PortalEligibility:      {"P12-3", "eligibility", "mynaportal"},
		disclosure.CardEligibility:        {"P12-4", "eligibility", "myNumberCard"},
		disclosure.CertificateEligibility: {"P12-5", "eligibility", "certificate"},
		disclosure.DisasterEligibility:    {"P12-6", "eligibility", "disaster"},
		disclosure.Medicines:              {"P12-7", "medicines", "both"},
		disclosure.Checkups:               {"P12-8", "checkups", "both"},
		disclosure.MedicalExpenses:        {"P12-9", "medicalExpenses", "mynaportal"},
	}
	places := map[disclosure.Place]string{disclosure.Portal: "mynaportal", disclosure.Institution: "institution"}
	for _, line := range disclosure.Lines() {
		for place, placeWord := range places {
			question := disclosure.Question{View: line.View, Place: place, Own: -1}
			j := holding(journal.Entry{Decisions: []journal.Decision{{Question: question, Verdict: disclosure.Notice.Decide(question, nil)}}})
			d := read(j, journal.Query{}).Entries[0].Decisions[0]
			assert.Equal(t, words[line.View], [3]string{d.Rule, d.Information, d.View})
			assert.Equal(t, placeWord, d.Place)
			assert.Contains(t, []string{"provided", "notOffered"}, d.Outcome)

			v, err := j.Verify(context.Background(), journal.Expectation{Match: map[string]any{"decisions": []journal.RecordDecision{d}}})
			require.NoError(t, err, "each word is a known one")
			assert.True(t, v.Holds)
		}
	}
}

func TestABodyIsReadIfItIsJSON(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]any{
		``: nil, `null`: nil, ` 1e2 `: json.Number("1e2"), `"a"`: "a", `{"a":[true]}`: map[string]any{"a": []any{true}},
		`<a/>`: "<a/>", `{} {}`: "{} {}", `{`: "{", "\xff": "\uFFFD", ` `: " ",
	} {
		r := read(holding(journal.Entry{Request: []byte(body), Answer: []byte(body)}), journal.Query{}).Entries[0]
		assert.Equal(t, want, r.Request, body)
		assert.Equal(t, want, r.Answer, body)
	}
}
