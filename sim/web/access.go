package web

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"onshisim/sim/problem"
	"onshisim/sim/telemetry"
	"onshisim/sim/world"
)

// WorldSource knows the worlds by name.
type WorldSource interface {
	World(ctx context.Context, name string) (*world.World, error)
	CatchUp(ctx context.Context, w *world.World) error // brings one that was known up to now
}

// Access is what a request was let in with: the world it is in, and either the organisation whose token it bears or the
// person of its Mynaportal session.
type Access struct {
	World   *world.World
	Caller  world.Caller
	Session world.Session
	Person  *world.Insured

	arrival world.Standing // how the world stood when the request came

	// for the journal
	began               time.Time // in real time
	system, operation   string
	code, mutant, fault string
	request, answer     []byte
	requestCut          bool
	trace               world.Trace

	worlds  WorldSource
	refusal error // why there is no world
	inside  bool  // it counts among the requests that the world answers now
}

// AccessOf is what the request was let in with; zero but for operations of a System.
func AccessOf(ctx context.Context) *Access { return &exchangeOf(ctx).Access }

// bearerScheme is the name of the one security scheme in the OpenAPI document.
const bearerScheme = "bearer"

// System groups the operations of one national system under its prefix. Each request is let into its world, unless the
// world does not exist, a scripted fault strikes, or the system is down there.
func System(to huma.API, worlds WorldSource, name string) *huma.Group {
	server := serverOf(to)
	server.worlds, server.systems[name] = worlds, server.metrics.Operation(name, telemetry.Elsewhere, "")
	group := huma.NewGroup(to, "/"+name)
	server.admissions[group] = func(ctx context.Context, a *Access, _ *http.Request) error { return a.open(ctx, name) }
	group.UseSimpleModifier(func(op *huma.Operation) {
		op.Tags = []string{name}
		op.OperationID = name + "-" + op.OperationID
	})
	group.UseMiddleware(func(ctx huma.Context, next func(huma.Context)) {
		a := AccessOf(ctx.Context())
		a.operation = exchangeOf(ctx.Context()).told.Operation.Name
		if a.refusal != nil {
			Refuse(group, ctx, a.refusal)
			return
		}
		open := func(ctx huma.Context) {
			if err := a.open(ctx.Context(), name); err != nil {
				Refuse(group, ctx, err)
				return
			}
			next(ctx)
		}
		switch strike, err := a.World.Strike(ctx.Context(), name, a.operation); {
		case err != nil:
			Refuse(group, ctx, err)
		case strike != nil:
			a.meet(strike, group, ctx, open)
		default:
			open(ctx)
		}
	})
	return group
}

// open brings the world up to its clock and refuses a system that is down.
func (a *Access) open(ctx context.Context, system string) error {
	if a.fault != "" { // which may have kept the request
		if err := a.catchUp(ctx); err != nil {
			return err
		}
	}
	now, err := a.World.Settle(ctx)
	if err != nil {
		return err
	}
	a.mutant = now.Mutant
	if now.Mode.Down(system) {
		return problem.New(problem.Unavailable, "SIM-SYS-503", "The system %s is down in this world's mode.", system)
	}
	return nil
}

// ForOrganisations lets in who bears the token of an organisation of one of the roles.
func ForOrganisations(system *huma.Group, roles ...world.Role) *huma.Group {
	return guarded(system, func(_ context.Context, a *Access, token string) error {
		caller, known := a.World.Caller(token)
		if !known {
			return problem.New(problem.Unauthenticated, "SIM-AUTH-401", "No organisation of this world has this token.")
		}
		if !slices.Contains(roles, caller.Role) {
			return problem.New(problem.Forbidden, "SIM-AUTH-403", "The token is that of %s; this is for %s.", caller.Role, world.Either(roles))
		}
		a.Caller = caller
		return nil
	})
}

// ForSessions lets in who bears the token of an open Mynaportal session.
func ForSessions(system *huma.Group) *huma.Group {
	return guarded(system, func(ctx context.Context, a *Access, token string) (err error) {
		a.Session, a.Person, err = a.World.Session(ctx, token)
		return err
	})
}

func guarded(system *huma.Group, admit func(ctx context.Context, a *Access, token string) error) *huma.Group {
	group := Guard(system, func(ctx context.Context, a *Access, r *http.Request) error {
		token, err := Bearer(r.Header.Get("Authorization"))
		if err == nil {
			err = admit(ctx, a, token)
		}
		return err
	})
	group.UseSimpleModifier(WantsToken)
	return group
}

// Admission lets a request in, or says why not. A request that is let in may be asked again.
type Admission func(ctx context.Context, a *Access, r *http.Request) error

// Guard is a group that only lets in what is admitted.
func Guard(to huma.API, admit Admission) *huma.Group {
	group := huma.NewGroup(to)
	serverOf(to).admissions[group] = admit
	group.UseMiddleware(func(ctx huma.Context, next func(huma.Context)) {
		if err := admit(ctx.Context(), AccessOf(ctx.Context()), humaecho.Unwrap(ctx).Request()); err != nil {
			Refuse(group, ctx, err)
			return
		}
		next(ctx)
	})
	return group
}

// admissionsTo are what stands before an operation of a group, the outermost first.
func (s *Server) admissionsTo(to huma.API) (all []Admission) {
	for group, inner := to.(*huma.Group); inner; group, inner = to.(*huma.Group) {
		if admit := s.admissions[group]; admit != nil {
			all = append(all, admit)
		}
		to = group.API
	}
	slices.Reverse(all)
	return all
}

// WantsToken says in the OpenAPI document that an operation wants a token.
func WantsToken(op *huma.Operation) {
	op.Security = []map[string][]string{{bearerScheme: {}}}
}

// Bearer takes the token out of an Authorization header.
func Bearer(header string) (string, error) {
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return "", problem.New(problem.Unauthenticated, "SIM-AUTH-401", "Send a token: Authorization: Bearer <token>.")
	}
	return token, nil
}
