package baseurl_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/baseurl"
)

func TestOneURLIsThatOfEverySystem(t *testing.T) {
	t.Parallel()
	urls, err := baseurl.Parse("https://sim.example:8443/a/")
	require.NoError(t, err)
	assert.Equal(t, baseurl.All("https://sim.example:8443/a"), urls)
	assert.Equal(t, "https://sim.example:8443/a", urls["disaster"])
	assert.Equal(t, []string{"https://sim.example:8443/a"}, urls.Bases())
	assert.Equal(t, "https://sim.example:8443/a", urls.Redacted())
}

func TestAListGivesSystemsURLsOfTheirOwn(t *testing.T) {
	t.Parallel()
	urls, err := baseurl.Parse("terminal=http://terminal:8080/,jpki=http://u:secret@portal,mynaportal=http://u:secret@portal")
	require.NoError(t, err)
	assert.Equal(t, baseurl.URLs{
		"terminal": "http://terminal:8080", "mynaportal": "http://u:secret@portal", "jpki": "http://u:secret@portal",
	}, urls)
	assert.Equal(t, []string{"http://u:secret@portal", "http://terminal:8080"}, urls.Bases())
	assert.Equal(t, "mynaportal=http://u:xxxxx@portal,jpki=http://u:xxxxx@portal,terminal=http://terminal:8080", urls.Redacted())
}

func TestWhatIsNoURL(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"":                                    `"" is no base URL as in http://localhost:8080`,
		"localhost:8080":                      `"localhost:8080" is no base URL`,
		"ftp://localhost":                     `"ftp://localhost" is no base URL`,
		"http://":                             `"http://" is no base URL`,
		"http://localhost?world=a":            `no base URL`,
		"http://a,http://b":                   `no base URL`,
		"terminal=":                           `"" is no base URL`,
		"terminal=terminal:8080":              `"terminal:8080" is no base URL`,
		"terminl=http://a":                    `"terminl" is no system; the systems are intermediate, mynaportal, jpki, terminal, disaster`,
		"terminal=http://a,":                  `"" is not as in terminal=http://terminal:8080`,
		"terminal=http://a,http://b":          `"http://b" is not as in terminal=http://terminal:8080`,
		"terminal=http://a,terminal=http://b": `terminal is named twice`,
	} {
		_, err := baseurl.Parse(text)
		assert.ErrorContains(t, err, says, text)
	}
}

func TestTheEmptyFlagIsNoURLs(t *testing.T) {
	t.Parallel()
	urls := baseurl.All("http://a")
	require.NoError(t, urls.UnmarshalText(nil))
	assert.Empty(t, urls)
	require.NoError(t, urls.UnmarshalText([]byte("jpki=http://b")))
	assert.Equal(t, baseurl.URLs{"jpki": "http://b"}, urls)
}

// sent is a transport that answers nothing and keeps what it was to send.
type sent []string

func (s *sent) RoundTrip(r *http.Request) (*http.Response, error) {
	*s = append(*s, r.Method+" "+r.URL.String()+r.Host)
	return &http.Response{StatusCode: http.StatusNoContent, Body: http.NoBody, Request: r}, nil
}

func TestTransportAsksTheHostOfTheSystem(t *testing.T) {
	t.Parallel()
	urls, err := baseurl.Parse("intermediate=http://intermediate:8080,terminal=https://gateway/t%2Fm")
	require.NoError(t, err)
	for path, want := range map[string]string{
		"/terminal/card-reads":                 "https://gateway/t%2Fm/terminal/card-reads",
		"/w/a.b/terminal/card-reads?a=%20&b=/": "https://gateway/t%2Fm/w/a.b/terminal/card-reads?a=%20&b=/",
		"/w/a/intermediate/members/%2e%2E":     "http://intermediate:8080/w/a/intermediate/members/%2e%2E",
		"/w/a/intermediate/members/a%2Fb":      "http://intermediate:8080/w/a/intermediate/members/a%2Fb",
		"/intermediate":                        "http://intermediate:8080/intermediate",
		"/openapi.json":                        "http://intermediate:8080/openapi.json",
		"/w/a":                                 "http://intermediate:8080/w/a",
	} {
		var to sent
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, baseurl.Anywhere+path, strings.NewReader("body"))
		require.NoError(t, err)
		response, err := urls.Transport(&to).RoundTrip(request)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		assert.Equal(t, sent{"POST " + want}, to)
		assert.Equal(t, baseurl.Anywhere+path, request.URL.String(), "a request is not the transport's to change")
	}
}

func TestTransportLeavesOthersAlone(t *testing.T) {
	t.Parallel()
	var to sent
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://control:8081/worlds", http.NoBody)
	require.NoError(t, err)
	response, err := baseurl.All("http://a").Transport(&to).RoundTrip(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	assert.Equal(t, sent{"GET http://control:8081/worldscontrol:8081"}, to)
}

func TestASystemWithoutAURLIsNotAsked(t *testing.T) {
	t.Parallel()
	body := &closing{Reader: strings.NewReader("body")}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, baseurl.Anywhere+"/w/a/jpki/cards", body)
	require.NoError(t, err)
	var to sent
	_, err = baseurl.URLs{"terminal": "http://terminal:8080"}.Transport(&to).RoundTrip(request)
	require.ErrorContains(t, err, "no URL is given for the system jpki")
	assert.Empty(t, to)
	assert.True(t, body.closed)
}

// closing notes that it was closed.
type closing struct {
	io.Reader
	closed bool
}

func (c *closing) Close() error {
	c.closed = true
	return nil
}
