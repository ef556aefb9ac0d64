package control_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/control"
	"onshisim/sim/guidance"
	"onshisim/sim/web"
	"onshisim/sim/web/openapitest"
)

func TestHealth(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.made(t)
	public := web.New(web.Config{Title: "Test", Version: "1"})
	leaving := make(chan struct{})
	control.MountHealth(public.API, p.worlds, leaving)
	for _, listener := range []http.Handler{p, openapitest.Checked(t, public)} {
		for path, body := range map[string]string{
			"/healthz": `{"status": "ok", "version": "1", "ruleEdition": "` + guidance.Revision() + `"}`,
			"/readyz":  `{"status": "ready", "worlds": 1}`,
		} {
			w := httptest.NewRecorder()
			listener.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
			require.Equal(t, http.StatusOK, w.Code)
			require.JSONEq(t, body, w.Body.String())
		}
	}
	close(leaving)
	w := httptest.NewRecorder()
	openapitest.Checked(t, public).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/readyz", nil))
	refused(t, w, http.StatusServiceUnavailable, "SIM-LEAVING-503")
	w = httptest.NewRecorder()
	public.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/worlds", nil))
	require.Equal(t, http.StatusNotFound, w.Code, "the public listener has no more than the probes")
}
