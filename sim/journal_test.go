package sim_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/journal"
)

// journal is what the journal of the world t holds.
func (c *client) journal() []journal.Record {
	c.Helper()
	var page journal.Page
	require.NoError(c, json.Unmarshal([]byte(c.control(http.MethodGet, "/journal", "")), &page))
	return page.Entries
}

// last is the last request in it.
func (c *client) last() journal.Record {
	c.Helper()
	entries := c.journal()
	require.NotEmpty(c, entries)
	return entries[len(entries)-1]
}

// decided puts a record's decisions into words: rule, outcome, and the rules and flags that led to it.
func decided(r journal.Record) (words []string) {
	for _, d := range r.Decisions {
		text := d.Rule + " " + d.Outcome
		for _, reason := range d.Reasons {
			text += " " + reason.Rule + "/" + reason.Flag + "@" + reason.InsurerNumber
		}
		words = append(words, text)
	}
	return words
}

func TestTheJournalTellsWhoAskedAndWhatWasDecided(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	c.set("B", "B-1", `"selfInformationBlocked": true`)
	r := c.last()
	assert.Equal(t, []any{"intermediate", "set-flags", "insurer", "990010", 200}, []any{r.System, r.Operation, r.Actor.Role, r.Actor.Code, r.Status})

	read := field(t, c.readCard(byPIN, `{"medicines": true}`), "cardReadId")
	r = c.last()
	assert.Equal(t, []any{"POST", "/terminal/card-reads", "institution", hospital}, []any{r.Method, r.Path, r.Actor.Role, r.Actor.Code})
	assert.Equal(t, "2021-04-01T09:00:00+09:00", r.At)
	assert.Equal(t, "t", r.World)
	assert.Equal(t, []string{"P12-4 withheld P13-1/selfInformationBlocked@990010"}, decided(r))
	assert.Equal(t, "kaede", r.Decisions[0].Person)
	assert.Equal(t, "card", r.Request.(map[string]any)["cardSerial"], "what was asked")
	assert.Equal(t, "4", r.Answer.(map[string]any)["qualificationValidity"], "what was answered")

	c.checkCertificate(certificateB)
	assert.Equal(t, []string{"P12-5 addressHidden P13-1/selfInformationBlocked@990010"}, decided(c.last()))

	session := c.logIn("card", "1234")
	c.get("/mynaportal/self-information", session)
	r = c.last()
	assert.Equal(t, []any{"citizen", "kaede", "card"}, []any{r.Actor.Role, r.Actor.Person, r.Actor.CardSerial})
	assert.Equal(t, []string{"P12-1 provided", "P12-1 provided", "P12-1 withheld P13-3/selfInformationBlocked@990010"}, decided(r))

	c.get("/terminal/card-reads/"+read+"/medicines", "H")
	assert.Equal(t, []any{"/terminal/card-reads/" + read + "/medicines", "list-medicines"}, []any{c.last().Path, c.last().Operation})
}

// A refusal is on record with the rule that asks for what was missing.
func TestTheJournalTellsWhatWasMissing(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	read := c.readCard(byPIN, `{}`)
	for _, refusal := range []struct {
		method, path, token, body string
		status                    int
		code, rule                string
	}{
		{http.MethodGet, "/terminal/card-reads/" + field(t, read, "cardReadId") + "/medicines", "H", "", 403, "SIM-TERM-CONSENT", "P3-4"},
		{http.MethodPost, "/terminal/card-reads", "H", `{"cardSerial": "card", "verification": {"method": "pin", "pin": "0000"}}`, 403, "SIM-CARD-PIN", "P8-2"},
		{http.MethodPost, "/terminal/card-reads", "H", `{"cardSerial": "other", "verification": {"method": "pin", "pin": "5678"}}`, 200, "", "P3-5"},
		{http.MethodPost, "/disaster/searches", "H", `{"name": "見本　楓", "birthdate": "1990-02-03", "insurerName": "乙市"}`, 403, "SIM-DIS-CLOSED", "P5-5"},
		{http.MethodPatch, "/intermediate/members/A-1/flags", "B", `{"nonDisclosure": true, "appliedOn": "2021-04-01", "reason": "申請"}`, 404, "SIM-INT-404", "P15-3"},
	} {
		c.send(refusal.method, c.PublicURL+"/w/t"+refusal.path, refusal.token, refusal.body, refusal.status)
		r := c.last()
		assert.Equal(t, []any{refusal.status, refusal.code}, []any{r.Status, r.Code}, refusal.path)
		assert.Contains(t, decided(r), refusal.rule+" refused", refusal.path)
	}
}

