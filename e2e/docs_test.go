package e2e_test

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	loaded    = regexp.MustCompile(`(?:src|href)="([^"]+)"`)
	inStyles  = regexp.MustCompile(`(?:url\(|@import)\s*["']?([^"')]+)`)
	inScripts = regexp.MustCompile(`(?:url:|fetch\(|import\()\s*["']([^"']+)["']`)
)

// TestTheDocsNeedNoOtherHost: whatever the page loads comes from the listener that it came from.
func TestTheDocsNeedNoOtherHost(t *testing.T) {
	t.Parallel()
	s := serve(t)
	for name, base := range map[string]string{"national systems": s.public, "control plane": s.control} {
		page := get(t, base+"/docs")
		assert.Regexp(t, `^text/html; charset=utf-8$`, page.header.Get("Content-Type"))
		assert.Contains(t, page.body, name)
		policy := page.header.Get("Content-Security-Policy")
		assert.Contains(t, policy, "default-src 'none'")
		assert.NotRegexp(t, `https?:|\*`, policy, "a browser may ask another host")
		parts := loaded.FindAllStringSubmatch(page.body, -1)
		require.NotEmpty(t, parts)
		for _, part := range parts {
			if !strings.HasPrefix(part[1], "data:") {
				asset(t, base, base+"/docs", part[1])
			}
		}
	}
}

// asset fetches what a page or one of its parts names, and what that names in turn.
func asset(t *testing.T, base, from, name string) {
	t.Helper()
	page, err := url.Parse(from)
	require.NoError(t, err)
	at, err := page.Parse(name)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(at.String(), base+"/"), "%s loads %s", from, at)
	a := get(t, at.String())
	require.NotEmpty(t, a.body)
	require.Equal(t, "nosniff", a.header.Get("X-Content-Type-Options"))
	switch {
	case strings.HasSuffix(at.Path, ".css"):
		require.Contains(t, a.header.Get("Content-Type"), "text/css")
		for _, part := range inStyles.FindAllStringSubmatch(a.body, -1) {
			if !strings.HasPrefix(part[1], "data:") {
				asset(t, base, at.String(), part[1])
			}
		}
	case strings.HasSuffix(at.Path, "/start.js"):
		require.Contains(t, a.header.Get("Content-Type"), "javascript")
		found := inScripts.FindAllStringSubmatch(a.body, -1)
		require.NotEmpty(t, found, "it loads no document")
		for _, part := range found {
			asset(t, base, from, part[1]) // a script's addresses are relative to the page
		}
	}
}

func TestEachListenerDescribesItself(t *testing.T) {
	t.Parallel()
	s := serve(t)
	for base, has := range map[string][]string{
		s.public: {
			"/healthz", "/terminal/card-reads", "/terminal/certificate-checks", "/mynaportal/sessions", "/mynaportal/self-information",
			"/intermediate/members/{personalInsuredNumber}/flags", "/intermediate/inquiries", "/jpki/cards/{serial}/suspension", "/disaster/searches",
		},
		s.control: {"/healthz", "/worlds/{world}", "/worlds/{world}/clock", "/worlds/{world}/mode", "/worlds/{world}/events", "/worlds/{world}/persons/{id}/disclosure"},
	} {
		a := get(t, base+"/openapi.json")
		assert.Equal(t, "application/json", a.header.Get("Content-Type"))
		var document struct {
			OpenAPI string
			Paths   map[string]map[string]any
		}
		require.NoError(t, json.Unmarshal([]byte(a.body), &document))
		assert.Regexp(t, `^3\.1\.`, document.OpenAPI)
		for _, path := range has {
			assert.Contains(t, document.Paths, path)
		}
		for path := range document.Paths {
			if base == s.public {
				assert.NotContains(t, path, "/worlds", "the control plane's")
			}
		}
		assert.Equal(t, a.body, get(t, base+"/openapi.json").body)
	}
	get(t, s.public+"/w/default/docs")
	get(t, s.public+"/w/default/openapi.json")
}
