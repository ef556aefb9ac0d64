package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/stretchr/testify/require"

	"onshisim/sim/problem"
	"onshisim/sim/web"
	"onshisim/sim/web/openapitest"
)

type visit struct {
	Birthdate    string        `json:"birthdate" format:"date"`
	Name         string        `json:"name" minLength:"1" maxLength:"20"`
	At           *time.Time    `json:"at,omitempty"`
	Seen         string        `json:"seen,omitempty" format:"date-time"`
	Wait         string        `json:"wait,omitempty" format:"duration"`
	Sex1         string        `json:"sex1,omitempty" enum:"1,2,3"`
	Count        int8          `json:"count,omitempty"`
	Verification *verification `json:"verification,omitempty"`
	Items        []item        `json:"items,omitempty"`
}

type verification struct {
	Pin string `json:"pin" pattern:"^[0-9]{4}$"`
}

type item struct {
	Code string `json:"code"`
}

type visitInput struct{ Body visit }

type visitOutput struct{ Body visit }

type lookupInput struct {
	ID    string `path:"id" pattern:"^[a-z0-9-]+$"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"10"`
}

type lookupOutput struct {
	Body struct {
		ID    string `json:"id"`
		World string `json:"world"`
		Limit int    `json:"limit"`
	}
}

type scanInput struct {
	RawBody []byte `contentType:"text/plain"`
}

type failInput struct {
	How string `path:"how"`
}

type nothing struct{}

// failures are what handlers return or do in the test.
var failures = map[string]error{
	"unreadable":      problem.New(problem.Unreadable, "SIM-T-1", "a"),
	"unauthenticated": problem.New(problem.Unauthenticated, "SIM-T-2", "a"),
	"forbidden":       problem.New(problem.Forbidden, "SIM-T-3", "a"),
	"notfound":        fmt.Errorf("wrapped: %w", problem.New(problem.NotFound, "SIM-T-4", "a <b> & c")),
	"conflict":        problem.New(problem.Conflict, "SIM-T-5", "a"),
	"toolarge":        problem.New(problem.TooLarge, "SIM-T-6", "a"),
	"invalid":         problem.BadField("body.x", "no"),
	"unavailable":     problem.New(problem.Unavailable, "SIM-T-8", "a"),
	"unknown":         errors.New("secret"),
	"kindless":        &problem.Error{Code: "SIM-T-9", Detail: "secret"},
}

// server is a Server whose answers are held against its own document.
type server struct {
	*web.Server
	checked http.Handler
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.checked.ServeHTTP(w, r) }

func newServer(t testing.TB) *server {
	t.Helper()
	s := web.New(web.Config{Title: "Test", Version: "1", MaxBody: 2000, Logger: slog.New(slog.DiscardHandler)})
	addOperations(s)
	return &server{s, openapitest.Checked(t, s)}
}

func addOperations(s *web.Server) {
	web.Register(s.API, huma.Operation{OperationID: "visit", Method: http.MethodPost, Path: "/visits"},
		func(_ context.Context, in *visitInput) (*visitOutput, error) { return &visitOutput{Body: in.Body}, nil })
	web.Register(s.API, huma.Operation{OperationID: "look-up", Method: http.MethodGet, Path: "/visits/{id}", Summary: "a < b & c"},
		func(ctx context.Context, in *lookupInput) (*lookupOutput, error) {
			out := &lookupOutput{}
			out.Body.ID, out.Body.Limit, out.Body.World = in.ID, in.Limit, web.WorldName(ctx)
			return out, nil
		})
	web.Register(s.API, huma.Operation{OperationID: "forget", Method: http.MethodDelete, Path: "/visits/{id}"},
		func(context.Context, *lookupInput) (*nothing, error) { return nil, nil })
	web.Register(s.API, huma.Operation{OperationID: "scan", Method: http.MethodPost, Path: "/scan", MaxBodyBytes: 4000},
		func(_ context.Context, in *scanInput) (*lookupOutput, error) {
			out := &lookupOutput{}
			out.Body.Limit = len(in.RawBody)
			return out, nil
		})
	web.Register(s.API, huma.Operation{OperationID: "fail", Method: http.MethodGet, Path: "/fail/{how}"},
		func(_ context.Context, in *failInput) (*nothing, error) {
			switch in.How {
			case "panic":
				panic("secret")
			case "abort":
				panic(http.ErrAbortHandler)
			}
			return nil, failures[in.How]
		})
	web.Register(s.API, huma.Operation{OperationID: "unencodable", Method: http.MethodGet, Path: "/unencodable"},
		func(context.Context, *nothing) (*struct{ Body map[string]any }, error) {
			return &struct{ Body map[string]any }{Body: map[string]any{"secret": func() {}}}, nil
		})
}

// send asks in memory; headers are pairs.
func send(s http.Handler, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// readProblem checks a problem's shape and gives it.
func readProblem(t testing.TB, w *httptest.ResponseRecorder) web.Problem {
	t.Helper()
	require.Equal(t, "application/problem+json", w.Header().Get("Content-Type"), w.Body.String())
	require.Equal(t, fmt.Sprint(w.Body.Len()), w.Header().Get("Content-Length"))
	var members map[string]any
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &members))
	require.Len(t, members, 6, "type, title, status, detail, code, errors")
	require.IsType(t, []any{}, members["errors"])
	var p web.Problem
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &p))
	require.Equal(t, w.Code, p.Status)
	require.Equal(t, "urn:onshisim:problem:"+p.Code, p.Type)
	require.Equal(t, http.StatusText(w.Code), p.Title)
	require.NotEmpty(t, p.Detail)
	return p
}