// P11-1: an answer says only that the registration failed; where it stopped is for the journal, also when the clock brought
// it to its end.
func TestTheJournalTellsWhereARegistrationStopped(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		stop func(c *client)
		want []string
	}{
		"the flag": {func(c *client) { c.set("B", "B-1", `"selfInformationBlocked": true`) }, []string{"P13-4 withheld P13-4/selfInformationBlocked@990010", "QA-5 refused"}},
		"no insurer": {func(c *client) {
			c.send(http.MethodPut, c.ControlURL+"/worlds/t/persons/kaede", "", `{"cards": [{"cardSerial": "card", "pin": "1234"}]}`, http.StatusOK)
		}, []string{"P11-1 refused"}},
		"a stopped card": {func(c *client) {
			c.send(http.MethodPost, c.PublicURL+"/w/t/jpki/cards/card/suspension", "O", "", http.StatusOK)
		}, []string{"P13-4 provided", "P11-1 refused"}},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			in := &client{t, target(t)}
			reserving := strings.Replace(strings.Replace(town, `"now": "2021-04-01`, `"registrationOpensAt": "2021-05-01T00:00:00+09:00", "now": "2021-04-01`, 1), `"registeredCard": "card",`, "", 1)
			in.send(http.MethodPut, in.ControlURL+"/worlds/t", "", reserving, http.StatusCreated)
			session := in.logIn("card", "1234")
			in.post("/mynaportal/registration", session, "")
			c.stop(in)
			in.control(http.MethodPost, "/clock/advance", `{"duration": "60d"}`)
			in.control(http.MethodGet, "/persons/kaede", "")
			r := in.last()
			assert.Equal(t, []any{"mynaportal", "process-reservation", "kaede", "2021-05-01T00:00:00+09:00"}, []any{r.System, r.Operation, r.Actor.Person, r.At})
			assert.Equal(t, c.want, decided(r))
		})
	}
}

// Every request is on record, those too that led nowhere, and none of another world.
func TestTheJournalHoldsEveryRequestOfItsWorld(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	c.send(http.MethodPut, c.ControlURL+"/worlds/other", "", `{"scenario": "base"}`, http.StatusCreated)
	c.send(http.MethodGet, c.PublicURL+"/w/t/terminal/nowhere", "H", "", http.StatusNotFound)
	c.send(http.MethodPost, c.PublicURL+"/w/t/terminal/card-reads", "nobody's", `{}`, http.StatusUnauthorized)
	c.send(http.MethodPost, c.PublicURL+"/w/t/terminal/card-reads", "H", `{`, http.StatusBadRequest)
	c.send(http.MethodDelete, c.PublicURL+"/w/t/terminal/card-reads", "H", "", http.StatusMethodNotAllowed)
	c.send(http.MethodGet, c.PublicURL+"/w/other/mynaportal/eligibility", "", "", http.StatusUnauthorized)
	c.send(http.MethodGet, c.PublicURL+"/w/t/healthz", "", "", http.StatusOK)
	var lines []string
	for _, r := range c.journal() {
		lines = append(lines, strings.Join([]string{r.Method, r.Path, r.System, r.Operation, r.Code}, " "))
	}
	require.Equal(t, []string{
		"GET /terminal/nowhere terminal  SIM-REQ-404",
		"POST /terminal/card-reads terminal read-card SIM-AUTH-401",
		"POST /terminal/card-reads terminal read-card SIM-REQ-400",
		"DELETE /terminal/card-reads terminal  SIM-REQ-405",
	}, lines)
}

// QA-3: that something is on record changes nothing in what is answered.
func TestTheJournalIsSeenByNobodyOutside(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	c.set("B", "B-1", `"selfInformationBlocked": true`)
	protected := c.readCard(byPIN, `{}`)
	unregistered := c.post("/terminal/card-reads", "H", `{"cardSerial": "other", "verification": {"method": "pin", "pin": "5678"}, "consents": {}}`)
	require.Equal(t, unregistered, protected)
}
