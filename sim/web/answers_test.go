package web_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/stretchr/testify/require"

	"onshisim/sim/problem"
	"onshisim/sim/web"
	"onshisim/sim/web/openapitest"
)

func TestGoodAnswers(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for name, test := range map[string]struct{ method, target, body, contentType, answer string }{
		"no escapes":         {"POST", "/visits", `{"birthdate":"2021-02-28","name":"<&>髙"}`, "application/json", `{"birthdate":"2021-02-28","name":"<&>髙"}` + "\n"},
		"charset":            {"POST", "/visits", good, "application/json; charset=UTF-8", good + "\n"},
		"no content type":    {"POST", "/visits", good, "", good + "\n"},
		"null for optional":  {"POST", "/visits", withRest + `"verification":null}`, "", good + "\n"},
		"default":            {"GET", "/visits/a-1", "", "", `{"id":"a-1","world":"default","limit":10}` + "\n"},
		"parameter":          {"GET", "/visits/a-1?limit=3", "", "", `{"id":"a-1","world":"default","limit":3}` + "\n"},
		"needless escape":    {"GET", "/visits/%61%2D1", "", "", `{"id":"a-1","world":"default","limit":10}` + "\n"},
		"raw, its own bound": {"POST", "/scan", strings.Repeat("a", 4000), "text/plain", `{"id":"","world":"","limit":4000}` + "\n"},
		"just fits":          {"POST", "/visits", good + strings.Repeat(" ", 2000-len(good)), "", good + "\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := send(s, test.method, test.target, test.body, "Content-Type", test.contentType, "Accept", "application/problem+json, text/html")
			require.Equal(t, http.StatusOK, w.Code, w.Body)
			require.Equal(t, test.answer, w.Body.String())
			require.Equal(t, "application/json", w.Header().Get("Content-Type"))
			require.Equal(t, strconv.Itoa(len(test.answer)), w.Header().Get("Content-Length"))
		})
	}
	require.Equal(t, http.StatusNoContent, send(s, http.MethodDelete, "/visits/a", "").Code)
}

// TestErrorsOfHandlers: each kind has its status, and what is unknown stays here.
func TestErrorsOfHandlers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status       int
		code         string
		header, want string
	}{
		"unreadable":      {400, "SIM-T-1", "", ""},
		"unauthenticated": {401, "SIM-T-2", "WWW-Authenticate", "Bearer"},
		"forbidden":       {403, "SIM-T-3", "", ""},
		"notfound":        {404, "SIM-T-4", "", ""},
		"conflict":        {409, "SIM-T-5", "", ""},
		"toolarge":        {413, "SIM-T-6", "", ""},
		"invalid":         {422, "SIM-REQ-422", "", ""},
		"unavailable":     {503, "SIM-T-8", "Retry-After", "1"},
		"unknown":         {500, "SIM-500", "", ""},
		"kindless":        {500, "SIM-500", "", ""},
		"panic":           {500, "SIM-500", "", ""},
		"../unencodable":  {500, "SIM-500", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			s := web.New(web.Config{Logger: slog.New(slog.NewTextHandler(&log, nil))})
			addOperations(s)
			target := strings.TrimPrefix("/fail/"+name, "/fail/..")
			w := send(openapitest.Checked(t, s), http.MethodGet, target, "")
			p := readProblem(t, w)
			require.Equal(t, test.status, p.Status)
			require.Equal(t, test.code, p.Code)
			if test.header != "" {
				require.Equal(t, []string{test.want}, w.Header().Values(test.header))
			}
			require.NotContains(t, w.Body.String(), "secret")
			if test.status == http.StatusInternalServerError {
				id := w.Header().Get("X-Request-Id")
				require.Contains(t, p.Detail, "request id "+id+".")
				require.Regexp(t, `msg="request failed" requestId=`+id+` operation=[a-z]+ method=GET route=/\S+ code=SIM-500 status=500 .*error=.*`, log.String())
			} else {
				require.Empty(t, log.String())
			}
		})
	}
	s := newServer(t)
	require.Contains(t, send(s, http.MethodGet, "/fail/notfound", "").Body.String(), "a <b> & c")
	require.PanicsWithValue(t, http.ErrAbortHandler, func() { send(s, http.MethodGet, "/fail/abort", "") })
}

// TestUnavailableIsLogged: a log that can't be written is the operator's to mend.
func TestUnavailableIsLogged(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := web.New(web.Config{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	web.Register(s.API, huma.Operation{OperationID: "write", Method: http.MethodGet, Path: "/"},
		func(context.Context, *nothing) (*nothing, error) {
			return nil, &problem.Error{Kind: problem.Unavailable, Code: "SIM-LOG", Detail: "Try again.", Cause: http.ErrBodyNotAllowed}
		})
	require.Equal(t, "Try again.", readProblem(t, send(openapitest.Checked(t, s), http.MethodGet, "/", "")).Detail)
	require.Contains(t, log.String(), http.ErrBodyNotAllowed.Error())
}

// TestHeaders: the same ones on every answer.
func TestHeaders(t *testing.T) {
	t.Parallel()
	s := web.Worlds(newServer(t))
	for _, target := range []string{
		"/visits/a", "/visits/A", "/visits/%ff", "/visits", "/nowhere", "/w/UPPER/visits/a", "/w/a/visits/a", "/docs",
		"/docs/start.js", "/docs/swagger-ui.css", "/openapi.json", "/fail/unknown", "/fail/panic", "/fail/unavailable",
	} {
		t.Run(target, func(t *testing.T) {
			t.Parallel()
			h := send(s, http.MethodGet, target, "").Header()
			require.Equal(t, []string{"onshisim"}, h.Values("Sim"))
			require.Equal(t, []string{"no-store"}, h.Values("Cache-Control"))
			require.Equal(t, []string{"nosniff"}, h.Values("X-Content-Type-Options"))
			require.Empty(t, h.Values("Server"))
			require.Empty(t, h.Values("Link"))
		})
	}
}

// TestMiddlewareComesFirst: who may not ask learns nothing about the body, and the body is not read for them.
func TestMiddlewareComesFirst(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	group := huma.NewGroup(s.API, "/closed")
	group.UseMiddleware(func(ctx huma.Context, next func(huma.Context)) {
		if ctx.Header("Authorization") == "" {
			web.Refuse(group, ctx, problem.New(problem.Unauthenticated, "SIM-AUTH", "Name yourself."))
			return
		}
		next(ctx)
	})
	web.Register(group, huma.Operation{OperationID: "closed", Method: http.MethodPost, Path: "/visits"},
		func(_ context.Context, in *visitInput) (*visitOutput, error) { return &visitOutput{Body: in.Body}, nil })

	for _, body := range []string{"", "{", `{"x":1}`, good} {
		w := send(s, http.MethodPost, "/closed/visits?x=1", body)
		require.Equal(t, "SIM-AUTH", readProblem(t, w).Code)
		require.Equal(t, []string{"Bearer"}, w.Header().Values("WWW-Authenticate"))
	}
	require.Equal(t, 400, send(s, http.MethodPost, "/closed/visits", "{", "Authorization", "a").Code)
	require.Equal(t, 200, send(s, http.MethodPost, "/closed/visits", good, "Authorization", "a").Code)
}
