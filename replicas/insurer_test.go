package replicas_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
)

// counts are what the insurers met.
type counts struct {
	acts, reads                       atomic.Int64 // acknowledged writes; answered reads after them
	stale, lost, failed               atomic.Int64 // none of them may be
	unavailable, broken, foundOutLate atomic.Int64 // 503; no answer; writes without an answer that were there all the same
}

// insurer sets and lifts a flag of one member, each time through any of the replicas, and looks through all of them whether
// it is in force.
type insurer struct {
	number   int // of the member
	replicas []*replica
	client   *http.Client
	counts   *counts
	progress chan<- struct{}

	unanswered map[int]int // by act; how often it was sent and not acknowledged
}

// act is one act on the flag.
type act struct{ n int }

func (a act) reason() string { return fmt.Sprintf("act %d", a.n) }
func (a act) on() bool       { return a.n%2 == 1 }

// run does a number of acts.
func (i *insurer) run(t *testing.T, acts int) {
	i.unanswered = map[int]int{}
	for n := 1; n <= acts && !t.Failed(); n++ {
		a := act{n}
		if !i.carryOut(t, a) {
			return
		}
		for _, r := range i.replicas {
			i.look(t, r, a)
		}
		i.progress <- struct{}{}
	}
}

// carryOut sends the act until it is acknowledged, or found to be done; false if the test failed before that.
func (i *insurer) carryOut(t *testing.T, a act) bool {
	for t.Context().Err() == nil && !t.Failed() {
		r := i.replicas[rand.IntN(len(i.replicas))]
		status, body := i.send(t, r, http.MethodPatch, i.flagsPath(), "insurer-token",
			fmt.Sprintf(`{"nonDisclosure":%t,"appliedOn":"2021-04-01","reason":%q}`, a.on(), a.reason()))
		if status == http.StatusOK {
			i.counts.acts.Add(1)
			i.expect(t, a, body, "the answer to the act itself")
			return true
		}
		i.unanswered[a.n]++
		if history, known := i.history(t); known && len(history) > 0 && history[len(history)-1].Reason == a.reason() {
			i.counts.foundOutLate.Add(1)
			return true
		}
	}
	return false
}

// look reads what the act made of the member, by the insurer's own view and by a certificate at a hospital.
func (i *insurer) look(t *testing.T, r *replica, a act) {
	if status, body := i.send(t, r, http.MethodGet, i.flagsPath(), "insurer-token", ""); status == http.StatusOK {
		i.expect(t, a, body, "a later answer")
	}
	status, body := i.send(t, r, http.MethodPost, "/terminal/certificate-checks", "hospital-token", fmt.Sprintf(
		`{"insurerNumber":"06990014","insuredCardSymbol":"1","insuredIdentificationNumber":"%d","birthdate":"1990-01-01"}`, i.number))
	if status != http.StatusOK {
		return
	}
	i.counts.reads.Add(1)
	var answer struct{ Results []struct{ Address string } }
	if !assert.NoError(t, json.Unmarshal(body, &answer)) || !assert.Len(t, answer.Results, 1) {
		return
	}
	if hidden := answer.Results[0].Address == ""; hidden != a.on() {
		i.counts.stale.Add(1)
		assert.Fail(t, "a stale answer at the terminal", "member %d after %s", i.number, a.reason())
	}
}

// flags is what an insurer reads of its member.
type flags struct {
	NonDisclosure bool
	History       []struct{ Reason string }
}

// expect finds the act in force, and every one before it on record, once. One that was sent again since nobody acknowledged it
// may be there again: what a replica had sent to the database when it was killed is done after the insurer has looked for it.
func (i *insurer) expect(t *testing.T, a act, body []byte, where string) {
	i.counts.reads.Add(1)
	var f flags
	if !assert.NoError(t, json.Unmarshal(body, &f)) {
		return
	}
	if len(f.History) < a.n || f.NonDisclosure != a.on() || f.History[len(f.History)-1].Reason != a.reason() {
		i.counts.stale.Add(1)
		assert.Fail(t, "a stale answer", "member %d after %s: %s: %s", i.number, a.reason(), where, body)
		return
	}
	n, again := 1, 0
	for _, entry := range f.History {
		switch before := (act{n - 1}); {
		case entry.Reason == (act{n}).reason():
			n, again = n+1, 0
			continue
		case entry.Reason == before.reason() && again < i.unanswered[before.n]:
			again++
			continue
		}
		i.counts.lost.Add(1)
		assert.Fail(t, "an act was lost, or done twice", "member %d after %s: %s", i.number, a.reason(), body)
		return
	}
}

// history asks until somebody answers.
func (i *insurer) history(t *testing.T) (history []struct{ Reason string }, known bool) {
	for t.Context().Err() == nil && !t.Failed() {
		for _, r := range i.replicas {
			status, body := i.send(t, r, http.MethodGet, i.flagsPath(), "insurer-token", "")
			var f flags
			if status == http.StatusOK && assert.NoError(t, json.Unmarshal(body, &f)) {
				return f.History, true
			}
		}
	}
	return nil, false
}

func (i *insurer) flagsPath() string {
	return fmt.Sprintf("/intermediate/members/%d/flags", i.number)
}

// send gives the status of an answer, 0 if there was none.
func (i *insurer) send(t *testing.T, r *replica, method, path, token, body string) (int, []byte) {
	public, _ := r.urls()
	if public == "" {
		return 0, nil
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience/4)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, public+"/w/busy"+path, strings.NewReader(body))
	if !assert.NoError(t, err) {
		return 0, nil
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	response, err := i.client.Do(request)
	if err != nil {
		i.counts.broken.Add(1)
		return 0, nil
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	switch {
	case err != nil:
		i.counts.broken.Add(1)
		return 0, nil
	case response.StatusCode == http.StatusServiceUnavailable:
		i.counts.unavailable.Add(1)
		assert.NotEmpty(t, response.Header.Get("Retry-After"))
	case response.StatusCode != http.StatusOK:
		i.counts.failed.Add(1)
		assert.Fail(t, "neither success nor 503", "%s %s: %d %s", method, path, response.StatusCode, text)
	}
	return response.StatusCode, text
}
