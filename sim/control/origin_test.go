package control_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// as asks under a host and for a page's origin; "" is for neither page nor browser.
func (p *plane) as(host, origin, method, target, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host = host
	if origin != "" {
		r.Header.Set("Origin", origin)
	}
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w
}

// A page of another site that a browser on this machine shows can't move worlds; one of this listener can.
func TestPagesOfOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.made(t)
	for origin, status := range map[string]int{
		"": http.StatusOK, "http://localhost:8081": http.StatusOK, "https://localhost:8081": http.StatusOK,
		"http://evil.example": http.StatusForbidden, "null": http.StatusForbidden, "http://evil.localhost:8081": http.StatusForbidden,
		"http://localhost:3000": http.StatusForbidden, "http://localhost": http.StatusForbidden,
	} {
		require.Equal(t, status, p.as("localhost:8081", origin, http.MethodPut, "/worlds/t1/mode", `{"mode": "normal"}`).Code, origin)
	}
}

// A site can make its own name lead to this machine (DNS rebinding). Then its page is of the same origin as the control
// plane, but the browser says the name in Host.
func TestSitesWhoseNameLeadsHereAreRefused(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.made(t)
	for _, host := range []string{
		"localhost", "localhost:8081", "LOCALHOST:8081", "localhost.:8081", "control.localhost", "127.0.0.1:8081", "127.9.9.9", "[::1]:8081", "[::1]",
		"[::ffff:127.0.0.1]:8081",
	} {
		require.Equal(t, http.StatusOK, p.as(host, "http://"+host, http.MethodGet, "/worlds/t1/persons", "").Code, host)
	}
	for _, host := range []string{
		"evil.example", "evil.example:8081", "localhost.evil.example", "evillocalhost", "127.0.0.1.evil.example", "192.0.2.1:8081", "0.0.0.0:8081",
		"[::]:8081", "[2001:db8::1]:8081", "sim", "", ":8081", "127.1", "2130706433",
	} {
		for _, origin := range []string{"", "http://" + host} {
			refusal := p.as(host, origin, http.MethodGet, "/worlds/t1/persons", "")
			require.NotContains(t, refusal.Body.String(), "hanako")
			refused(t, refusal, http.StatusForbidden, "SIM-AUTH-403")
			refused(t, p.as(host, origin, http.MethodDelete, "/worlds/t1", ""), http.StatusForbidden, "SIM-AUTH-403")
		}
		require.Equal(t, http.StatusOK, p.as(host, "", http.MethodGet, "/healthz", "").Code, "probes come under any name")
	}
}
