package sim_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/baseurl"
	"onshisim/sim/eventlog"
	"onshisim/sim/scenario"
	"onshisim/sim/web/openapitest"
	"onshisim/sim/world"
)

// process is what another process of the same worlds would serve.
func process(worlds *world.Registry, served []string, urls baseurl.URLs) sim.Handlers {
	return sim.New(sim.Config{
		Version: "test", Worlds: worlds, Scenarios: fixtures.FS, Logger: slog.New(slog.DiscardHandler), Systems: served, PublicURLs: urls,
		Random: func() uint64 { return 1 }, // answers are compared with their ids
	})
}

func emptyWorlds(t *testing.T) *world.Registry {
	t.Helper()
	worlds, err := world.Open(context.Background(), eventlog.NewMemory(), world.Sources{
		Wall: func() time.Time { return time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST) }, Seed: func() uint64 { return 1 },
	})
	require.NoError(t, err)
	return worlds
}

// documented are the systems in a listener's OpenAPI document, in their order.
func documented(t *testing.T, handler http.Handler) (systems []string) {
	t.Helper()
	var document struct{ Paths map[string]any }
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/openapi.json", http.NoBody))
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &document))
	for path := range document.Paths {
		systems = append(systems, strings.Split(path, "/")[1])
	}
	for _, probe := range []string{"healthz", "readyz"} {
		require.Contains(t, systems, probe)
	}
	slices.SortFunc(systems, func(a, b string) int { return slices.Index(world.Systems, a) - slices.Index(world.Systems, b) })
	return slices.DeleteFunc(slices.Compact(systems), func(name string) bool { return !slices.Contains(world.Systems, name) })
}

var requestID = regexp.MustCompile(`(?m)^X-Request-Id: .*$`)

// unnamed is an answer without the id of its request.
func unnamed(answer string) string { return requestID.ReplaceAllString(answer, "") }

func TestAProcessServesItsSystemsOnly(t *testing.T) {
	t.Parallel()
	worlds := emptyWorlds(t)
	assert.Equal(t, world.Systems, documented(t, process(worlds, nil, nil).Public), "all, if none are named")
	assert.Equal(t, []string{"mynaportal", "jpki"}, documented(t, process(worlds, []string{"jpki", "mynaportal"}, nil).Public))
	assert.Empty(t, documented(t, process(worlds, []string{}, nil).Public))
	for _, system := range world.Systems {
		served := process(worlds, []string{system}, nil)
		assert.Equal(t, []string{system}, documented(t, served.Public))
		openapitest.Sound(t, served.Public)
		for _, other := range append([]string{"nowhere"}, world.Systems...) {
			if other == system {
				continue
			}
			for _, path := range []string{"/" + other, "/" + other + "/card-reads", "/w/nowhere/" + other + "/members"} {
				assert.Equal(t, unnamed(answered(served.Public, "/nothing")), unnamed(answered(served.Public, path)), "as any unknown path")
			}
		}
	}
}

// answered is an answer as its client sees it.
func answered(handler http.Handler, path string) string {
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodPost, path, strings.NewReader(`{}`)))
	var seen strings.Builder
	_ = w.Result().Write(&seen)
	return seen.String()
}

// TestAHostPerSystem: with each system behind a listener of its own, over the same worlds, every scenario passes, the control
// plane tells where the systems are, and faults can be scripted at a process that serves none.
func TestAHostPerSystem(t *testing.T) {
	t.Parallel()
	worlds, urls := emptyWorlds(t), baseurl.URLs{}
	serve := func(handler http.Handler) string {
		server := httptest.NewServer(handler)
		t.Cleanup(server.Close)
		return server.URL
	}
	for _, system := range world.Systems {
		urls[system] = serve(openapitest.Checked(t, process(worlds, []string{system}, nil).Public))
	}
	known := maps.Clone(urls)
	delete(known, "jpki")
	control := serve(process(worlds, []string{}, known).Control)
	played := scenario.Target{PublicURL: baseurl.Anywhere, ControlURL: control, Client: &http.Client{Transport: urls.Transport(http.DefaultTransport)}}
	scenarios, err := scenario.LoadAll(fixtures.FS)
	require.NoError(t, err)
	for _, s := range scenarios {
		passes(t, played, s)
	}

	c := &client{t, played}
	var made struct{ BaseURLs map[string]string }
	require.NoError(t, json.Unmarshal([]byte(c.send(http.MethodPut, control+"/worlds/t", "", town, http.StatusCreated)), &made))
	want := map[string]string{"jpki": ""} // nobody told
	for system, base := range known {
		want[system] = base + "/w/t/" + system
	}
	assert.Equal(t, want, made.BaseURLs)

	c.send(http.MethodPost, control+"/worlds/t/faults", "", `{"system": "terminal", "operation": "check-certificate", "status": 502}`, http.StatusCreated)
	c.send(http.MethodPost, baseurl.Anywhere+"/w/t/terminal/certificate-checks", "H", `{}`, http.StatusBadGateway)
}
