package console_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/training/console"
)

func TestWithoutTheTokenEveryPageAsksForIt(t *testing.T) {
	t.Parallel()
	s := newSchool(t, locked)
	for _, cookie := range []string{"", token, "0123"} {
		for _, route := range console.Routes() {
			r := request(route[0], route[1], nil)
			if cookie != "" {
				r.AddCookie(&http.Cookie{Name: "console", Value: url.QueryEscape(cookie)})
			}
			w := s.do(r)
			wanted := http.StatusForbidden
			if route[1] == "/" {
				wanted = http.StatusOK
			}
			assert.Equal(t, wanted, w.Code, route)
			assert.Contains(t, w.Body.String(), "制御プレーンのトークン", route)
		}
	}
	names, err := s.worlds.Names(t.Context())
	require.NoError(t, err)
	require.Empty(t, names)
}

func TestTheTokenOpensTheConsoleUntilLogOut(t *testing.T) {
	t.Parallel()
	s := newSchool(t, locked)
	require.Contains(t, s.refuses("/console/session", url.Values{"token": {"wrong"}}), `id="e-token">トークンが違います。`)

	w := s.do(request(http.MethodPost, "/console/session", url.Values{"token": {token}}))
	require.Equal(t, http.StatusSeeOther, w.Code)
	s.cookies = w.Result().Cookies()
	require.Len(t, s.cookies, 1)
	c := s.cookies[0]
	require.True(t, c.HttpOnly)
	require.Equal(t, http.SameSiteStrictMode, c.SameSite)
	require.NotContains(t, c.Value, token)

	require.Contains(t, s.page("/"), "世界の一覧")
	s.trainee("a")
	require.Contains(t, s.page("/console/worlds/a"), "入室コード")

	w = s.do(request(http.MethodPost, "/console/leave", nil))
	require.Equal(t, `"cache"`, w.Header().Get("Clear-Site-Data"))
	require.Negative(t, w.Result().Cookies()[0].MaxAge)
}

// TestPagesOfOtherSitesReachNoPage: without a token, whoever reaches the listener is let in, so that a page of another site that
// a browser on this machine shows must not.
func TestPagesOfOtherSitesReachNoPage(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	s.trainee("default")
	for _, route := range append(console.Routes(), [2]string{"GET", "/console/files/style.css"}, [2]string{"POST", "/console/session"}) {
		rebound := request(route[0], route[1], nil)
		rebound.Host = "evil.example:8081"
		rebound.Header.Set("Origin", "http://evil.example:8081")
		assert.Equal(t, http.StatusForbidden, s.do(rebound).Code, route)

		other := request(route[0], route[1], nil)
		other.Header.Set("Origin", "http://evil.example")
		assert.Equal(t, http.StatusForbidden, s.do(other).Code, route)

		part := request(route[0], route[1], nil) // as EventSource and <img> ask
		part.Header.Set("Sec-Fetch-Site", "cross-site")
		part.Header.Set("Sec-Fetch-Mode", "no-cors")
		assert.Equal(t, http.StatusForbidden, s.do(part).Code, route)
	}
	link := request(http.MethodGet, "/console/worlds/default", nil)
	link.Header.Set("Sec-Fetch-Site", "cross-site")
	link.Header.Set("Sec-Fetch-Mode", "navigate")
	link.Header.Set("Sec-Fetch-Dest", "document")
	assert.Equal(t, http.StatusOK, s.do(link).Code, "a page of another site may lead here")
	_, err := s.worlds.World(t.Context(), "default")
	require.NoError(t, err)
}

func TestFormsOfOtherSitesAreRefusedAlsoWithTheCookie(t *testing.T) {
	t.Parallel()
	s := newSchool(t, locked)
	s.cookies = s.do(request(http.MethodPost, "/console/session", url.Values{"token": {token}})).Result().Cookies()
	for _, site := range []string{"cross-site", "same-site"} { // the public listener is of the same site, and no more trusted
		r := request(http.MethodPost, "/console/worlds", url.Values{"name": {"a"}, "scenario": {"base"}})
		r.Header.Set("Sec-Fetch-Site", site)
		require.Equal(t, http.StatusForbidden, s.do(r).Code)
	}
	require.NotContains(t, s.page("/"), "/console/worlds/a")
}

func TestThePublicListenerHasNothingOfTheConsole(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	s.trainee("default")
	for _, route := range console.Routes() {
		if route[1] == "/" {
			continue // where the room asks for the entry code
		}
		w := httptest.NewRecorder()
		s.Public.ServeHTTP(w, request(route[0], route[1], nil))
		assert.Equal(t, http.StatusNotFound, w.Code, route)
	}
}
