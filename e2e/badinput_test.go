package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// most is the largest body that is read, in bytes.
const most = 1 << 20

// TestBadRequestsAreRefusedAndChangeNothing: each gets a problem with its code, and the world answers as before.
func TestBadRequestsAreRefusedAndChangeNothing(t *testing.T) {
	t.Parallel()
	s := serve(t)
	other := must(t, request{method: http.MethodPut, url: s.control + "/worlds/other", body: `{"world":{
		"institutions":[{"medicalInstitutionCode":"9919990011","token":"other-hospital-token"}],
		"persons":[{"id":"other","cards":[{"cardSerial":"card-other-1","pin":"1234"}]}]}}`})
	require.Equal(t, http.StatusCreated, other.status, other.body)
	session := must(t, request{
		method: http.MethodPost, url: s.public + "/w/other/mynaportal/sessions", body: `{"cardSerial":"card-other-1","pin":"1234"}`,
	})
	require.Equal(t, http.StatusCreated, session.status, session.body)
	otherSession := session.field(t, "token").(string)

	reads, checks := s.public+"/terminal/card-reads", s.public+"/terminal/certificate-checks"
	setsFlags := s.public + "/intermediate/members/0699001410011000101/flags"
	good := readCard("card-ichiro-1", "1101")
	read := func(body string) request {
		return request{method: "POST", url: reads, token: "hospital-token", body: body}
	}
	set := func(body string) request {
		return request{method: "PATCH", url: setsFlags, token: "insurer-a-token", body: body}
	}
	world := s.control + "/worlds/broken"
	line := `{"v":1,"at":"2021-04-01T09:00:00+09:00","type":"flagsSet"}` + "\n"
	exported := get(t, s.control+"/worlds/default/events").body

	before := state(t, s)
	for _, test := range []struct {
		name   string
		bad    request
		status int
		code   string
	}{
		{"not JSON", read(`card-ichiro-1`), 400, "SIM-REQ-400"},
		{"half of JSON", read(good[:len(good)/2]), 400, "SIM-REQ-400"},
		{"two of JSON", read(good + good), 400, "SIM-REQ-400"},
		{"a field twice", read(`{"cardSerial":"a",` + good[1:]), 400, "SIM-REQ-400"},
		{"broken UTF-8", read(strings.Replace(good, "ichiro", "\xff", 1)), 400, "SIM-REQ-400"},
		{"nothing", read(``), 400, "SIM-REQ-400"},
		{"null", read(`null`), 422, "SIM-REQ-422"},
		{"deep", read(strings.Repeat("[", 100000)), 400, "SIM-REQ-400"},
		{"deep and whole", read(strings.Repeat("[", 5000) + strings.Repeat("]", 5000)), 400, "SIM-REQ-400"},
		{"an unknown field", read(`{"cardSreial":"a",` + good[1:]), 422, "SIM-REQ-422"},
		{"an unknown flag", set(`{"nonDisclosed":true,"appliedOn":"2021-04-01","reason":"r"}`), 422, "SIM-REQ-422"},
		{"a number for text", read(strings.Replace(good, `"1101"`, `1101`, 1)), 422, "SIM-REQ-422"},
		{"text for a boolean", set(`{"nonDisclosure":"true","appliedOn":"2021-04-01","reason":"r"}`), 422, "SIM-REQ-422"},
		{"a list for an object", read(`[]`), 422, "SIM-REQ-422"},
		{"an impossible date", set(`{"nonDisclosure":true,"appliedOn":"2021-02-30","reason":"r"}`), 422, "SIM-REQ-422"},
		{"an impossible birthdate", request{
			method: "POST", url: checks, token: "hospital-token",
			body: `{"insurerNumber":"06990014","insuredCardSymbol":"1001","insuredIdentificationNumber":"10001","birthdate":"2021-02-30"}`,
		}, 422, "SIM-REQ-422"},
		{"no reason", set(`{"nonDisclosure":true,"appliedOn":"2021-04-01","reason":" "}`), 422, "SIM-REQ-422"},
		{"no flag", set(`{"appliedOn":"2021-04-01","reason":"r"}`), 422, "SIM-REQ-422"},
		{"an unknown item", set(`{"nonDisclosure":true,"appliedOn":"2021-04-01","reason":"r","items":["medicine"]}`), 422, "SIM-REQ-422"},
		{"a byte too much", read(good + strings.Repeat(" ", most+1-len(good))), 413, "SIM-REQ-413"},
		{"too much in chunks", request{
			method: "POST", url: reads, token: "hospital-token", stream: strings.NewReader(good + strings.Repeat(" ", most+100_000)),
		}, 413, "SIM-REQ-413"},
		{"not sent as JSON", request{method: "POST", url: reads, token: "hospital-token", body: good, contentType: "text/plain"}, 415, "SIM-REQ-415"},
		{"no token", request{method: "POST", url: reads, body: good}, 401, "SIM-AUTH-401"},
		{"a wrong token", request{method: "POST", url: reads, token: "hospital-tokem", body: good}, 401, "SIM-AUTH-401"},
		{"a token of another world", request{method: "POST", url: reads, token: "other-hospital-token", body: good}, 401, "SIM-AUTH-401"},
		{"a session of another world", request{method: "GET", url: s.public + "/mynaportal/self-information", token: otherSession}, 401, ""},
		{"a token of another role", request{method: "POST", url: reads, token: "insurer-a-token", body: good}, 403, "SIM-AUTH-403"},
		{"another insurer's member", request{
			method: "PATCH", url: setsFlags, token: "insurer-b-token", body: `{"nonDisclosure":true,"appliedOn":"2021-04-01","reason":"r"}`,
		}, 404, ""},
		{"an unknown world", request{method: "POST", url: s.public + "/w/nowhere/terminal/card-reads", token: "hospital-token", body: good}, 404, ""},
		{"no name of a world", request{method: "POST", url: s.public + "/w/No%20Where/terminal/card-reads", token: "hospital-token", body: good}, 404, ""},
		{"an unknown path", request{method: "GET", url: s.public + "/terminal/cards"}, 404, "SIM-REQ-404"},
		{"a wrong method", request{method: "DELETE", url: reads, token: "hospital-token"}, 405, "SIM-REQ-405"},
		{"another's card read", request{method: "GET", url: reads + "/none/medicines", token: "hospital-token"}, 404, ""},
		{"the control plane's paths", request{method: "GET", url: s.public + "/worlds"}, 404, "SIM-REQ-404"},

		{"control: events that are no JSON", request{method: "POST", url: world + "/events", body: "{\n", contentType: "application/jsonl"}, 422, ""},
		{"control: events of no kind", request{method: "POST", url: world + "/events", body: "{}\n{}\n", contentType: "application/jsonl"}, 422, ""},
		{"control: an event out of place", request{method: "POST", url: world + "/events", body: line, contentType: "application/jsonl"}, 422, ""},
		{"control: events twice", request{method: "POST", url: world + "/events", body: exported + exported, contentType: "application/jsonl"}, 422, ""},
		{"control: events cut off", request{method: "POST", url: world + "/events", body: exported[:len(exported)-20], contentType: "application/jsonl"}, 422, ""},
		{"control: events into a world", request{method: "POST", url: s.control + "/worlds/default/events", body: exported, contentType: "application/jsonl"}, 409, ""},
		{"control: events as a picture", request{method: "POST", url: world + "/events", body: exported, contentType: "image/png"}, 415, "SIM-REQ-415"},
		{"control: an unknown scenario", request{method: "PUT", url: world, body: `{"scenario":"bsae"}`}, 422, "SIM-REQ-422"},
		{"control: a scenario elsewhere", request{method: "PUT", url: world, body: `{"scenario":"../base"}`}, 422, "SIM-REQ-422"},
		{"control: an impossible world", request{method: "PUT", url: world, body: `{"world":{"persons":[{"id":"a","birthdate":"2021-02-30"}]}}`}, 422, "SIM-REQ-422"},
		{"control: a world there is", request{method: "PUT", url: s.control + "/worlds/default", body: `{}`}, 409, ""},
		{"control: no name of a world", request{method: "PUT", url: s.control + "/worlds/UPPER", body: `{}`}, 422, "SIM-REQ-422"},
		{"control: an impossible now", request{method: "PUT", url: s.control + "/worlds/default/clock", body: `{"now":"2021-02-30T00:00:00+09:00"}`}, 422, "SIM-REQ-422"},
		{"control: an unknown mode", request{method: "PUT", url: s.control + "/worlds/default/mode", body: `{"mode":"panic"}`}, 422, "SIM-REQ-422"},
		{"control: an unknown person", request{method: "GET", url: s.control + "/worlds/default/persons/nobody/disclosure"}, 404, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			requireProblem(t, must(t, test.bad), test.status, test.code)
			assert.Equal(t, before, state(t, s), "it has changed something")
		})
	}
	assert.Regexp(t, `^{.*"msg":"started".*}\n$`, s.Stderr.String(), "nothing to log")
	a := must(t, read(good+strings.Repeat(" ", most-len(good))))
	assert.Equal(t, http.StatusOK, a.status, "a body that just fits")
}

