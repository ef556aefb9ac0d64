package web_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/web"
)

func TestWorlds(t *testing.T) {
	t.Parallel()
	s := web.Worlds(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, web.WorldName(r.Context())+" "+r.URL.EscapedPath()+"?"+r.URL.RawQuery)
	}))
	long := strings.Repeat("a", 64)
	for target, answer := range map[string]string{
		"/visits/a":                "default /visits/a?",
		"/w":                       "default /w?",
		"/wx/a":                    "default /wx/a?",
		"/w/t1/visits/a?limit=3":   "t1 /visits/a?limit=3",
		"/w/a.b_c-d/x":             "a.b_c-d /x?",
		"/w/" + long + "/x":        long + " /x?",
		"/w/t1":                    "t1 /?",
		"/w/t1/":                   "t1 /?",
		"/w/t1//x":                 "t1 //x?",
		"/w/t1/a%2Fb":              "t1 /a%2Fb?",
		"/w/t1/w/t2/x":             "t1 /w/t2/x?",
		"/w/t1/%E6%97%A5":          "t1 /%E6%97%A5?",
		"/w%2Ft1/x":                "default /w%2Ft1/x?",
		"/%77/t1/x":                "default /%77/t1/x?",
		"/w/default/x":             "default /x?",
		"/visits/%2e%2e/w/t1/x%2F": "default /visits/%2e%2e/w/t1/x%2F?",
	} {
		require.Equal(t, answer, send(s, http.MethodGet, target, "").Body.String(), target)
	}
	for _, target := range []string{
		"/w/", "/w//x", "/w/A/x", "/w/-a/x", "/w/../x", "/w/./x", "/w/a%2Fb/x", "/w/a%2fb", "/w/%61/x", "/w/a b/x", "/w/%E6%97%A5/x",
		"/w/" + long + "a/x", "/w/a%00/x",
	} {
		w := send(s, http.MethodGet, strings.ReplaceAll(target, " ", "%20"), "")
		require.Equal(t, "SIM-REQ-404", readProblem(t, w).Code, target)
	}
}

// TestWorldsBeforeServer: an escaped prefix is not a second way into a world.
func TestWorldsBeforeServer(t *testing.T) {
	t.Parallel()
	s := web.Worlds(newServer(t))
	require.Contains(t, send(s, http.MethodGet, "/w/t1/visits/a", "").Body.String(), `"world":"t1"`)
	require.Contains(t, send(s, http.MethodGet, "/w/t1/visits/%61", "").Body.String(), `"world":"t1"`)
	require.Contains(t, send(s, http.MethodGet, "/visits/a", "").Body.String(), `"world":"default"`)
	for _, target := range []string{"/%77/t1/visits/a", "/w%2Ft1/visits/a", "/w/t1/w/t2/visits/a", "/w/t1%2Fvisits/a"} {
		require.Equal(t, http.StatusNotFound, send(s, http.MethodGet, target, "").Code, target)
	}
}
