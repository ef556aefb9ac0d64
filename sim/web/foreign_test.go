package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/web"
)

func TestWhatIsToBePartOfAPageOfAnotherSiteIsForeign(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		site, mode, dest string
		foreign          bool
	}{
		{"", "", "", false}, // a program
		{"none", "navigate", "document", false},
		{"same-origin", "cors", "empty", false},
		{"same-origin", "no-cors", "script", false},
		{"cross-site", "navigate", "document", false}, // a link
		{"same-site", "navigate", "document", false},
		{"cross-site", "navigate", "iframe", true},
		{"cross-site", "no-cors", "image", true},
		{"cross-site", "cors", "empty", true},   // fetch, EventSource
		{"same-site", "no-cors", "image", true}, // another port of this machine
		{"cross-site", "", "", true},
	} {
		r := httptest.NewRequest(http.MethodGet, "http://localhost:8081/", http.NoBody)
		for name, value := range map[string]string{"Sec-Fetch-Site": test.site, "Sec-Fetch-Mode": test.mode, "Sec-Fetch-Dest": test.dest} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		require.Equal(t, test.foreign, web.Foreign(r) != nil, "%+v", test)
	}
}

func TestWhatAPageOfAnotherSiteMayHaveSentIsForeign(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		host, origin string
		foreign      bool
	}{
		{"localhost:8081", "", false},
		{"localhost:8081", "http://localhost:8081", false},
		{"localhost:8081", "https://localhost:8081", false},
		{"localhost:8081", "http://localhost:3000", true},
		{"localhost:8081", "http://evil.localhost:8081", true},
		{"localhost:8081", "http://evil.example", true},
		{"localhost:8081", "null", true},
		{"LOCALHOST.:8081", "", false},
		{"control.localhost", "", false},
		{"[::1]:8081", "http://[::1]:8081", false},
		{"[::ffff:127.0.0.1]:8081", "", false},
		{"evil.example:8081", "http://evil.example:8081", true},
		{"localhost.evil.example", "", true},
		{"192.0.2.1:8081", "", true},
		{"0.0.0.0:8081", "", true},
		{"127.1", "", true},
		{"", "", true},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
		r.Host = test.host
		if test.origin != "" {
			r.Header.Set("Origin", test.origin)
		}
		require.Equal(t, test.foreign, web.Foreign(r) != nil, "%+v", test)
	}
}
