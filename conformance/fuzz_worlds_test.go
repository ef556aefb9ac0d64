package conformance_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

// readable wants that every reading of a world works, whatever it was made from.
func readable(t *testing.T, p *place) {
	t.Helper()
	for _, path := range []string{"", "/clock", "/mode", "/persons", "/events"} {
		a := p.plane(t, http.MethodGet, path, nil)
		require.Equal(t, http.StatusOK, a.status, a.body)
	}
	for _, person := range list(t, p.plane(t, http.MethodGet, "/persons", nil), "persons") {
		if text(t, person, "id") != "" {
			require.Less(t, p.plane(t, http.MethodGet, "/persons/"+person["id"].(string)+"/disclosure", nil).status, 500)
		}
	}
	for _, call := range []struct {
		token, method, path string
		body                any
	}{
		{insurers["A"].Token, http.MethodGet, "/intermediate/members", nil},
		{hospital, http.MethodPost, "/terminal/card-reads", reading(registeredCard(id))},
		{"", http.MethodPost, "/mynaportal/sessions", object{"cardSerial": registeredCard(id), "pin": pin}},
		{hospital, http.MethodPost, "/disaster/searches", searchFor(id)},
	} {
		a := p.ask(t, call.token, call.method, call.path, call.body)
		require.Less(t, a.status, 500, a.body)
	}
}

// absent wants that a refused world left nothing behind.
func absent(t *testing.T, p *place, refusal answer) {
	t.Helper()
	require.Less(t, refusal.status, 500, refusal.body)
	require.NotEmpty(t, refusal.code(), refusal.body)
	require.Equal(t, http.StatusNotFound, p.plane(t, http.MethodGet, "", nil).status)
	require.Equal(t, "SIM-WORLD-404", p.ask(t, hospital, http.MethodPost, "/terminal/card-reads", reading(registeredCard(id))).code())
}

func FuzzEvents(f *testing.F) {
	first := newPlace(f, inProcess(), reserving())
	first.byCard(f, registeredCard(id), "0000")
	first.register(f, first.session(f, freshCard(id)))
	first.setFlags(f, "A", number(0), object{"nonDisclosure": true, "items": []string{"benefits"}})
	first.inquire(f, first.subjectCode(f, individualNumber(id)), "A", "benefits")
	first.setClock(f, "2021-03-01T00:00:00")
	first.openScreens(f)
	desk := "/terminals/" + hospitalCode + "/presentations"
	presented := first.command(f, http.MethodPost, desk, object{"cardSerial": registeredCard(id), "verification": object{"method": "staff"}})
	first.command(f, http.MethodPost, desk+"/"+text(f, decoded(f, presented), "presentationId")+"/outcome", object{"status": "read"})
	events := first.command(f, http.MethodGet, "/events", nil).body
	lines := strings.SplitAfter(events, "\n")
	f.Add(events)
	f.Add(strings.Join(lines[:len(lines)/2], ""))
	f.Add(strings.Join(lines[1:], ""))
	f.Add(events + events)
	f.Add(strings.ReplaceAll(events, `"version":1`, `"version":2`))
	for _, odd := range []string{"", "\n", "null", "{}", "{\n}", lines[0] + "\n\n", lines[0] + "x", "\xff\n", strings.ReplaceAll(events, "\n", "\r\n")} {
		f.Add(odd)
	}
	f.Fuzz(func(t *testing.T, events string) {
		p := freePlace(t, undocumented())
		made := p.plane(t, http.MethodPost, "/events", jsonLines(events))
		if made.status != http.StatusCreated {
			absent(t, p, made)
			return
		}
		for _, path := range []string{"", "/clock", "/mode", "/persons", "/events"} {
			require.Equal(t, http.StatusOK, p.plane(t, http.MethodGet, path, nil).status, path)
		}
	})
}

func FuzzWorldDocument(f *testing.F) {
	for _, document := range []world.Document{{}, nation(), plainNation(), reserving(), certified(), abused()} {
		f.Add(string(encoded(f, document)))
	}
	for _, odd := range []string{
		"", "null", "[]", "{", `{"persons":[{}]}`, `{"persons":[{"id":"a"},{"id":"a"}]}`, `{"persons":[{"registeredCard":"none"}]}`,
		`{"persons":[{"members":[{"insurerNumber":"06990014"}]}]}`, `{"now":"2021-04-01"}`, `{"seed":18446744073709551615}`,
		`{"insurers":[{"insurerNumber":"06990014"},{"insurerNumber":"06990014"}]}`, `{"insurers":[{"insurerNumber":"39990015"}],"persons":[{"members":[{"insurerNumber":"39990015"}]}]}`,
		`{"persons":[{"cards":[{"status":"locked"}]}],"now":"0001-01-01T00:00:00Z"}`, `{"now":"9999-12-31T23:59:59-12:00"}`,
	} {
		f.Add(odd)
	}
	f.Fuzz(func(t *testing.T, document string) {
		p := freePlace(t, inProcess())
		made := p.plane(t, http.MethodPut, "", `{"world":`+document+`}`)
		if made.status != http.StatusCreated {
			absent(t, p, made)
			return
		}
		readable(t, p)
		again := freePlace(t, inProcess())
		whole := documentIn(t, made)
		same := again.plane(t, http.MethodPut, "", `{"world":`+whole+`}`)
		require.Equal(t, http.StatusCreated, same.status, "%s\nmade of %s", same.body, whole)
		require.Equal(t, whole, documentIn(t, same))
	})
}

// documentIn is a world's whole document, as it was answered beside the world's name and addresses.
func documentIn(t *testing.T, a answer) string {
	t.Helper()
	document := map[string]json.RawMessage{}
	require.NoError(t, json.Unmarshal([]byte(a.body), &document))
	delete(document, "world")
	delete(document, "baseUrls")
	text, err := json.Marshal(document)
	require.NoError(t, err)
	return string(text)
}
