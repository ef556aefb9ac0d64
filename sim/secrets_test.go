package sim_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/eventlog"
	"onshisim/sim/scenario"
	"onshisim/sim/world"
)

// doors are an operation of each system.
var doors = []struct{ method, path, body string }{
	{http.MethodGet, "/intermediate/members", ""},
	{http.MethodGet, "/mynaportal/eligibility", ""},
	{http.MethodGet, "/jpki/cards/card", ""},
	{http.MethodPost, "/terminal/card-reads", `{"cardSerial": "card", "verification": {"method": "staff"}, "consents": {}}`},
	{http.MethodPost, "/disaster/searches", `{"name": "x", "birthdate": "1990-02-03", "address": "x"}`},
}

// knock sends to a door and gives the answer without what differs in each: its date and the request's id.
func (c *client) knock(method, url, authorization, body string) (status int, header http.Header, text string) {
	c.Helper()
	request, err := http.NewRequestWithContext(context.Background(), method, url, strings.NewReader(body))
	require.NoError(c, err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", authorization)
	response, err := c.Client.Do(request)
	require.NoError(c, err)
	defer response.Body.Close()
	answered, err := io.ReadAll(response.Body)
	require.NoError(c, err)
	response.Header.Del("Date")
	response.Header.Del("X-Request-Id")
	return response.StatusCode, response.Header, string(answered)
}

// TestATokenOfAnotherWorldIsLikeAnyUnknown: byte for byte. Whoever holds one can't find out where it is good.
func TestATokenOfAnotherWorldIsLikeAnyUnknown(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	elsewhere := strings.NewReplacer(`"token": "`, `"token": "elsewhere-`, `"card"`, `"elsewhere"`).Replace(town)
	c.send(http.MethodPut, c.ControlURL+"/worlds/elsewhere", "", elsewhere, http.StatusCreated)
	login := c.send(http.MethodPost, c.PublicURL+"/w/elsewhere/mynaportal/sessions", "", `{"cardSerial": "elsewhere", "pin": "1234"}`, http.StatusCreated)
	session := field(t, login, "token")
	unknown := "session-00000000000000000000000000000000"[:len(session)]
	for _, door := range doors {
		status, header, text := c.knock(door.method, c.PublicURL+"/w/t"+door.path, "Bearer "+unknown, door.body)
		require.Equal(t, http.StatusUnauthorized, status, door.path)
		header.Del("X-Request-Id")
		for _, token := range []string{session, "elsewhere-A", "elsewhere-W", "elsewhere-H", "elsewhere-O"} {
			_, sameHeader, sameText := c.knock(door.method, c.PublicURL+"/w/t"+door.path, "Bearer "+token, door.body)
			sameHeader.Del("X-Request-Id")
			require.Equal(t, text, sameText, door.path)
			require.Equal(t, header, sameHeader, door.path)
		}
	}
}

// TestACredentialIsNeverRepeated: somebody may send what opens a real system. No answer and no log says it again, and the
// journal never holds an Authorization header.
func TestACredentialIsNeverRepeated(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	worlds, err := world.Open(context.Background(), eventlog.NewMemory(), world.Sources{
		Wall: func() time.Time { return time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST) }, Seed: func() uint64 { return 1 },
	})
	require.NoError(t, err)
	handlers := sim.New(sim.Config{Version: "test", Worlds: worlds, Scenarios: fixtures.FS, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	c := &client{t, scenario.InProcess(handlers.Public, handlers.Control)}
	c.send(http.MethodPut, c.ControlURL+"/worlds/t", "", town, http.StatusCreated)

	const secret = "eyJhbGciOiJSUzI1NiJ9-of-the-real-one"
	for _, door := range doors {
		for _, authorization := range []string{"Bearer " + secret, "bearer  " + secret, "Basic " + secret, secret, "Bearer " + secret + " " + secret} {
			status, header, text := c.knock(door.method, c.PublicURL+"/w/t"+door.path, authorization, door.body)
			require.Equal(t, http.StatusUnauthorized, status)
			require.NotContains(t, text, secret)
			require.Equal(t, "Bearer", header.Get("WWW-Authenticate"))
		}
	}
	journal := c.control(http.MethodGet, "/journal", "")
	require.Contains(t, journal, "SIM-AUTH-401")
	require.NotContains(t, journal, secret)

	for _, door := range doors { // where it does not belong; of a body and a path the journal holds what came
		_, _, text := c.knock(door.method, c.PublicURL+"/w/t"+door.path+"?limit="+secret, "Bearer H", door.body)
		require.NotContains(t, text, secret)
		_, _, text = c.knock(door.method, c.PublicURL+"/w/t"+door.path+"/"+secret, "Bearer H", door.body)
		require.NotContains(t, text, secret)
	}
	refusal := c.send(http.MethodPost, c.PublicURL+"/w/t/mynaportal/sessions", "", `{"cardSerial": "card", "pin": "`+secret+`"}`, http.StatusUnprocessableEntity)
	require.NotContains(t, refusal, secret)
	require.Empty(t, log.String())
}
