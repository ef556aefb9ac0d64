// Package web is what the HTTP packages share: one server that speaks JSON and nothing else, one place where errors become
// RFC 9457 problems, the documents that describe the interface, worlds in the path, and listening until told to stop.
package web

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync/atomic"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"
	gommon "github.com/labstack/gommon/log"
)

// Config says what a Server is called and what it takes.
type Config struct {
	Title, Version, Description string         // as the OpenAPI document shows them
	MaxBody                     int64          // the largest body in bytes; 0 is 1 MiB
	Logger                      *slog.Logger   // where failures go; nil is slog.Default
	Servers                     []*huma.Server // base URLs for the OpenAPI document
}

// Server answers one listener's requests: the operations registered on API, the OpenAPI document and the page that shows it.
type Server struct {
	API huma.API // what Register takes; also through huma.NewGroup

	echo     *echo.Echo
	log      *slog.Logger
	maxBody  int64
	failures atomic.Int64

	worlds  WorldSource     // of the national systems, if there are any here
	systems map[string]bool // by name
}

// New makes a server without operations.
func New(config Config) *Server {
	router := echo.New()
	s := &Server{echo: router, log: config.Logger, maxBody: cmp.Or(config.MaxBody, 1<<20), systems: map[string]bool{}}
	if s.log == nil {
		s.log = slog.Default()
	}
	router.HideBanner, router.HidePort = true, true
	router.Logger.SetLevel(gommon.OFF)
	router.IPExtractor = echo.ExtractIPDirect()
	router.HTTPErrorHandler = s.answerError
	router.Use(recovered, wholeSegments)
	s.API = &api{API: humaecho.New(router, huma.Config{OpenAPI: &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info:    &huma.Info{Title: config.Title, Version: config.Version, Description: config.Description},
		Servers: config.Servers,
		Components: &huma.Components{
			Schemas:         huma.NewMapRegistry("#/components/schemas/", schemaName),
			SecuritySchemes: map[string]*huma.SecurityScheme{bearerScheme: {Type: "http", Scheme: "bearer"}},
		},
	}}), server: s}
	serveDocs(router, s.API.OpenAPI())
	return s
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	stamp(w.Header())
	plain, err := readTarget(r)
	if err != nil {
		problemOf(err).write(w)
		return
	}
	if system, ours := s.systemOf(plain.URL.Path); ours {
		s.serveSystem(w, plain, system)
		return
	}
	s.echo.ServeHTTP(w, plain)
}

// stamp sets the headers that every answer carries, the same for all, so that they tell nothing.
func stamp(h http.Header) {
	h.Set("Sim", "onshisim")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
}

// recovered makes a panic an error like any other. http.ErrAbortHandler passes: it asks for the connection to be dropped.
func recovered(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			switch reason := recover(); reason {
			case nil:
			case http.ErrAbortHandler:
				panic(reason)
			default:
				err = fmt.Errorf("panic: %v\n%s", reason, debug.Stack())
			}
		}()
		return next(c)
	}
}

// answerError answers what no operation did: unknown routes, wrong methods, panics.
func (s *Server) answerError(err error, c echo.Context) {
	p := problemOf(err)
	if a, ok := c.Request().Context().Value(accessKey{}).(*Access); ok {
		a.code = p.Code
	}
	s.report(c.Request().Context(), c.Request().Method, c.Path(), p)
	if c.Response().Committed { // only a cut connection can't be taken for a whole answer
		panic(http.ErrAbortHandler)
	}
	p.write(c.Response())
}

// report logs what a problem came from, which its receiver does not see, and names the log entry to them. It takes the
// route, not the path: a path holds personal numbers.
func (s *Server) report(ctx context.Context, method, route string, p *Problem) {
	if p.cause == nil {
		return
	}
	number := s.failures.Add(1)
	s.log.ErrorContext(ctx, "request failed", "request", number, "method", method, "route", route,
		"status", p.Status, "code", p.Code, "error", p.cause)
	if p.Code == codeUnexpected {
		p.Detail = fmt.Sprintf("Something failed here, not in your request. The log has the reason, as request %d.", number)
	}
}
