package web

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"

	"onshisim/sim/world"
)

// meet answers a request as the fault that strikes it says; next is what would have answered it. A request that is carried
// out all the same is so before its answer is late, also if nobody waits for that any more.
func (a *Access) meet(fault *world.Strike, to huma.API, ctx huma.Context, next func(huma.Context)) {
	a.fault = fault.ID
	a.recognise(ctx, to)
	instead := fault.Status != 0 || fault.DropConnection || fault.Garbage
	if instead && fault.CarriedOut {
		carryOut(ctx, next)
		a.answer, a.code = nil, ""
	}
	switch {
	case !sleep(ctx.Context(), fault.Delay): // nobody waits for an answer any more
		panic(http.ErrAbortHandler)
	case !instead:
		answerSlowly(fault.SlowBody, ctx, next)
	case fault.DropConnection:
		panic(http.ErrAbortHandler)
	case fault.Garbage:
		a.answer = garbage(fault)
		ctx.SetHeader("Content-Type", "application/json")
		ctx.SetStatus(http.StatusOK)
		_, _ = ctx.BodyWriter().Write(a.answer)
	default:
		Refuse(to, ctx, problemOfFault(fault))
	}
}

// recognise notes for the journal what a request that is struck asks, and who asks. It reads the body: net/http notices
// that a client is gone only once that is done.
func (a *Access) recognise(ctx huma.Context, to huma.API) {
	request := humaecho.Unwrap(ctx).Request()
	if token, err := Bearer(ctx.Header("Authorization")); err == nil {
		var known bool
		if a.Caller, known = a.World.Caller(token); !known {
			a.Session, a.Person, _ = a.World.Session(world.Tracing(ctx.Context(), nil), token) // noted when it is let in
		}
	}
	ahead, err := io.ReadAll(io.LimitReader(request.Body, serverOf(to).maxBody+1))
	a.request = ahead
	if err == nil { // else whoever reads on meets the error too
		request.Body = io.NopCloser(io.MultiReader(bytes.NewReader(ahead), request.Body))
	}
}

// problemOfFault is a problem like any other; its code tells that it was asked for.
func problemOfFault(fault *world.Strike) *Problem {
	p := newProblem(fault.Status)
	p.Code, p.Detail = "SIM-FAULT", "A fault that was scripted on the control plane stands in place of the answer."
	return p.complete()
}

// carryOut has the request carried out, whether its client waits or not, and its answer thrown away.
func carryOut(ctx huma.Context, next func(huma.Context)) {
	c := humaecho.Unwrap(ctx)
	kept := c.Response()
	defer c.SetResponse(kept)
	c.SetResponse(echo.NewResponse(thrownAway{http.Header{}}, c.Echo()))
	next(huma.WithContext(ctx, context.WithoutCancel(ctx.Context())))
}

// thrownAway takes an answer that nobody gets.
type thrownAway struct{ header http.Header }

// Header is a header that nobody gets.
func (t thrownAway) Header() http.Header { return t.header }

// WriteHeader does nothing.
func (thrownAway) WriteHeader(int) {}

// Write does nothing.
func (thrownAway) Write(part []byte) (int, error) { return len(part), nil }

// slowParts is in how many parts a slow body comes.
const slowParts = 10

// answerSlowly answers as usual, but sends the body in parts over a time.
func answerSlowly(over time.Duration, ctx huma.Context, next func(huma.Context)) {
	if over > 0 {
		response := humaecho.Unwrap(ctx).Response()
		whole := response.Writer
		defer func() { response.Writer = whole }()
		response.Writer = &slowWriter{whole, ctx.Context(), over / slowParts}
	}
	next(ctx)
}

type slowWriter struct {
	http.ResponseWriter
	ctx   context.Context
	pause time.Duration
}

// Write sends one part after another.
func (s *slowWriter) Write(body []byte) (written int, err error) {
	to := http.NewResponseController(s.ResponseWriter)
	for i := range slowParts {
		if !sleep(s.ctx, s.pause) {
			return written, s.ctx.Err()
		}
		n, err := s.ResponseWriter.Write(body[i*len(body)/slowParts : (i+1)*len(body)/slowParts])
		written += n
		if err != nil {
			return written, err
		}
		_ = to.Flush() // where it can't, the parts go together
	}
	return written, nil
}

// Unwrap lets http.ResponseController reach the connection.
func (s *slowWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// garbage is bytes that no decoder of JSON and no reader of UTF-8 takes, the same for the same strike.
func garbage(fault *world.Strike) []byte {
	dice := rand.New(rand.NewPCG(fault.Seed, fault.Nth)) //nolint:gosec // it is to be the same each time
	bytes := []byte("{\"results\":[\xff")
	for range 240 {
		bytes = append(bytes, byte(dice.Uint32()))
	}
	return bytes
}

// sleep waits in real time; false: the context, or the server, ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	case <-stopping(ctx):
		return false
	}
}
