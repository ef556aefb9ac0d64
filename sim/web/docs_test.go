package web_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOpenAPI(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	w := send(s, http.MethodGet, "/openapi.json", "")
	require.Equal(t, "application/json", w.Header().Get("Content-Type"))
	require.Contains(t, w.Body.String(), "a < b & c")
	var document struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			OperationID string
			Responses   map[string]struct{ Content map[string]any }
		}
		Components struct{ Schemas map[string]any }
	}
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &document))
	require.True(t, strings.HasPrefix(document.OpenAPI, "3.1."))
	operation := document.Paths["/visits/{id}"]["get"]
	require.Equal(t, "look-up", operation.OperationID)
	require.Contains(t, operation.Responses["default"].Content, "application/problem+json")
	require.Contains(t, document.Components.Schemas, "Problem")
	require.Contains(t, document.Components.Schemas, "Web_testVisit", "two packages may each have a Visit")
	require.Equal(t, w.Body.String(), send(s, http.MethodGet, "/openapi.json", "").Body.String())
}

// TestDocsOffline: the page and its parts name no other host, and every part is there.
func TestDocsOffline(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	w := send(s, http.MethodGet, "/docs", "")
	require.Equal(t, http.StatusOK, w.Code)
	require.Contains(t, w.Body.String(), "<title>Test 1</title>")
	require.Contains(t, w.Header().Get("Content-Security-Policy"), "default-src 'none'")
	require.NotContains(t, w.Body.String(), "//")

	parts := regexp.MustCompile(`(?:src|href)="(docs/[^"]+)"`).FindAllStringSubmatch(w.Body.String(), -1)
	require.Len(t, parts, 3)
	for _, part := range parts {
		plain := send(s, http.MethodGet, "/"+part[1], "")
		require.Equal(t, http.StatusOK, plain.Code, part[1])
		require.Regexp(t, `^text/(css|javascript); charset=utf-8$`, plain.Header().Get("Content-Type"))
		require.NotRegexp(t, `(url\(|@import) *["']?(https?:)?//`, plain.Body.String())
		packed := send(s, http.MethodGet, "/"+part[1], "", "Accept-Encoding", "br, gzip")
		if packed.Header().Get("Content-Encoding") == "gzip" {
			reader, err := gzip.NewReader(packed.Body)
			require.NoError(t, err)
			unpacked, err := io.ReadAll(reader)
			require.NoError(t, err)
			require.Equal(t, plain.Body.String(), string(unpacked))
		}
	}
	require.Equal(t, "SIM-REQ-404", readProblem(t, send(s, http.MethodGet, "/docs/other.js", "")).Code)
}
