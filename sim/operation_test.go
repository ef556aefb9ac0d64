package sim_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim/eventlog"
	"onshisim/sim/journal"
	"onshisim/sim/protected"
	"onshisim/sim/scenario"
	"onshisim/sim/world"
)

// secrets are the texts of a world that no operator has any use for: whatever belongs to a person, and what opens a door.
func secrets(d *world.Document) (texts []string) {
	for i := range d.Persons {
		p := &d.Persons[i]
		texts = append(texts, p.IndividualNumber, p.Name, p.NameKana, p.Birthdate, p.Address, p.PostNumber, p.PortalUserID)
		for _, c := range p.Cards {
			texts = append(texts, c.CardSerial, c.PIN)
		}
		for i := range p.Members {
			m := &p.Members[i]
			texts = append(texts, m.PersonalInsuredNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber, m.Name, m.NameKana, m.Address, m.PostNumber)
		}
	}
	for _, o := range d.Insurers {
		texts = append(texts, o.Token, o.InsurerName, o.InsurerNumber)
	}
	for _, o := range d.Agencies {
		texts = append(texts, o.Token)
	}
	for _, o := range d.Institutions {
		texts = append(texts, o.Token, o.InstitutionName)
	}
	return slices.DeleteFunc(append(texts, d.CardOffice.Token), func(text string) bool { return text == "" })
}

// leaksOf are the texts of a world that stand in what was told. What may be a number that means something else counts
// only as a word of its own.
func leaksOf(ctx context.Context, t *testing.T, w *world.World, more []string, s told) (leaks []string) {
	t.Helper()
	report, err := protected.Scan(ctx, w, strings.NewReader(s.log+s.traces+s.metrics))
	require.NoError(t, err)
	for _, f := range report.Findings {
		leaks = append(leaks, fmt.Sprintf("%s of %s: %q", f.Kind, f.Person, f.Found))
	}
	document, words := w.Document(), s.words(t)
	all := strings.Join(slices.Collect(maps.Keys(words)), "\n")
	const longEnough = 6 // to be no part of another word by chance
	for _, secret := range append(secrets(&document), more...) {
		if words[secret] || len(secret) >= longEnough && strings.Contains(all, secret) {
			leaks = append(leaks, secret)
		}
	}
	return leaks
}

// TestNothingOfAPersonIsTold plays every scenario, on a busy day of all systems, and finds nothing of any person, no token
// and no PIN in the log at its most talkative, in the metrics and in the traces. Each world is looked at when it goes.
func TestNothingOfAPersonIsTold(t *testing.T) {
	t.Parallel()
	scenarios, err := scenario.LoadAll(fixtures.FS)
	require.NoError(t, err)
	o := newOperator(t, eventlog.NewMemory())
	looked, tokens := 0, []string{}
	target := o.target(func(r *http.Request) {
		if _, token, given := strings.Cut(r.Header.Get("Authorization"), " "); given {
			tokens = append(tokens, token)
		}
		name, isWorld := strings.CutPrefix(r.URL.Path, "/worlds/")
		if r.Method != http.MethodDelete || !isWorld || strings.Contains(name, "/") {
			return
		}
		w, err := o.worlds.World(t.Context(), name)
		require.NoError(t, err)
		s := o.told(t)
		assert.Empty(t, leaksOf(t.Context(), t, w, tokens, s), name)
		assert.Contains(t, s.log, `"operation":"put-world"`)
		assert.Contains(t, s.traces, `"name":"control/put-world"`)
		looked, tokens = looked+1, nil
	})
	for _, played := range scenarios {
		passes(t, target, played)
	}
	require.Equal(t, len(scenarios), looked)
	for _, system := range world.Systems {
		assert.Regexp(t, `onshisim_requests_total\{operation="[a-z-]+",status="200",system="`+system+`"\} [1-9]`, o.told(t).metrics)
	}
}

// full is a log that takes no more.
type full struct {
	*eventlog.Memory
	now atomic.Bool
}

func (f *full) Append(ctx context.Context, world string, after eventlog.Head, records [][]byte) error {
	if f.now.Load() {
		return errors.New("the disk is full")
	}
	return f.Memory.Append(ctx, world, after, records)
}

func insurerToken(t *testing.T, w *world.World, number string) string {
	t.Helper()
	insurers := w.Document().Insurers
	i := slices.IndexFunc(insurers, func(i world.Insurer) bool { return i.InsurerNumber == number })
	require.GreaterOrEqual(t, i, 0)
	return insurers[i].Token
}

