package room_test

import (
	"bytes"
	"encoding/json"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/eventlog"
	"onshisim/sim/scenario"
	"onshisim/sim/training/room"
	"onshisim/sim/world"
)

// house is a simulator with its two listeners.
type house struct {
	worlds          *world.Registry
	public, control *httptest.Server
}

// open opens a simulator with a world of a scenario in it.
func open(t *testing.T, name, of string) *house {
	t.Helper()
	worlds, err := world.Open(t.Context(), eventlog.NewMemory(), world.Sources{
		Wall: func() time.Time { return time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST) }, Seed: func() uint64 { return 7 },
	})
	require.NoError(t, err)
	h := sim.New(sim.Config{Version: "test", Worlds: worlds, Scenarios: fixtures.FS, Logger: slog.New(slog.DiscardHandler)})
	house := &house{worlds, httptest.NewServer(h.Public), httptest.NewServer(h.Control)}
	t.Cleanup(house.public.Close)
	t.Cleanup(house.control.Close)
	house.add(t, name, of)
	return house
}

// add makes a further world.
func (h *house) add(t *testing.T, name, of string) {
	t.Helper()
	document, err := scenario.NewWorlds(fixtures.FS).World(of)
	require.NoError(t, err)
	_, err = h.worlds.Create(t.Context(), name, &document)
	require.NoError(t, err)
}

// plane asks the control plane about a world.
func (h *house) plane(t *testing.T, method, path string, body any) map[string]any {
	t.Helper()
	text, err := json.Marshal(body)
	require.NoError(t, err)
	request, err := http.NewRequestWithContext(t.Context(), method, h.control.URL+path, bytes.NewReader(text))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	answer := map[string]any{}
	require.Less(t, response.StatusCode, 300)
	require.NoError(t, json.NewDecoder(response.Body).Decode(&answer))
	return answer
}

// code is the entry code of a world.
func (h *house) code(t *testing.T, name string) string {
	t.Helper()
	w, err := h.worlds.World(t.Context(), name)
	require.NoError(t, err)
	return room.EntryCode(w)
}

// visitor is somebody with a browser.
type visitor struct {
	*http.Client
	base string // of the world
	led  []string
}

// visitor comes to a world, with nothing in hand.
func (h *house) visitor(t *testing.T, name string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	v := &visitor{base: h.public.URL}
	if name != "default" {
		v.base += "/w/" + name
	}
	v.Client = &http.Client{Jar: jar, CheckRedirect: func(to *http.Request, _ []*http.Request) error {
		v.led = append(v.led, to.URL.String())
		return nil
	}}
	return v
}

// trainee is a visitor who has entered.
func (h *house) trainee(t *testing.T, name string) *visitor {
	t.Helper()
	v := h.visitor(t, name)
	require.Equal(t, "研修室", v.send(t, "/room/entry", "code", h.code(t, name)).title())
	return v
}

// screen is what a visitor looks at.
type screen struct {
	path   string
	status int
	header http.Header
	html   string
}

// open looks at a screen by its path.
func (v *visitor) open(t *testing.T, path string) screen {
	t.Helper()
	return v.do(t, http.MethodGet, path, nil)
}

// send sends a form; its fields are pairs.
func (v *visitor) send(t *testing.T, path string, fields ...string) screen {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return v.do(t, http.MethodPost, path, strings.NewReader(form.Encode()))
}

func (v *visitor) do(t *testing.T, method, path string, body io.Reader) screen {
	t.Helper()
	if body == nil {
		body = http.NoBody
	}
	target := v.base + path
	if strings.HasPrefix(path, "/w/") {
		listener, _, _ := strings.Cut(v.base, "/w/")
		target = listener + path
	}
	request, err := http.NewRequestWithContext(t.Context(), method, target, body)
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	response, err := v.Do(request)
	require.NoError(t, err)
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NotEqual(t, http.StatusInternalServerError, response.StatusCode, "%s %s: %s", method, path, text)
	return screen{response.Request.URL.RequestURI(), response.StatusCode, response.Header, string(text)}
}

var (
	heading = regexp.MustCompile(`<h1>(.*?)</h1>`)
	blank   = regexp.MustCompile(`[ \n\t]+`) // not the ideographic space in a name
	tag     = regexp.MustCompile(`<[^>]*>`)
	link    = regexp.MustCompile(`href="([^"]*)"`)
	action  = regexp.MustCompile(`action="([^"]*)"`)
)

// title is the screen's heading.
func (s screen) title() string { return heading.FindStringSubmatch(s.html)[1] }

// text is what people read on the screen, below the heading.
func (s screen) text() string {
	_, below, _ := strings.Cut(s.html, "</h1>")
	below, _, _ = strings.Cut(below, "</main>")
	return strings.TrimSpace(blank.ReplaceAllString(html.UnescapeString(tag.ReplaceAllString(below, " ")), " "))
}

// links are where the screen leads, those of links and of forms apart.
func (s screen) links() (links, forms []string) {
	for _, found := range link.FindAllStringSubmatch(s.html, -1) {
		links = append(links, html.UnescapeString(found[1]))
	}
	for _, found := range action.FindAllStringSubmatch(s.html, -1) {
		forms = append(forms, html.UnescapeString(found[1]))
	}
	return links, forms
}

// follow opens the link with a text.
func (v *visitor) follow(t *testing.T, s screen, text string) screen {
	t.Helper()
	found := regexp.MustCompile(`href="([^"]*)"[^>]*>(?:<b>)?` + regexp.QuoteMeta(text)).FindStringSubmatch(s.html)
	require.NotNil(t, found, "no link %s in %s", text, s.html)
	return v.open(t, html.UnescapeString(found[1]))
}