// state is all that the default world shows, and which worlds there are.
func state(t *testing.T, s *simulator) string {
	t.Helper()
	return get(t, s.control+"/worlds").body + get(t, s.control+"/worlds/default").body + get(t, s.control+"/worlds/default/events").body
}

// requireProblem finds a refusal by RFC 9457, whole and with the headers that all answers have.
func requireProblem(t *testing.T, a answer, status int, code string) {
	t.Helper()
	require.Equal(t, status, a.status, a.body)
	require.Equal(t, "application/problem+json", a.header.Get("Content-Type"))
	require.Equal(t, "onshisim", a.header.Get("Sim"))
	var p struct {
		Type, Title, Detail, Code string
		Status                    int
		Errors                    []struct{ Field, Message string }
	}
	require.NoError(t, json.Unmarshal([]byte(a.body), &p))
	require.Equal(t, status, p.Status)
	require.Equal(t, http.StatusText(status), p.Title)
	require.Regexp(t, `^SIM-[A-Z0-9-]+$`, p.Code)
	require.Equal(t, fmt.Sprint("urn:onshisim:problem:", p.Code), p.Type)
	require.NotEmpty(t, p.Detail)
	if code != "" {
		require.Equal(t, code, p.Code)
	}
	if status == http.StatusUnprocessableEntity {
		require.NotEmpty(t, p.Errors, "it has to name the field: %s", a.body)
	}
	for _, e := range p.Errors {
		require.NotEmpty(t, e.Field, a.body)
		require.NotEmpty(t, e.Message)
	}
}
