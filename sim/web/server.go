// Package web is what the HTTP packages share: one server that speaks JSON and nothing else, one place where errors become
// RFC 9457 problems, the documents that describe the interface, worlds in the path, and listening until told to stop.
package web

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime/debug"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"
	gommon "github.com/labstack/gommon/log"

	"onshisim/sim/telemetry"
)

// Config says what a Server is called and what it takes.
type Config struct {
	Title, Version, Description string         // as the OpenAPI document shows them
	MaxBody                     int64          // the largest body in bytes; 0 is 1 MiB
	Logger                      *slog.Logger   // where failures go; nil is slog.Default
	Servers                     []*huma.Server // base URLs for the OpenAPI document

	Name    string             // of the listener, in metrics
	Metrics *telemetry.Metrics // where requests are counted; nil: nobody looks
	Tracer  *telemetry.Tracer  // what makes their spans; nil: nobody takes any
	Random  func() uint64      // of what request ids are made; nil: the machine's dice
}

// Server answers one listener's requests: the operations registered on API, the OpenAPI document and the page that shows it.
type Server struct {
	API huma.API // what Register takes; also through huma.NewGroup

	echo    *echo.Echo
	log     *slog.Logger
	maxBody int64
	random  func() uint64

	worlds     WorldSource                     // of the national systems, if there are any here
	systems    map[string]*telemetry.Operation // by name, what counts the requests to paths of theirs that lead nowhere
	admissions map[huma.API]Admission          // by the group that it stands before
	added      *huma.Operation                 // the latest one, as huma has completed it
	quick      routes                          // the operations, by their paths

	screens       Screens // nil: there are none
	screensPrefix string

	name       string
	metrics    *telemetry.Metrics
	tracer     *telemetry.Tracer
	inFlight   telemetry.Gauge
	operations map[string]*telemetry.Operation // by their ids in the OpenAPI document
	elsewhere  *telemetry.Operation
}

// New makes a server without operations.
func New(config Config) *Server {
	router := echo.New()
	s := &Server{
		echo: router, log: config.Logger, maxBody: cmp.Or(config.MaxBody, 1<<20), random: config.Random,
		systems: map[string]*telemetry.Operation{}, admissions: map[huma.API]Admission{}, operations: map[string]*telemetry.Operation{}, quick: routes{},
		name: config.Name, metrics: config.Metrics, tracer: config.Tracer,
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.random == nil {
		s.random = rand.Uint64
	}
	s.count()
	router.HideBanner, router.HidePort = true, true
	router.Logger.SetLevel(gommon.OFF)
	router.IPExtractor = echo.ExtractIPDirect()
	router.HTTPErrorHandler = s.answerError
	router.Use(recovered, wholeSegments)
	s.API = &api{API: humaecho.New(router, huma.Config{OpenAPI: &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info:    &huma.Info{Title: config.Title, Version: config.Version, Description: config.Description},
		Servers: config.Servers, OnAddOperation: []huma.AddOpFunc{s.countOperation},
		Components: &huma.Components{
			Schemas:         huma.NewMapRegistry("#/components/schemas/", schemaName),
			SecuritySchemes: map[string]*huma.SecurityScheme{bearerScheme: {Type: "http", Scheme: "bearer"}},
		},
	}}), server: s}
	s.API.UseMiddleware(s.noteOperation)
	serveDocs(router, s.API.OpenAPI())
	return s
}

// answer answers a request: where there are national systems, in the world that its path names.
func (s *Server) answer(x *exchange, r *http.Request) {
	var err error
	if s.worlds != nil {
		if r, x.world, err = intoWorld(r); err != nil {
			problemOf(err).write(x, x)
			return
		}
	}
	if r, err = readTarget(r); err != nil {
		problemOf(err).write(x, x)
		return
	}
	if system, ours := s.systemOf(r.URL.Path); ours {
		s.serveSystem(x, r, system)
		return
	}
	if s.isScreen(r.URL.Path) {
		s.serveScreen(x, r)
		return
	}
	s.operate(x, r)
}

// operate has the operation that a request is for answer it: quickly if it can, else by the way that knows everything.
func (s *Server) operate(x *exchange, r *http.Request) {
	if !s.quickly(x, r) {
		s.echo.ServeHTTP(x, r.WithContext(x))
	}
}

// stamp sets the headers that every answer carries, the same for all, so that they tell nothing. All answers share the
// values, which nobody changes.
func stamp(h http.Header) {
	h["Sim"], h["Cache-Control"], h["X-Content-Type-Options"] = simulated, neverStored, neverGuessed
}

var simulated, neverStored, neverGuessed = []string{"onshisim"}, []string{"no-store"}, []string{"nosniff"}

// recovered makes a panic an error like any other. http.ErrAbortHandler passes: it asks for the connection to be dropped.
func recovered(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if reason := recover(); reason != nil {
				err = errorOf(reason)
			}
		}()
		return next(c)
	}
}

// errorOf is the error that a panic becomes.
func errorOf(reason any) error {
	if reason == http.ErrAbortHandler { //nolint:errorlint // a panic is with the very value
		panic(reason)
	}
	return fmt.Errorf("panic: %v\n%s", reason, debug.Stack())
}

// answerError answers what no operation did: unknown routes, wrong methods, panics.
func (s *Server) answerError(err error, c echo.Context) {
	s.fail(c.Request().Context(), c.Response(), c.Response().Committed, err)
}

// fail answers with an error, if nothing of another answer has been sent.
func (s *Server) fail(ctx context.Context, w http.ResponseWriter, begun bool, err error) {
	p := problemOf(err)
	s.report(ctx, p)
	if begun { // only a cut connection can't be taken for a whole answer
		panic(http.ErrAbortHandler)
	}
	p.write(ctx, w)
}

// report logs what a problem came from, which its receiver does not see, and names the log entry to them.
func (s *Server) report(ctx context.Context, p *Problem) {
	if p.cause == nil {
		return
	}
	told := exchangeOf(ctx).told
	told.Status, told.Code = p.Status, p.Code
	s.log.LogAttrs(ctx, slog.LevelError, "request failed", append(told.Attrs(), slog.Any("error", p.cause))...)
	if p.Code == codeUnexpected {
		p.Detail = fmt.Sprintf("Something failed here, not in your request. The log has the reason, under the request id %s.", told.ID)
	}
}