// TestAFailureTellsItsReasonAlone: the log says what failed, under the id that the client got, and nothing of whom it was for.
func TestAFailureTellsItsReasonAlone(t *testing.T) {
	t.Parallel()
	log := &full{Memory: eventlog.NewMemory()}
	o := newOperator(t, log)
	c := &client{t, o.target(func(*http.Request) {})}
	w := o.scenario(t, "base")
	hanako, known := w.Person("hanako")
	require.True(t, known)
	log.now.Store(true)
	o.told(t)
	c.send(http.MethodPatch, c.PublicURL+"/intermediate/members/"+hanako.Members[0].PersonalInsuredNumber+"/flags", insurerToken(t, w, hanako.Members[0].InsurerNumber),
		`{"nonDisclosure": true, "appliedOn": "2021-04-01", "reason": "申請"}`, http.StatusServiceUnavailable)
	s := o.told(t)
	require.Empty(t, leaksOf(t.Context(), t, w, []string{"申請"}, s))
	require.Regexp(t, `"level":"ERROR","msg":"request failed","requestId":"[0-9a-f]{32}",.*"operation":"set-flags",.*"code":"SIM-LOG-503","status":503,.*"error":"the disk is full"`, s.log)
	require.Contains(t, s.traces, `"name":"log/append"`)
	require.Contains(t, s.metrics, `onshisim_log_duration_seconds_count{operation="append",outcome="error"} 1`)
	require.Contains(t, s.metrics, `onshisim_refusals_total{code="SIM-LOG-503",system="intermediate"} 1`)
}

// TestEveryAnswerBearsItsRequestsID, whatever became of it, and the journal knows the request by it.
func TestEveryAnswerBearsItsRequestsID(t *testing.T) {
	t.Parallel()
	o := newOperator(t, eventlog.NewMemory())
	ask := func(handler http.Handler, method, path, body string) string {
		request := httptest.NewRequest(method, path, strings.NewReader(body))
		request.Host = "localhost"
		request.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		ids := answer.Header().Values("X-Request-Id")
		require.Len(t, ids, 1, path)
		require.Regexp(t, `^[0-9a-f]{32}$`, ids[0], path)
		return ids[0]
	}
	w := o.scenario(t, "base")
	for _, path := range []string{"/worlds", "/worlds/UPPER", "/worlds/none", "/nowhere", "/metrics", "/healthz", "/docs", "/openapi.json", "/%ff"} {
		ask(o.Control, http.MethodGet, path, "")
	}
	for _, path := range []string{"/w/UPPER/terminal", "/w/none/jpki/cards/a", "/w/default/nowhere", "/%ff", "/docs/start.js", "/readyz", "/jpki/cards/a/b/c"} {
		ask(o.Public, http.MethodGet, path, "")
	}
	require.NoError(t, w.Journal().Clear(t.Context()))
	want := []string{ask(o.Public, http.MethodPost, "/terminal/card-reads", `{}`), ask(o.Public, http.MethodGet, "/terminal/nowhere", "")}
	page, err := w.Journal().Read(t.Context(), journal.Query{})
	require.NoError(t, err)
	var known []string
	for _, entry := range page.Entries {
		known = append(known, entry.RequestID)
	}
	require.Equal(t, want, known)
}

// TestALeakWouldBeFound: lines that should never be written are noticed, so that the test above can fail.
func TestALeakWouldBeFound(t *testing.T) {
	t.Parallel()
	o := newOperator(t, eventlog.NewMemory())
	w := o.scenario(t, "base")
	hanako, known := w.Person("hanako")
	require.True(t, known)
	for _, leak := range []struct {
		line []any
		said string
	}{
		{[]any{"path", "/intermediate/members/" + hanako.Members[0].PersonalInsuredNumber}, hanako.Members[0].PersonalInsuredNumber},
		{[]any{"address", hanako.Address}, "address of hanako"},
		{[]any{"body", fmt.Sprintf(`{"pin":%q}`, hanako.Cards[0].PIN)}, hanako.Cards[0].PIN},
		{[]any{"token", "hospital-token"}, "hospital-token"},
		{[]any{"number", hanako.IndividualNumber}, hanako.IndividualNumber},
		{[]any{"born", hanako.Birthdate}, hanako.Birthdate},
		{[]any{"name", hanako.Name}, hanako.Name},
		{[]any{"session", "one-of-mynaportal"}, "one-of-mynaportal"},
	} {
		o.logger.Info("leak", leak.line...)
		found := leaksOf(t.Context(), t, w, []string{"one-of-mynaportal"}, o.told(t))
		require.True(t, slices.ContainsFunc(found, func(text string) bool { return strings.HasPrefix(text, leak.said) }), "%v: %v", leak.line, found)
	}
	require.Empty(t, leaksOf(t.Context(), t, w, nil, o.told(t)))
}
