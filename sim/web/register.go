package web

import (
	"context"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// Register adds an operation to a Server's API or to a group of it; systems use it instead of huma.Register, of which each
// operation would add 30 KB to the program. A handler returns any error: a problem.Error, wrapped or not, becomes its
// status, everything else a 500 whose text stays here.
//
// What an input and an output may have for fields is as with huma: parameters of the path, the query and the header, Body
// and RawBody; Status, Body and headers. op.MaxBodyBytes, if set, takes the place of the server's bound. A request that
// nothing is to be said about goes the quick way (quick.go), any other the ordinary one (ordinary.go).
func Register[I, O any](to huma.API, op huma.Operation, handler func(context.Context, *I) (*O, error)) {
	register(to, &op, &operation{
		in: reflect.TypeFor[I](), out: reflect.TypeFor[O](),
		handle: func(ctx context.Context, in reflect.Value) (reflect.Value, error) {
			out, err := handler(ctx, in.Interface().(*I))
			return reflect.ValueOf(out), err
		},
	})
}

// operation is what an operation does, whatever the types of its input and output.
type operation struct {
	in, out reflect.Type
	handle  func(ctx context.Context, in reflect.Value) (out reflect.Value, err error) // both are pointers; out may be nil
}

func register(to huma.API, op *huma.Operation, does *operation) {
	server := serverOf(to)
	limit := op.MaxBodyBytes
	if limit == 0 {
		limit = server.maxBody
	}
	mayShorten := len(op.Middlewares) == 0
	way := &ordinary{operation: does, to: to, op: op, limit: limit}
	way.takeInput()
	way.giveOutput()
	way.documentProblems()
	if group, ok := to.(huma.OperationDocumenter); ok {
		group.DocumentOperation(op)
	} else {
		to.OpenAPI().AddOperation(op)
	}
	to.Adapter().Handle(op, to.Middlewares().Handler(op.Middlewares.Handler(way.serve)))
	shorten(server, to, limit, mayShorten, does)
}

// Refuse answers with an error from a middleware, which then must not call next.
func Refuse(to huma.API, ctx huma.Context, err error) {
	p := problemOf(err)
	for name, values := range p.GetHeaders() {
		ctx.SetHeader(name, values[0])
	}
	_ = huma.WriteErr(to, ctx, p.Status, p.Detail, p) // fails only when the client is gone
}

func serverOf(of huma.API) *Server {
	for {
		switch known := of.(type) {
		case *api:
			return known.server
		case *huma.Group:
			of = known.API
		default:
			panic("web: Register takes the API of a Server, or a group of it")
		}
	}
}
