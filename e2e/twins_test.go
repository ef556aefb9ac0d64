package e2e_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestNobodyCanTellAProtectedPersonFromOneWithoutARegisteredCard is question 3 of the notice by hand: hanako is protected
// and her card registered, nashi is nobody's victim and never registered hers, and the third card does not exist. All
// that comes over the wire, status, headers in their order and body, is the same but for the Date and the random id of
// each request.
func TestNobodyCanTellAProtectedPersonFromOneWithoutARegisteredCard(t *testing.T) {
	t.Parallel()
	s := serve(t)
	cards := []struct{ world, serial, pin string }{
		{"protected", "card-hanako-1", "2202"},
		{"plain", "card-nashi-1", "4404"},
		{"unknown", "card-nobody-1", "0000"},
	}
	for _, card := range cards { // a world for each: what one read leaves behind must not help the next
		made := must(t, request{method: http.MethodPut, url: s.control + "/worlds/" + card.world, body: `{"scenario":"base"}`})
		require.Equal(t, http.StatusCreated, made.status, made.body)
	}
	for _, verification := range []string{`{"method":"pin","pin":%q}`, `{"method":"face","match":true}`, `{"method":"staff"}`} {
		for _, consents := range []string{
			`{"checkups":true,"medicines":true,"limitCertificate":true,"specificDiseases":true}`,
			`{"checkups":true,"medicines":true}`,
			`{"medicines":true}`,
			`{}`,
		} {
			for _, token := range []string{"hospital-token", "dental-token", "pharmacy-token"} {
				var expected []string
				for _, card := range cards {
					in := s.public + "/w/" + card.world
					seen := visit(t, in, token, card.serial, strings.Replace(verification, "%q", `"`+card.pin+`"`, 1), consents)
					if expected == nil {
						expected = seen
						require.Contains(t, seen[0], `"qualificationValidity":"4","results":[]`)
					}
					assert.Equal(t, expected, seen, card.world)
				}
			}
		}
	}
	// They are told apart where it is right: a card that opens something looks different.
	ichiro := visit(t, s.public, "hospital-token", "card-ichiro-1", `{"method":"staff"}`, `{"checkups":true,"medicines":true}`)
	assert.Contains(t, ichiro[0], "標準町一丁目")
	assert.Contains(t, ichiro[1], "架空降圧錠")
	assert.Contains(t, ichiro[2], "checkup-ichiro-1")
}

// TestTheSameInOneWorld: one after the other at the same desk, in both orders.
func TestTheSameInOneWorld(t *testing.T) {
	t.Parallel()
	s := serve(t)
	const how, consents = `{"method":"face","match":true}`, `{"checkups":true,"medicines":true}`
	expected := visit(t, s.public, "hospital-token", "card-nashi-1", how, consents)
	for _, serial := range []string{"card-hanako-1", "card-nobody-1", "card-nashi-1", "card-hanako-1"} {
		assert.Equal(t, expected, visit(t, s.public, "hospital-token", serial, how, consents), serial)
		assert.NotEqual(t, expected, visit(t, s.public, "hospital-token", "card-ichiro-1", how, consents))
	}
}

var cardReadID = regexp.MustCompile(`"cardReadId":"([^"]+)"`)

// visit is all that a desk gets to see: the card read, then medicines and checkups.
func visit(t *testing.T, in, token, serial, verification, consents string) []string {
	t.Helper()
	read := raw(t, in, http.MethodPost, "/terminal/card-reads", token,
		fmt.Sprintf(`{"cardSerial":%q,"verification":%s,"consents":%s}`, serial, verification, consents))
	require.True(t, strings.HasPrefix(read, "HTTP/1.1 200 OK\r\n"), read)
	id := cardReadID.FindStringSubmatch(read)
	require.NotNil(t, id, read)
	return []string{
		read,
		raw(t, in, http.MethodGet, "/terminal/card-reads/"+id[1]+"/medicines", token, ""),
		raw(t, in, http.MethodGet, "/terminal/card-reads/"+id[1]+"/checkups", token, ""),
	}
}

// changing are the headers that differ from answer to answer; the id is random, of the same length in all.
var changing = regexp.MustCompile(`\r\n(Date: [^\r]+|X-Request-Id: [0-9a-f]{32})`)

// raw sends a request and gives every byte of the answer but the Date and the request's id.
func raw(t *testing.T, in, method, path, token, body string) string {
	t.Helper()
	host, world, _ := strings.Cut(strings.TrimPrefix(in, "http://"), "/")
	if world != "" {
		world = "/" + world
	}
	conn, err := net.Dial("tcp", host)
	require.NoError(t, err)
	defer conn.Close()
	require.NoError(t, conn.SetDeadline(time.Now().Add(patience)))
	_, err = fmt.Fprintf(conn, "%s %s%s HTTP/1.1\r\nHost: sim\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"+
		"Content-Length: %d\r\nConnection: close\r\n\r\n%s", method, world, path, token, len(body), body)
	require.NoError(t, err)
	answer, err := io.ReadAll(conn)
	require.NoError(t, err)
	require.Len(t, changing.FindAll(answer, -1), 2, "%s", answer)
	return changing.ReplaceAllString(string(answer), "")
}
