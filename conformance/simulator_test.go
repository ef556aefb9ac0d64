package conformance_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/baseurl"
	"onshisim/sim/eventlog"
	"onshisim/sim/scenario"
	"onshisim/sim/web/openapitest"
	"onshisim/sim/world"
)

var (
	serverURL    = flag.String("url", "", "examine the server whose national systems are at this URL, or system=URL,…, instead of one of our own")
	controlURL   = flag.String("control-url", "", "the control plane of that server")
	controlToken = flag.String("control-token", "", "what that control plane wants as a token")
	mutantName   = flag.String("mutant", "", "have every world answer by this wrong policy, which some test should then notice")
)

// simulator is a program under examination, as its clients reach it.
type simulator struct {
	public, control string // base URLs
	token           string // of the control plane
	client          *http.Client
	documents       []string // where the systems' OpenAPI documents are
}

// handlers are a program of our own, with its worlds in memory.
var handlers = sync.OnceValue(func() sim.Handlers {
	worlds, err := world.Open(context.Background(), eventlog.NewMemory(), world.Sources{
		Wall: func() time.Time { return time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST) },
		Seed: func() uint64 { return 1 },
	})
	if err != nil {
		panic(err) // unreachable: an empty log in memory opens
	}
	return sim.New(sim.Config{
		Version: "conformance", Worlds: worlds, Scenarios: fixtures.FS, PublicURLs: baseurl.All("http://public.invalid"),
		Logger: slog.New(slog.DiscardHandler),
	})
})

// inProcess is that program without a network.
var inProcess = sync.OnceValue(func() *simulator {
	target := scenario.InProcess(handlers().Public, handlers().Control)
	return checked(baseurl.All(target.PublicURL), target.ControlURL, "", target.Client.Transport)
})

// undocumented is that program with no eye on its OpenAPI documents: events are trusted to be those of an export, so that a
// world made of others may hold values that no document allows.
var undocumented = sync.OnceValue(func() *simulator {
	target := scenario.InProcess(handlers().Public, handlers().Control)
	return &simulator{public: target.PublicURL, control: target.ControlURL, client: target.Client}
})

// byURL is the server that the flags name, or else one that this test starts for itself.
func byURL(t *testing.T) *simulator {
	t.Helper()
	require.Equal(t, *serverURL == "", *controlURL == "", "-url and -control-url go together")
	network := &http.Transport{MaxIdleConnsPerHost: 16}
	t.Cleanup(network.CloseIdleConnections)
	if *serverURL != "" {
		urls, err := baseurl.Parse(*serverURL)
		require.NoError(t, err, "-url")
		return checked(urls, strings.TrimSuffix(*controlURL, "/"), *controlToken, network)
	}
	public, control := httptest.NewServer(handlers().Public), httptest.NewServer(handlers().Control)
	t.Cleanup(public.Close)
	t.Cleanup(control.Close)
	return checked(baseurl.All(public.URL), control.URL, "", network)
}

// checked is a simulator that has to answer what its OpenAPI documents say; a test that asks and is answered anything else
// gets an error.
func checked(systems baseurl.URLs, control, token string, by http.RoundTripper) *simulator {
	hosts := systems.Bases()
	by = systems.Transport(openapitest.CheckedTransport(by, append(hosts, control)...))
	return &simulator{public: baseurl.Anywhere, control: control, token: token, client: &http.Client{Transport: by}, documents: hosts}
}

// examined is the program that the rules outside the tables are tried on: the one at the flags' URL, or ours in process.
func examined(t *testing.T) *simulator {
	t.Helper()
	if *serverURL != "" {
		return byURL(t)
	}
	return inProcess()
}

// paths are the operations of all systems by their paths and methods, as the OpenAPI documents have them.
func (s *simulator) paths(t tester) object {
	t.Helper()
	paths := object{}
	for _, host := range s.documents {
		maps.Copy(paths, decoded(t, s.send(t, http.MethodGet, host+"/openapi.json", "", nil))["paths"].(object))
	}
	return paths
}

// tester is what helpers need of a test; rapid's tests have it too.
type tester interface {
	require.TestingT
	Helper()
	Cleanup(func())
	Context() context.Context
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// code is the problem code in the answer, empty if it is none.
func (a answer) code() string {
	var problem struct {
		Code string `json:"code"`
	}
	if json.Unmarshal([]byte(a.body), &problem) != nil {
		return ""
	}
	return problem.Code
}

// jsonLines are a world's events, one on each line.
type jsonLines string

// send asks; body is text as it is, nil for none, or anything else as JSON.
func (s *simulator) send(t tester, method, url, token string, body any) answer {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, bytes.NewReader(encoded(t, body)))
	require.NoError(t, err)
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	switch body.(type) {
	case nil:
	case jsonLines:
		request.Header.Set("Content-Type", "application/jsonl")
	default:
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := s.client.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return answer{response.StatusCode, response.Header, string(text)}
}

// encoded is a body's bytes. What is nil in it is left out: to the interface an absent field is a default, a null a mistake.
func encoded(t tester, body any) []byte {
	t.Helper()
	switch body := body.(type) {
	case nil:
		return nil
	case string:
		return []byte(body)
	case jsonLines:
		return []byte(body)
	}
	text, err := json.Marshal(body)
	require.NoError(t, err)
	var value any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	require.NoError(t, decoder.Decode(&value))
	text, err = json.Marshal(withoutNulls(value))
	require.NoError(t, err)
	return text
}

func withoutNulls(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for name, inner := range value {
			if inner == nil {
				delete(value, name)
				continue
			}
			value[name] = withoutNulls(inner)
		}
	case []any:
		for i := range value {
			value[i] = withoutNulls(value[i])
		}
	}
	return value
}
