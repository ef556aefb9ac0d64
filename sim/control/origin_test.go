package control_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// A page of another site that a browser on this machine shows can't move worlds; one of this listener can.
func TestPagesOfOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.made(t)
	for origin, status := range map[string]int{
		"": http.StatusOK, "http://example.com": http.StatusOK, // httptest's host
		"http://evil.example": http.StatusForbidden, "null": http.StatusForbidden, "http://evil.example.com": http.StatusForbidden,
	} {
		headers := []string{}
		if origin != "" {
			headers = []string{"Origin", origin}
		}
		require.Equal(t, status, p.send(http.MethodPut, "/worlds/t1/mode", `{"mode": "normal"}`, headers...).Code, origin)
	}
}
