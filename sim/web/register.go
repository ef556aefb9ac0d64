package web

import (
	"context"
	"maps"
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

// Register adds an operation to a Server's API or to a group of it; systems use it instead of huma.Register. A handler
// returns any error: a problem.Error, wrapped or not, becomes its status, everything else a 500 whose text stays here.
//
// Before huma validates, and after the middlewares of the API, the group and the operation, the body is read and has to
// be sound JSON. op.MaxBodyBytes, if set, takes the place of the server's bound. A request that nothing is to be said about
// does without huma; see quick.go.
func Register[I, O any](to huma.API, op huma.Operation, handler func(context.Context, *I) (*O, error)) {
	limit := op.MaxBodyBytes
	if limit == 0 {
		limit = serverOf(to).maxBody
	}
	op.MaxBodyBytes = limit + 1 // huma also refuses a body that is just as long as its limit
	op.BodyReadTimeout = -1     // the body is read by then; a deadline would end a handler that takes longer
	op.RejectUnknownQueryParameters = true

	mayShorten := len(op.Middlewares) == 0
	_, structured := reflect.TypeFor[I]().FieldByName("Body")
	_, raw := reflect.TypeFor[I]().FieldByName("RawBody")
	if structured || raw {
		op.Middlewares = append(slices.Clip(op.Middlewares), readBody(to, limit, structured))
	}
	if structured && raw && op.RequestBody == nil { // one body in two forms, not the octets that huma documents besides
		op.RequestBody = &huma.RequestBody{Content: map[string]*huma.MediaType{}}
		defer delete(op.RequestBody.Content, "application/octet-stream")
	}
	documentProblems(to, &op)
	huma.Register(to, op, func(ctx context.Context, input *I) (*O, error) {
		output, err := handler(ctx, input)
		if err != nil {
			return nil, problemOf(err)
		}
		return output, nil
	})
	shorten(serverOf(to), to, limit, mayShorten, handler)
}

// documentProblems says that an operation may answer a Problem. huma does so too, but only where one success is documented.
func documentProblems(to huma.API, op *huma.Operation) {
	schema := to.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "")
	responses := maps.Clone(op.Responses)
	if responses == nil {
		responses = map[string]*huma.Response{}
	}
	responses["default"] = &huma.Response{
		Description: "Error",
		Content:     map[string]*huma.MediaType{(&Problem{}).ContentType(""): {Schema: schema}},
	}
	op.Responses = responses
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
